const secretNames = /secret|token|password|passwd|aes_?key|cookie|authorization|^code$/i

/** A value without secrets: strings under a telling name are replaced. What is told in a flag (`secretChanged`) stays. */
export function maskSecrets(value: unknown): unknown {
  if (Array.isArray(value))
    return value.map(maskSecrets)
  if (typeof value !== 'object' || value === null || value instanceof Date)
    return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, typeof inner === 'string' && inner !== '' && secretNames.test(name) ? '***' : maskSecrets(inner)]),
  )
}
