import type { Card } from './types.ts'

const none: Card = { name: '', company: '', title: '', mobile: '', phone: '', email: '', address: '' }

/**
 * Reads a digital business card out of a QR code: vCard (2.1 to 4.0, RFC 6350) or MECARD.
 * @returns null when the text is neither
 */
export function parseCard(text: string): Card | null {
  const trimmed = text.trim()
  if (/^BEGIN:VCARD/i.test(trimmed))
    return fromVcard(trimmed)
  return /^MECARD:/i.test(trimmed) ? fromMecard(trimmed) : null
}

function fromVcard(text: string): Card {
  const card = { ...none }
  for (const line of linesOf(text)) {
    const [, head = '', raw = ''] = /^([^:]+):(.*)$/.exec(line) ?? []
    const [name = '', ...parameters] = head.split(';')
    const key = (name.split('.').at(-1) ?? '').toUpperCase()
    const parts = split(decode(raw, parameters))
    const value = parts.filter(Boolean).join(' ')
    const kind = parameters.join(';').toUpperCase()
    if (key === 'FN' || (key === 'N' && !card.name))
      card.name = key === 'FN' ? value : fullName(parts)
    else if (key === 'ORG')
      card.company = value
    else if (key === 'TITLE')
      card.title = value
    else if (key === 'EMAIL')
      card.email ||= value
    else if (key === 'ADR')
      card.address ||= parts.slice(2).filter(Boolean).join(' ')
    else if (key === 'TEL')
      takeNumber(card, value.replace(/^tel:/i, ''), kind)
  }
  return card
}

/** A line that begins with a space continues the one before; a quoted-printable one ends with "=" where it goes on. */
function linesOf(text: string): string[] {
  const lines: string[] = []
  for (const line of text.replaceAll(/\r\n?/g, '\n').replaceAll(/\n[ \t]/g, '').split('\n')) {
    const before = lines.at(-1)
    if (before?.endsWith('=') && /^[^:]*QUOTED-PRINTABLE[^:]*:/i.test(before))
      lines[lines.length - 1] = before.slice(0, -1) + line
    else lines.push(line)
  }
  return lines
}

function takeNumber(card: Card, number: string, kind: string): void {
  if (kind.includes('FAX'))
    return
  const mobile = /CELL|MOBILE/.test(kind) || /^(?:\+?86)?1\d{10}$/.test(number.replaceAll(/[\s-]/g, ''))
  if (mobile)
    card.mobile ||= number
  else card.phone ||= number
}

/** MECARD:N:张三;TEL:138…;ORG:…;; */
function fromMecard(text: string): Card {
  const card = { ...none }
  for (const part of splitOn(text.slice(7), ';')) {
    const colon = part.indexOf(':')
    const [key, value] = [part.slice(0, colon).toUpperCase(), unescape(part.slice(colon + 1))]
    if (key === 'N')
      card.name = value.includes(',') ? value.split(',').map(word => word.trim()).join('') : value
    else if (key === 'ORG')
      card.company = value
    else if (key === 'TEL')
      takeNumber(card, value, '')
    else if (key === 'EMAIL')
      card.email = value
    else if (key === 'ADR')
      card.address = value
    else if (key === 'TITLE')
      card.title = value
  }
  return card
}

/** Chinese names are written family first without a space, others given name first. */
function fullName([family = '', given = '']: string[]): string {
  return /[\u4E00-\u9FFF]/.test(family + given) ? family + given : `${given} ${family}`.trim()
}

function decode(value: string, parameters: string[]): string {
  if (!parameters.some(parameter => /QUOTED-PRINTABLE/i.test(parameter)))
    return value
  const charset = parameters.map(parameter => /^CHARSET=(.+)$/i.exec(parameter)?.[1]).find(Boolean) ?? 'utf-8'
  const bytes: number[] = []
  for (const part of value.match(/=[0-9A-F]{2}|[\s\S]/giu) ?? []) {
    if (part.length === 3)
      bytes.push(Number.parseInt(part.slice(1), 16))
    else bytes.push(...new TextEncoder().encode(part))
  }
  try {
    return new TextDecoder(charset, { fatal: true }).decode(Uint8Array.from(bytes))
  }
  catch {
    return value
  }
}

function split(value: string): string[] {
  return splitOn(value, ';').map(part => unescape(part).trim())
}

/** Cuts at a separator that is not escaped; look-behind is too young for our engines. */
function splitOn(value: string, separator: string): string[] {
  const parts = ['']
  for (let index = 0; index < value.length; index++) {
    const character = value.charAt(index)
    if (character === '\\') {
      parts[parts.length - 1] += character + value.charAt(++index)
    }
    else if (character === separator) {
      parts.push('')
    }
    else {
      parts[parts.length - 1] += character
    }
  }
  return parts
}

function unescape(value: string): string {
  return value.replaceAll(/\\n/gi, '\n').replaceAll(/\\(.)/g, '$1')
}
