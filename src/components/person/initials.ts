/** 张小明 → 小明, Ada Lovelace → AL: what stands in for a missing face. */
export function initials(name: string): string {
  const trimmed = name.trim()
  const words = trimmed.split(/\s+/)
  if (/^[\w.'’\-\s\u00C0-\u024F]+$/.test(trimmed)) {
    return words
      .slice(0, 2)
      .map(word => word.charAt(0).toUpperCase())
      .join('')
  }
  return [...trimmed].slice(-2).join('')
}
