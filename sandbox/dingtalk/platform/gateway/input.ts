import type { Request } from 'express'
import type { Family } from './answer.ts'
import { z } from 'zod'
import { businessError, httpError } from './answer.ts'

/** What a call carried: `query` and `form` are kept apart because tokens may sit in those two only (§1.2). */
export interface RawInput {
  query: Record<string, string>
  form: Record<string, string>
  json: Record<string, unknown>
}

function first(value: unknown): string | undefined {
  const one: unknown = Array.isArray(value) ? value[0] : value
  return typeof one === 'string' ? one : undefined
}

function queryOf(request: Request): Record<string, string> {
  const query: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.query)) {
    const text = first(value)
    if (text !== undefined)
      query[name] = text
  }
  return query
}

function parseJson(text: string, family: Family): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  }
  catch {
    throw family === 'old' ? businessError(47001, '解析JSON/XML内容错误') : httpError(400, 'invalidParameter.json', '请求的JSON格式错误')
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}

/** Reads query, form and JSON parameters. Throws 47001 or a 400 on broken JSON; multipart bodies are left alone. */
export function readInput(request: Request, family: Family): RawInput {
  const input: RawInput = { query: queryOf(request), form: {}, json: {} }
  const body: unknown = request.body
  if (!Buffer.isBuffer(body) || body.length === 0)
    return input
  const type = request.headers['content-type'] ?? ''
  if (type.includes('application/x-www-form-urlencoded'))
    input.form = Object.fromEntries(new URLSearchParams(body.toString()))
  else if (!type.includes('multipart/'))
    input.json = parseJson(body.toString(), family)
  return input
}

/** One object for the endpoint: the body wins over the query; the new family reads bodies only where it has one. */
export function mergeInput(input: RawInput): Record<string, unknown> {
  return { ...input.query, ...input.form, ...input.json }
}

/** Numbers and booleans arrive as text in forms and queries (checklist row 5). */
export const numeric = z.preprocess(value => (typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value), z.number().int())
export const flag = z.preprocess(value => (value === 'true' ? true : value === 'false' ? false : value), z.boolean())
export const text = z.preprocess(value => (typeof value === 'number' ? String(value) : value), z.string().min(1))
