export type ContainerErrorKind = 'timeout' | 'cancelled' | 'notInDingTalk' | 'unsupported' | 'domain' | 'corp' | 'notMember' | 'denied' | 'native'

/** Whatever the client answered, in one shape. */
export class ContainerError extends Error {
  readonly kind: ContainerErrorKind
  /** The client's own code as text ("3", "PC_1011", "4040"), or the kind when there was none. */
  readonly code: string

  constructor(kind: ContainerErrorKind, code: string, message: string) {
    super(message)
    this.name = 'ContainerError'
    this.kind = kind
    this.code = code
  }
}

/** dd.config was refused: nothing that needs it works until the page is loaded anew. */
export class AccessRefused extends ContainerError {}

/**
 * Normalises every shape of dingtalk-jsapi §2.8: Errors whose message carries the code, objects
 * with string or numeric codes, PC answers whose message is itself an object, and `undefined`
 * from a bridge whose start-up threw.
 */
export function toContainerError(reason: unknown): ContainerError {
  if (reason instanceof ContainerError)
    return reason
  const message = messageOf(reason)
  const code = codeOf(reason) ?? /ERROR (40[456]0)/.exec(message)?.[1] ?? ''
  const kind = kindOf(code, message)
  return new ContainerError(kind, code || kind, message || kind)
}

function messageOf(reason: unknown): string {
  if (typeof reason === 'string')
    return reason
  const told = field(reason, 'errorMessage') ?? field(reason, 'message')
  return typeof told === 'object' ? messageOf(told) : told === undefined ? '' : String(told)
}

function codeOf(reason: unknown): string | undefined {
  const code = field(reason, 'errorCode') ?? field(reason, 'code')
  return code === undefined ? undefined : String(code)
}

function field(value: unknown, name: string): unknown {
  const found = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
  return found ?? undefined
}

/** Codes from dingtalk-jsapi §2.8: SDK's own, phones', and the PC list with and without its prefix. */
const kinds: Readonly<Record<string, ContainerErrorKind>> = {
  '4040': 'notInDingTalk',
  '4050': 'unsupported',
  '4060': 'unsupported',
  '1': 'unsupported',
  '-1': 'cancelled',
  '1011': 'cancelled',
  '1005': 'corp',
  '1008': 'corp',
  '1009': 'domain',
}

function kindOf(code: string, message: string): ContainerErrorKind {
  const plain = code.replace(/^PC_/, '')
  // 3 is both "internal error" and "no micro app with this domain in the corp"; the text tells which.
  if (plain === '3') {
    return /corp\s?id/i.test(message) ? 'corp' : /域名|domain|微应用/i.test(message) ? 'domain' : 'native'
  }
  // 7 is "no permission" of any kind; a login code is refused with it to who is not in the corp.
  if (plain === '7' && /不在该企业|not in (?:the|this) (?:corp|compan|org|enterprise)/i.test(message))
    return 'notMember'
  return kinds[plain] ?? (/invalid corp\s?id/i.test(message) ? 'corp' : 'native')
}
