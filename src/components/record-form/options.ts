import type { FieldOption, FieldValue, FormField } from './types.ts'
import { listOf } from './values.ts'

/** What can be chosen: retired options, and those that no longer exist, only where they are chosen already. */
export function choosable(field: FormField, value: FieldValue): FieldOption[] {
  const chosen = listOf(value)
  const options = field.options ?? []
  const gone = chosen.filter(one => !options.some(option => option.value === one)).map(one => ({ value: one, label: one }))
  return [...options.filter(option => !option.retired || chosen.includes(option.value)), ...gone]
}

export interface Level {
  /** The group's name, or null for options that stand for themselves. */
  label: string | null
  options: FieldOption[]
}

/** Options in two levels for a grouped list: those with children become headings. */
export function inLevels(options: readonly FieldOption[]): Level[] {
  const byValue = new Map(options.map(option => [option.value, option]))
  const parents = new Set(options.map(option => option.parent).filter(parent => parent !== undefined && byValue.has(parent)))
  const levels = new Map<string | null, Level>()
  for (const option of options) {
    if (parents.has(option.value))
      continue
    const parent = option.parent === undefined ? undefined : byValue.get(option.parent)
    const key = parent?.value ?? null
    const level = levels.get(key) ?? { label: parent?.label ?? null, options: [] }
    level.options.push(option)
    levels.set(key, level)
  }
  return [...levels.values()]
}

/** An option's label with the levels above it: 浙江省 杭州市 西湖区. */
export function pathOf(options: readonly FieldOption[], value: string): string {
  const byValue = new Map(options.map(option => [option.value, option]))
  const labels: string[] = []
  for (let option = byValue.get(value); option && labels.length < 6; option = option.parent === undefined ? undefined : byValue.get(option.parent))
    labels.unshift(option.label)
  return labels.join(' ')
}
