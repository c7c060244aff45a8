import type { FieldIssue } from '#contract/errors.ts'
import type { FieldValue, FormDescription, FormRefs, FormValues, Named } from './types.ts'
import { computed, ref, shallowRef } from 'vue'
import { checkField, checkForm } from './check.ts'
import { changedValues, cleanValue, fieldsOf, isShown, sameValue } from './values.ts'

/** The state of one form: what was, what is typed, what is wrong. */
export function useRecordForm(description: () => FormDescription, initial: FormValues = {}, known: FormRefs = {}) {
  const base = shallowRef<FormValues>({ ...initial })
  const values = shallowRef<FormValues>({ ...initial })
  /** Names of the ids in the values. */
  const refs = shallowRef<FormRefs>({ ...known })
  /** Per field: a code of `check.ts` or the server's own words. */
  const issues = ref<Record<string, string>>({})

  const changed = computed(() => changedValues(base.value, values.value))
  const dirty = computed(() => Object.keys(changed.value).length > 0)

  /** Starts over from these values. */
  function reset(next: FormValues, names?: FormRefs) {
    base.value = { ...next }
    values.value = { ...next }
    if (names)
      refs.value = { ...names }
    issues.value = {}
  }

  /** Changes a field; an issue it had is looked at again. `names` are those of the ids in the value. */
  function set(key: string, value: FieldValue, names?: readonly Named[]) {
    if (names)
      refs.value = { ...refs.value, [key]: names }
    if (values.value[key] === value)
      return
    const moved = !sameValue(values.value[key], value)
    values.value = { ...values.value, [key]: value }
    if (!moved)
      return
    if (issues.value[key])
      look(key)
    // What is chosen within another record makes no sense within the next one.
    for (const field of fieldsOf(description())) {
      if (field.target?.within === key && values.value[field.key])
        set(field.key, null, [])
    }
  }

  /** Checks one field, when it is left for example. */
  function look(key: string) {
    const field = fieldsOf(description()).find(candidate => candidate.key === key)
    const { [key]: _, ...others } = issues.value
    const code = field && checkField(field, values.value[key])
    issues.value = code ? { ...others, [key]: code } : others
  }

  /** Checks everything. @returns whether the form may be sent */
  function check(): boolean {
    issues.value = checkForm(description(), values.value)
    return Object.keys(issues.value).length === 0
  }

  /** What is sent: only what was described, may be written and is shown, in clean form. */
  function outgoing(of: FormValues): FormValues {
    const fields = fieldsOf(description()).filter(field => field.writable !== false && field.type !== 'divider' && isShown(field, values.value))
    return Object.fromEntries(fields.filter(field => field.key in of).map(field => [field.key, cleanValue(of[field.key])]))
  }

  /**
   * Shows what the server refused at its fields.
   * @param found what the answer named, by path in the input (`name`, `values.name`)
   * @param aliases names the server uses for fields of ours, `{ ownerId: 'owner' }`
   * @returns the issues that belong to no field of this form
   */
  function takeIssues(found: readonly FieldIssue[], aliases: Readonly<Record<string, string>> = {}): FieldIssue[] {
    const keys = new Set(fieldsOf(description()).map(field => field.key))
    const keyOf = (issue: FieldIssue) => {
      const name = issue.path.replace(/^(?:body\.)?values\./, '').split('.')[0] ?? ''
      return aliases[name] ?? name
    }
    const placed = found.filter(issue => keys.has(keyOf(issue)))
    issues.value = { ...issues.value, ...Object.fromEntries(placed.map(issue => [keyOf(issue), issue.message])) }
    return found.filter(issue => !keys.has(keyOf(issue)))
  }

  return { values, base, refs, issues, changed, dirty, reset, set, look, check, outgoing, takeIssues }
}

export type RecordFormState = ReturnType<typeof useRecordForm>
