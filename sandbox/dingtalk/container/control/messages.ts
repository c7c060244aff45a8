import type { SandboxMessage } from '../../types.ts'
import { z } from 'zod'

/** What the message list shows of one notification, with its link for phones and for desktops. */
export interface MessageView {
  taskId: number
  sentAt: number
  read: boolean
  recalled: boolean
  title: string
  lines: string[]
  /** A highlighted number with its unit, from an oa message. */
  figure?: string
  status?: string
  author?: string
  buttons: { title: string, link: string }[]
  link?: string
  pcLink?: string
}

type Content = Omit<MessageView, 'taskId' | 'sentAt' | 'read' | 'recalled'>

const word = z.union([z.string(), z.number()]).transform(String).catch('')
const words = z.union([z.string(), z.number()]).transform(String).optional().catch(undefined)

const oa = z.object({
  message_url: words,
  pc_message_url: words,
  status_bar: z.object({ status_value: word }).optional().catch(undefined),
  body: z.object({
    title: word,
    content: words,
    author: words,
    form: z.array(z.object({ key: word, value: word })).catch([]),
    rich: z.object({ num: word, unit: word }).optional().catch(undefined),
  }),
})
const card = z.object({
  title: word,
  markdown: word,
  single_title: words,
  single_url: words,
  btn_json_list: z.array(z.object({ title: word, action_url: word })).catch([]),
})
const link = z.object({ messageUrl: words, title: word, text: word })
const markdown = z.object({ title: word, text: word })
const plainText = z.object({ content: word })

const readers: Record<string, (body: unknown) => Content> = {
  oa: (value) => {
    const { body, status_bar, message_url, pc_message_url } = oa.parse(value)
    return {
      title: body.title,
      // The client shows six rows at most (dingtalk-server-api §5.2).
      lines: [...body.form.slice(0, 6).map(row => `${row.key}${row.value}`), ...(body.content ? [body.content] : [])],
      buttons: [],
      ...(body.rich ? { figure: `${body.rich.num}${body.rich.unit}` } : {}),
      ...(body.author ? { author: body.author } : {}),
      ...(status_bar ? { status: status_bar.status_value } : {}),
      ...links(message_url, pc_message_url),
    }
  },
  action_card: (value) => {
    const { title, markdown, single_title, single_url, btn_json_list } = card.parse(value)
    const buttons = single_url
      ? [{ title: single_title || '查看详情', link: single_url }]
      : btn_json_list.map(button => ({ title: button.title, link: button.action_url }))
    return { title, lines: plainLines(markdown), buttons, ...links(single_url) }
  },
  link: (value) => {
    const { title, text, messageUrl } = link.parse(value)
    return { title, lines: [text], buttons: [], ...links(messageUrl) }
  },
  markdown: (value) => {
    const { title, text } = markdown.parse(value)
    return { title, lines: plainLines(text), buttons: linksIn(text) }
  },
  text: (value) => {
    const { content } = plainText.parse(value)
    return { title: '', lines: content.split('\n'), buttons: addressesIn(content) }
  },
}

/** Reads the `msg` object of asyncsend_v2 as a client displays it; unknown types become their type name. */
export function messageView({ taskId, sentAt, read, recalled, msg }: SandboxMessage): MessageView {
  const type = String(msg.msgtype ?? '')
  return { taskId, sentAt, read, recalled, ...content(type, msg[type]) }
}

function content(type: string, body: unknown): Content {
  try {
    return readers[type]?.(body) ?? { title: `[${type || '消息'}]`, lines: [], buttons: [] }
  }
  catch (error) {
    return {
      title: `[无法显示的 ${type} 消息]`,
      lines: [error instanceof z.ZodError ? error.issues.map(issue => issue.path.join('.')).join('、') : String(error)],
      buttons: [],
    }
  }
}

function links(link: string | undefined, pcLink = link): { link?: string, pcLink?: string } {
  return { ...(link ? { link } : {}), ...(pcLink ? { pcLink } : {}) }
}

/** Links in markdown can be tapped one by one. */
function linksIn(text: string): { title: string, link: string }[] {
  return [...text.matchAll(/(?<!!)\[([^\]]+)\]\(([^)\s]+)\)/g)].map(([, title, link]) => ({ title: title!, link: link! }))
}

/** The client makes addresses in plain text into links. */
function addressesIn(text: string): { title: string, link: string }[] {
  return (text.match(/https?:\/\/[^\s\u4E00-\u9FFF]+/g) ?? []).map(link => ({ title: link, link }))
}

/** Enough markdown for a list: marks removed, blank lines dropped. */
function plainLines(text: string): string[] {
  return text
    .split('\n')
    .map(line =>
      line
        .replace(/^\s*(?:#{1,6}|[-*+>])\s+/, '')
        .replace(/\*\*|__|`/g, '')
        .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
        .trim(),
    )
    .filter(Boolean)
}
