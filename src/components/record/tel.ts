/** What `tel:` can dial of a number as people write it; null when nothing in it can be dialled. */
export function telHref(phone: string): string | null {
  // An extension (转 801, x801, ext. 801) becomes a pause and the digits.
  const [number = '', extension = ''] = phone.normalize('NFKC').split(/[转x#]|分机|ext\.?/i)
  const digits = number.replaceAll(/[^\d+*]/g, '')
  if (digits.replaceAll(/\D/g, '').length < 3)
    return null
  const more = extension.replaceAll(/\D/g, '')
  return `tel:${digits}${more && `,${more}`}`
}
