import type { z } from 'zod'
import type { AppCaller } from '../calls/app-caller.ts'
import type { CallOptions, Priority } from '../options.ts'

/** A reading call of the old family with a JSON body. */
export type ContactCaller = <Schema extends z.ZodType>(
  api: string,
  body: object,
  schema: Schema,
  priority: Priority,
  options?: CallOptions,
) => Promise<z.output<Schema>>

/** All contact reads are alike: POST, repeatable, `sync` unless the caller says otherwise. */
export function contactCaller(call: AppCaller): ContactCaller {
  return (api, body, schema, priority, options = {}) =>
    call({ family: 'oapi', method: 'POST', api, body, schema, policy: 'read', priority: options.priority ?? priority, signal: options.signal })
}
