import type { Actor, FileAnswer } from '../../gateway.ts'
import type { KindDef } from '../kinds/index.ts'
import type { EmbeddedParts } from '../parts.ts'
import { AppError } from '../../../http/app-error.ts'
import { abilitiesOf } from '../access/rights.ts'
import { fileFields, titleOf } from './columns.ts'
import { spreadsheet } from './export.ts'
import { writeSheets } from './sheets.ts'
import { kindTitles } from './titles.ts'

const words = {
  'zh-CN': { file: '导入模板', notes: '说明', column: '列', rule: '填写要求', required: '必填', unique: '不能重复', choices: '可选', longest: '最多 {0} 字', person: '填写同事姓名，留空则为导入人', record: '填写已有客户的全称', date: '例如 2026-06-30' },
  'en-US': { file: 'import template', notes: 'Notes', column: 'Column', rule: 'What to enter', required: 'required', unique: 'unique', choices: 'one of', longest: 'at most {0} characters', person: 'a colleague\'s name; yourself when empty', record: 'the full name of a customer that is there', date: 'like 2026-06-30' },
}

/** An .xlsx to fill in: the form's columns, lists to choose from, and what each column takes. */
export async function importTemplate(parts: EmbeddedParts, actor: Actor, kind: KindDef): Promise<FileAnswer> {
  if (!(await abilitiesOf(parts, actor)).import)
    throw new AppError('forbidden')
  const { locale } = actor
  const say = words[locale]
  const fields = fileFields(kind, 'import')
  const title = kindTitles[kind.kind][locale]
  const rules = fields.map((field) => {
    const rule = [
      field.required && field.default === undefined && say.required,
      field.unique && say.unique,
      field.options && `${say.choices} ${field.options.filter(({ retired }) => !retired).map(({ label }) => label[locale]).join(' / ')}`,
      field.type === 'member' && say.person,
      field.type === 'record' && say.record,
      field.type === 'date' && say.date,
      field.maxLength && say.longest.replace('{0}', String(field.maxLength)),
    ]
    return [field.label[locale], rule.filter(Boolean).join('; ')]
  })
  const body = await writeSheets([
    {
      name: title,
      header: fields.map(field => titleOf(field, locale)),
      rows: [],
      choices: fields.flatMap(({ options }, column) => (options ? [{ column, values: options.filter(({ retired }) => !retired).map(({ label }) => label[locale]) }] : [])),
    },
    { name: say.notes, header: [say.column, say.rule], rows: rules },
  ])
  return { type: spreadsheet, name: `${title}-${say.file}.xlsx`, body }
}
