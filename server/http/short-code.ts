import { randomInt } from 'node:crypto'

/** Letters and digits that nobody mistakes for one another when read out or copied by hand. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'

export function randomCode(length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')
}

/** A code as somebody typed it: case, spaces and dashes do not matter. */
export function readCode(typed: string): string {
  return typed.normalize('NFKC').toUpperCase().replaceAll(/[\s\-_·.]/g, '')
}
