import type { Entry, ErrorKind } from './catalogue/entry.ts'
import type { DingTalkError } from './dingtalk-error.ts'
import { catalogue } from './catalogue/index.ts'
import { unknownEntry } from './catalogue/own.ts'
import { permissionName } from './permissions.ts'

export type ExplainLocale = 'zh-CN' | 'en-US'

/** An error in words for the person who can do something about it. */
export interface Explanation {
  kind: ErrorKind
  cause: string
  fix: string
  /** Place in DingTalk's consoles. */
  where?: string
  /** DingTalk's own link that fixes it in one step. */
  link?: string
}

/** What the texts are filled with; all optional, so that a bare code can be explained, too. */
export type ExplainDetails = Partial<
  Pick<DingTalkError, 'errcode' | 'text' | 'ip' | 'appKey' | 'clientId' | 'requiredScopes' | 'applyUrl' | 'retryAfter' | 'httpStatus'>
>

/** Explains a failed call. */
export function explain(error: DingTalkError, locale: ExplainLocale): Explanation {
  return explainReason(error.reason, locale, error)
}

/** Explains a code that arrived another way: the send result of a message, or an error of the client. */
export function explainReason(reason: string, locale: ExplainLocale, details: ExplainDetails = {}): Explanation {
  const entry = entryOf(reason, details)
  const language = locale === 'zh-CN' ? 'zh' : 'en'
  const fill = filler(reason, language, details)
  const mismatch = entry.kind === 'ip' ? wrongApp(language, details) : ''
  return {
    kind: entry.kind,
    cause: fill(entry.cause[language]),
    fix: mismatch + fill(entry.fix[language]),
    where: entry.where?.[language],
    link: details.applyUrl,
  }
}

/** The entry of the reason, of the errcode that wraps it, or of the HTTP status. */
function entryOf(reason: string, details: ExplainDetails): Entry {
  const known = lookup(reason) ?? (details.errcode === undefined || details.errcode === 88 ? undefined : lookup(String(details.errcode)))
  if (known)
    return known
  if (details.httpStatus === 429)
    return catalogue['system.busy'] ?? unknownEntry
  return (details.httpStatus ?? 0) >= 500 ? (catalogue['-1'] ?? unknownEntry) : unknownEntry
}

function lookup(code: string): Entry | undefined {
  return Object.hasOwn(catalogue, code) ? catalogue[code] : undefined
}

function filler(reason: string, language: 'zh' | 'en', details: ExplainDetails): (text: string) => string {
  const zh = language === 'zh'
  const values: Record<string, string> = {
    reason,
    ip: details.ip ?? (zh ? '（报错信息中的 IP）' : '(named in DingTalk\'s message)'),
    scopes: details.requiredScopes?.length ? scopeNames(details.requiredScopes, zh) : zh ? '（见报错信息）' : '(named in DingTalk\'s message)',
    wait: waitText(details.retryAfter ?? 60, zh),
    detail: details.text ? (zh ? `（${details.text}）` : ` (${details.text})`) : '',
  }
  return text => text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
}

function scopeNames(codes: readonly string[], zh: boolean): string {
  const named = codes.map((code) => {
    const name = permissionName(code)
    return name ? (zh ? `${name} (${code})` : `${code} (${name})`) : code
  })
  return named.join(zh ? '、' : ', ')
}

function waitText(seconds: number, zh: boolean): string {
  if (seconds < 90) {
    return zh ? `${seconds} 秒` : `${seconds} seconds`
  }
  const minutes = Math.ceil(seconds / 60)
  return zh ? `${minutes} 分钟` : `${minutes} minutes`
}

/** "Compare the appKey in it with yours" (dingtalk-server-api §8.5): another app's list would be the wrong place. */
function wrongApp(language: 'zh' | 'en', { appKey, clientId }: ExplainDetails): string {
  if (!appKey || !clientId || appKey === clientId)
    return ''
  return language === 'zh'
    ? `注意：钉钉识别到的应用是 ${appKey}，而设置里填的是 ${clientId}，请先核对应用凭证。`
    : `Careful: DingTalk took this for the app ${appKey}, but the settings name ${clientId}; check the credentials first. `
}
