/** One text in both languages of the product. */
export interface Text {
  zh: string
  en: string
}

/**
 * What sort of trouble it is: `token` the app's credentials, `permission` a switch in the console, `scope` who may
 * be read or may open the app, `ip` the egress list, `code` a login code, `throttle` too fast, `quota` used up,
 * `notFound` no such person or department, `config` a wrong setting, `format` our request, `message` a
 * notification, `unavailable` DingTalk or the way to it, `unknown` nothing we know.
 */
export type ErrorKind
  = 'token' | 'permission' | 'scope' | 'ip' | 'code' | 'throttle' | 'quota' | 'notFound' | 'config' | 'format' | 'message' | 'unavailable' | 'unknown'

/** One error of DingTalk: why it happens, what to do, and where. `{ip}`-like parts are filled in by explain(). */
export interface Entry {
  kind: ErrorKind
  cause: Text
  fix: Text
  /** Place in one of DingTalk's two consoles. */
  where?: Text
}

export type Catalogue = Readonly<Record<string, Entry>>

/** The same entry under several codes. */
export function same(codes: readonly string[], entry: Entry): Record<string, Entry> {
  return Object.fromEntries(codes.map(code => [code, entry]))
}
