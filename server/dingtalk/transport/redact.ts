/** Replaces every occurrence of the given secrets; DingTalk sometimes quotes what it was sent. */
export function redact(text: string, secrets: readonly string[]): string {
  let out = text
  for (const secret of secrets) {
    if (secret.length < 4)
      continue
    out = out.replaceAll(secret, '***').replaceAll(encodeURIComponent(secret), '***')
  }
  return out
}
