import type { RecordKind } from '#contract/crm/kinds.ts'
import type { MessageKind } from '#contract/messages/kinds.ts'
import type { Text } from '../../http/locale.ts'
import type { LinkTarget } from '../links/target.ts'

/** Something people are told of, whoever tells it. */
export interface Notice {
  kind: MessageKind
  /** Names the business event: with the receiver it is told once, however often it is reported. */
  key: string
  at: Date
  /** Who did it, and is not told of it; null when time did. */
  actor: { id: string, name: string } | null
  opens: LinkTarget
  record?: { kind: RecordKind, name: string }
  /** Account ids by their part in it. */
  parties?: { owner?: string | undefined, formerOwner?: string | undefined, collaborators?: string[] | undefined, mentioned?: string[] | undefined }
  /** Values of the kind's variables (texts/variables.ts); what is the same in both languages is a string, moments are ISO. */
  values?: Record<string, string | Text>
  /** Also whoever caused it: reminders of time, which everybody may need. */
  actorToo?: boolean
  /** During quiet hours, too. */
  urgent?: boolean
}
