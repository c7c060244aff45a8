import type { Actor, FileAnswer, RecordsQuery } from '../../gateway.ts'
import type { KindDef } from '../kinds/index.ts'
import type { EmbeddedParts } from '../parts.ts'
import type { Cell } from './sheets.ts'
import { audit } from '../../../audit/index.ts'
import { AppError } from '../../../http/app-error.ts'
import { reachOf } from '../access/reach.ts'
import { readSeen } from '../access/read.ts'
import { abilitiesOf } from '../access/rights.ts'
import { dayIn } from '../days.ts'
import { select } from '../records/list.ts'
import { findPage } from '../records/page.ts'
import { readNames } from '../records/present.ts'
import { orderOf } from '../records/sort.ts'
import { fileFields, shownCell } from './columns.ts'
import { writeSheets } from './sheets.ts'
import { kindTitles } from './titles.ts'

export const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const atOnce = 1000

const words = {
  'zh-CN': { first: '前 {0} 条', notes: '说明', more: '记录太多，这个文件只有前 {0} 条。请在列表里筛选后分几次导出。' },
  'en-US': { first: 'first {0}', notes: 'Notes', more: 'There are more records: this file has the first {0}. Filter the list and export the rest in parts.' },
}

/**
 * The records of a list as .xlsx: of what its reader sees, those that fit the query, `most` of them; a file that has not
 * all of them says so. Who took what away is written down.
 * @throws {AppError} forbidden without the right to export
 */
export async function exportRecords(parts: EmbeddedParts, actor: Actor, kind: KindDef, query: Omit<RecordsQuery, 'cursor' | 'limit'>, { ip, most }: { ip: string, most: number }): Promise<FileAnswer> {
  if (!(await abilitiesOf(parts, actor)).export)
    throw new AppError('forbidden')
  const fields = fileFields(kind, 'export')
  const reach = await reachOf(parts, actor)
  const selection = await select(parts, actor, kind, query, reach)
  const rows: Cell[][] = []
  for (let cursor: string | undefined; rows.length <= most;) {
    const order = orderOf(kind, query.sort, cursor)
    const { found } = await findPage(parts.db, { ...selection, order, limit: atOnce })
    const page = found.slice(0, atOnce)
    const seen = await readSeen(parts.db, kind, reach, page.map(({ id }) => id), { deleted: query.view === 'deleted' })
    const names = await readNames(parts, kind, reach, fields, seen)
    const byId = new Map(seen.map(row => [row.id, row]))
    for (const { id } of page) {
      const row = byId.get(id)
      if (row)
        rows.push(fields.map(field => shownCell(field, row, names, actor.locale)))
    }
    const last = page.at(-1)
    if (found.length <= atOnce || !last)
      break
    cursor = order.cursor(last.position, last.id)
  }
  const more = rows.splice(most).length > 0
  const title = kindTitles[kind.kind][actor.locale]
  const say = (text: keyof (typeof words)['zh-CN']) => words[actor.locale][text].replace('{0}', String(most))
  const { filters, q, view } = query
  await audit(parts.db, { actor: actor.name, action: 'crm.export', detail: { accountId: actor.id, kind: kind.kind, rows: rows.length, ...(more && { more }), view, ...(q && { q }), ...(filters && { filters }) }, ip })
  const body = await writeSheets([
    { name: title, header: fields.map(field => field.label[actor.locale]), rows },
    ...(more ? [{ name: say('notes'), header: [say('more')], rows: [] }] : []),
  ])
  return { type: spreadsheet, name: `${title}-${dayIn(parts.now())}${more ? `-${say('first')}` : ''}.xlsx`, body }
}
