import { z } from 'zod'
import { businessError } from '../gateway/answer.ts'

const url = z.string().min(1)
const media = z.object({ media_id: z.string().min(1) })

/** The bodies of dingtalk-server-api §5.2, as strict as its "required" column. */
const BODIES: Record<string, z.ZodType> = {
  text: z.object({ content: z.string().min(1) }),
  image: media,
  voice: z.object({ media_id: z.string().min(1), duration: z.string().regex(/^[1-9]$|^[1-5]\d$/) }),
  file: media,
  link: z.object({ messageUrl: url, picUrl: z.string().min(1), title: z.string().min(1), text: z.string().min(1) }),
  markdown: z.object({ title: z.string().min(1), text: z.string().min(1) }),
  action_card: z.union([
    z.object({ markdown: z.string().min(1), title: z.string().optional(), single_title: z.string().min(1), single_url: url }),
    z.object({
      markdown: z.string().min(1),
      title: z.string().optional(),
      btn_orientation: z.enum(['0', '1']),
      btn_json_list: z.array(z.object({ title: z.string().min(1), action_url: url })).min(1),
    }),
  ]),
  oa: z.object({
    message_url: url,
    pc_message_url: z.string().optional(),
    head: z.object({ bgcolor: z.string().regex(/^[\da-f]{8}$/i), text: z.string() }),
    body: z.record(z.string(), z.unknown()),
    status_bar: z.object({ status_value: z.string(), status_bg: z.string().optional() }).optional(),
  }),
}

const MAX_BYTES = 2048
/** Lengths whose excess is error 34016, in characters. */
const LENGTHS: Array<[field: string, max: number]> = [
  ['content', 5000],
  ['title', 64],
  ['markdown', 5000],
  ['single_title', 20],
  ['single_url', 500],
]

function tooLong(): Error {
  return businessError(34016, '会话消息的内容超长')
}

function checkLengths(body: Record<string, unknown>): void {
  for (const [field, max] of LENGTHS) {
    const value = body[field]
    if (typeof value === 'string' && value.length > max)
      throw tooLong()
  }
  if (body.btn_json_list !== undefined && JSON.stringify(body.btn_json_list).length > 1000)
    throw tooLong()
}

/** The `msg` parameter, an object or (in forms) its JSON text. Throws 34014 when broken, 40008, 34009, 40007, 34016. */
export function readMessage(raw: unknown): Record<string, unknown> {
  let value = raw
  if (typeof raw === 'string') {
    try {
      value = JSON.parse(raw)
    }
    catch {
      throw businessError(34014, '会话消息的json结构无效')
    }
  }
  const envelope = z.record(z.string(), z.unknown()).safeParse(value)
  if (!envelope.success)
    throw businessError(34014, '会话消息的json结构无效')
  const msg = envelope.data
  const type = msg.msgtype
  const schema = typeof type === 'string' ? BODIES[type] : undefined
  if (typeof type !== 'string' || schema === undefined)
    throw businessError(40008, '不合法的消息类型')
  // Exactly one body, under the key that names the type.
  if (
    Object.keys(msg)
      .filter(key => key in BODIES)
      .join() !== type
  ) {
    throw businessError(34014, '会话消息的json结构无效')
  }
  if (Buffer.byteLength(JSON.stringify(msg)) > MAX_BYTES)
    throw tooLong()
  const body = schema.safeParse(msg[type])
  if (!body.success)
    throw bodyError(body.error)
  checkLengths(msg[type] as Record<string, unknown>)
  return msg
}

function bodyError(error: z.ZodError): Error {
  const field = String(error.issues[0]?.path[0] ?? '')
  if (field === 'messageUrl' || field === 'message_url')
    return businessError(34009, '链接内容不能为空')
  if (field === 'media_id')
    return businessError(40007, '不合法的媒体文件id')
  return businessError(34014, '会话消息的json结构无效')
}
