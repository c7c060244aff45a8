import { splitAddresses } from '../../notifications/index.ts'

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

/** What would end the address or begin something in markdown, spelled as addresses spell it. */
const inAddress: Record<string, string> = { '*': '%2A', '`': '%60', '|': '%7C', '\\': '%5C' }

/**
 * Addresses in what people write are not made into links by the client, except those of ours and of DingTalk, which stay as they
 * are. A middle dot, because browsers read a full-width one as a dot.
 */
function defuse(value: string, base: string, words: (text: string) => string): string {
  return splitAddresses(oneLine(value), base)
    .map(({ text, kind }) => {
      if (kind === 'own')
        return text.replaceAll(/[*`|\\]/g, character => inAddress[character]!).replaceAll(/\b(href|src)=/gi, '$1%3D')
      return words(kind === 'foreign' ? text.replaceAll('.', '·').replaceAll(':', '：') : text)
    })
    .join('')
}

/** A value inside markdown; `base` is where our own addresses begin. */
export function escapeMarkdown(value: string, base: string): string {
  return defuse(value, base, text => noTargets(text).replaceAll(/[*_`[\]<>#~|\\&]/g, character => twins[character]!))
}

/** A value inside plain text. */
export function plain(value: string, base: string): string {
  return defuse(value, base, noTargets)
}

/** What a client that reads plain text as markdown or HTML all the same would make a link of. */
function noTargets(text: string): string {
  return text.replaceAll(']', '］').replaceAll(/\b(href|src)(\s*)=/gi, '$1$2＝')
}
