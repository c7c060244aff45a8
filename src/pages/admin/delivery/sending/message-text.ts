/** The readable parts of a work notification in DingTalk's wire form, in the order in which they are shown there. */
export function messageText(message: unknown): { title: string, text: string, links: string[] } {
  const body = bodyOf(message)
  const pick = (...names: string[]) => names.map(name => body[name]).find((value): value is string => typeof value === 'string') ?? ''
  const inner = bodyOf(body.body)
  const form = Array.isArray(inner.form) ? inner.form.map(bodyOf).map(({ key, value }) => `${String(key ?? '')} ${String(value ?? '')}`) : []
  const buttons = Array.isArray(body.btn_json_list) ? body.btn_json_list.map(bodyOf).map(({ action_url }) => action_url) : []
  return {
    title: pick('title') || text(inner.title),
    text: [pick('content', 'text', 'markdown'), text(inner.content), ...form].filter(Boolean).join('\n'),
    links: [pick('single_url', 'messageUrl', 'message_url'), ...buttons].filter((link): link is string => typeof link === 'string' && link !== ''),
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** The part under the key that names the type, or the object itself. */
function bodyOf(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null)
    return {}
  const record = value as Record<string, unknown>
  return typeof record.msgtype === 'string' ? bodyOf(record[record.msgtype]) : record
}
