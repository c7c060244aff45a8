import type { MessageKind } from '#contract/messages/kinds.ts'
import type { MessageRules } from '#contract/messages/rules.ts'
import type { MessageTexts } from '#contract/messages/templates.ts'
import type { Db } from '../../db/index.ts'
import { inArray } from 'drizzle-orm'
import { z } from 'zod'
import { messageKinds } from '#contract/messages/kinds.ts'
import { messageRules } from '#contract/messages/rules.ts'
import { messageTexts } from '#contract/messages/templates.ts'
import { tables } from '../../db/index.ts'
import { defaultTexts } from '../texts/index.ts'
import { defaultRules, partsOf } from './defaults.ts'

export const rulesKey = 'message.rules'
export const textsKey = 'message.texts'

const editedTexts = z.partialRecord(z.enum(messageKinds), messageTexts)
const storedRules = messageRules.partial().extend({ kinds: z.partialRecord(z.enum(messageKinds), messageRules.shape.kinds.valueType.partial()).default({}) })

export interface Wording {
  rules: MessageRules
  /** Edited texts; the others are the defaults. */
  edited: Partial<Record<MessageKind, MessageTexts>>
  textsOf: (kind: MessageKind) => MessageTexts
}

/** Rules and words as stored, in one read; what an older version did not store yet has its default. */
export async function readWording(db: Db): Promise<Wording> {
  const rows = await db.select().from(tables.setting).where(inArray(tables.setting.key, [rulesKey, textsKey]))
  const valueOf = (key: string) => rows.find(row => row.key === key)?.value ?? {}
  const { kinds, ...rest } = storedRules.parse(valueOf(rulesKey))
  const edited = editedTexts.parse(valueOf(textsKey))
  return {
    rules: {
      ...defaultRules,
      ...rest,
      kinds: Object.fromEntries(messageKinds.map(kind => [kind, { ...defaultRules.kinds[kind], ...kinds[kind] }])) as MessageRules['kinds'],
    },
    edited,
    textsOf: kind => edited[kind] ?? defaultTexts(kind),
  }
}

/** Rules without doubles, and without parts that a kind does not have. */
export function tidyRules(rules: MessageRules): MessageRules {
  const kinds = messageKinds.map((kind) => {
    const { parts, roles, people, ...rest } = rules.kinds[kind]
    return [kind, { ...rest, parts: partsOf[kind].filter(part => parts.includes(part)), roles: [...new Set(roles)], people: [...new Set(people)] }]
  })
  return { ...rules, kinds: Object.fromEntries(kinds) as MessageRules['kinds'] }
}
