/*
 * DingTalk documents a subset of markdown (dingtalk-server-api §5.2) but no way to escape it, and its clients differ.
 * A value's special characters therefore become their full-width twins: they read the same and mean nothing.
 */
const twins: Record<string, string> = {
  '*': '＊',
  '_': '＿',
  '`': '｀',
  '[': '［',
  ']': '］',
  '<': '＜',
  '>': '＞',
  '#': '＃',
  '~': '～',
  '|': '｜',
  '\\': '＼',
  '&': '＆',
}

/** One line: a value must not begin a list, a heading or a quotation. */
export function oneLine(value: string): string {
  return value.replace(/\s+/gu, ' ').trim()
}

/** Addresses in what people write are not made into links by the client: only our own links lead out of a message. */
export function defuseLinks(value: string): string {
  return value.replaceAll('://', '：//').replaceAll(/\bwww\./gi, 'www．')
}

/** A value inside markdown. */
export function escapeMarkdown(value: string): string {
  return defuseLinks(oneLine(value)).replaceAll(/[*_`[\]<>#~|\\&]/g, character => twins[character]!)
}

/** A value inside plain text. */
export function plain(value: string): string {
  return defuseLinks(oneLine(value))
}
