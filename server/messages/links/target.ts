import type { RecordKind } from '#contract/crm/kinds.ts'

/** Pages that are not a record's. */
export const targetPages = ['messages', 'plans', 'sync', 'access', 'delivery', 'workbench'] as const
export type TargetPage = (typeof targetPages)[number]

/** What a message opens. */
export type LinkTarget
  = | { kind: 'record', record: RecordKind, id: string }
    | { kind: 'announcement', id: string }
    | { kind: 'run', id: string }
    | { kind: 'page', page: TargetPage }

/** One letter each, for short links; a capital one says that the id is not a UUID. */
const letters: Record<RecordKind | 'announcement' | 'run', string> = {
  'leads': 'l',
  'customers': 'c',
  'contacts': 'k',
  'opportunities': 'o',
  'follow-ups': 'f',
  'plans': 'p',
  'announcement': 'a',
  'run': 'r',
}
const names = Object.fromEntries(Object.entries(letters).map(([name, letter]) => [letter, name])) as Record<string, keyof typeof letters>

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/
const anyId = /^[\w-]{1,64}$/

/**
 * The id of a `/n/<id>` link: the target itself, spelled short. Nothing is stored, so that a link works as long as
 * its record is there; it grants nothing, the page asks for the reader's rights.
 * @throws for an id no record of any CRM has
 */
export function writeLink(target: LinkTarget): string {
  if (target.kind === 'page')
    return `x${target.page}`
  const letter = letters[target.kind === 'record' ? target.record : target.kind]
  if (uuid.test(target.id))
    return letter + Buffer.from(target.id.replaceAll('-', ''), 'hex').toString('base64url')
  if (!anyId.test(target.id))
    throw new Error(`not the id of a record: ${target.id}`)
  return letter.toUpperCase() + target.id
}

/** The target a link names; undefined for one that we did not write. */
export function readLink(link: string): LinkTarget | undefined {
  const letter = link.charAt(0)
  const rest = link.slice(1)
  if (letter === 'x') {
    const page = targetPages.find(name => name === rest)
    return page && { kind: 'page', page }
  }
  const name = names[letter.toLowerCase()]
  const id = letter === letter.toLowerCase() ? readUuid(rest) : anyId.test(rest) ? rest : undefined
  if (!name || !id)
    return undefined
  return name === 'announcement' || name === 'run' ? { kind: name, id } : { kind: 'record', record: name, id }
}

function readUuid(text: string): string | undefined {
  const hex = Buffer.from(text, 'base64url').toString('hex')
  // Only the one spelling that writeLink makes.
  if (hex.length !== 32 || Buffer.from(hex, 'hex').toString('base64url') !== text)
    return undefined
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

const pagePaths: Record<TargetPage, string> = {
  messages: '/messages',
  plans: '/plans',
  sync: '/admin/sync',
  access: '/admin/accounts/requests',
  delivery: '/admin/delivery',
  workbench: '/',
}

/** The page of the H5 that shows the target, below its base path. */
export function pathOf(target: LinkTarget): string {
  switch (target.kind) {
    case 'record':
      return `/${target.record}/${target.id}`
    case 'announcement':
      return `/messages/announcements/${target.id}`
    case 'run':
      return `/admin/sync/runs/${target.id}`
    case 'page':
      return pagePaths[target.page]
  }
}
