import type { Card, Place } from './types.ts'
import { ContainerError } from '../errors.ts'

/* What the client answers is outside data: numbers may be texts, keys may be missing (dingtalk-jsapi §6). */

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}

function text(value: unknown, name: string): string {
  const found = field(value, name)
  return typeof found === 'string' ? found.trim() : typeof found === 'number' ? String(found) : ''
}

/** @throws ContainerError when there are no coordinates in it */
export function readPlace(answer: unknown): Place {
  const [latitude, longitude] = [Number.parseFloat(text(answer, 'latitude')), Number.parseFloat(text(answer, 'longitude'))]
  if (!Number.isFinite(latitude) || !Number.isFinite(longitude) || Math.abs(latitude) > 90 || Math.abs(longitude) > 180)
    throw new ContainerError('native', 'no_place', 'the client answered without coordinates')
  return { latitude, longitude, accuracy: Number.parseFloat(text(answer, 'accuracy')) || 0, address: text(answer, 'address') }
}

/** The scan's text; the typings say `code`, the documentation `text` (§6). */
export function readScan(answer: unknown): string {
  return text(answer, 'text') || text(answer, 'code')
}

/** Keys of the native card scan are upper-case (§6). */
export function readCard(answer: unknown): Card {
  return {
    name: text(answer, 'NAME'),
    company: text(answer, 'COMPANY'),
    title: text(answer, 'POSITION'),
    mobile: text(answer, 'MPHONE'),
    phone: text(answer, 'PHONE'),
    email: text(answer, 'EMAIL'),
    address: text(answer, 'ADDRESS'),
  }
}

/** userid and name of everybody picked; the picker calls a userid `emplId`. */
export function readPeople(answer: unknown): { userid: string, name: string }[] {
  const users = Array.isArray(answer) ? answer : field(answer, 'users')
  return (Array.isArray(users) ? users : []).map(user => ({ userid: text(user, 'emplId'), name: text(user, 'name') })).filter(({ userid }) => userid !== '')
}
