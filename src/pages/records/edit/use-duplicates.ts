import type { MainKind, RecordKind } from '#contract/crm/kinds.ts'
import type { Duplicate } from '#contract/crm/search.ts'
import type { FormField, FormValues } from '../../../components/record-form/types.ts'
import { onScopeDispose, shallowRef, watch } from 'vue'
import { request } from '../../../api/index.ts'
import { isMainKind } from '../../../components/crm/kinds.ts'
import { useCapabilities } from '../../../components/crm/use-capabilities.ts'

/** Milliseconds without a keystroke before the company is asked. */
const pause = 700

/**
 * Whether the company already has such a record, asked while typing by name and phone (查重). The
 * answer names at most whom to ask; a refusal (rate limit, not supported) is no reason to disturb. `except` is the record being edited.
 */
export function useDuplicates(kind: RecordKind, values: () => FormValues, fields: () => readonly FormField[], except?: string) {
  const can = useCapabilities()
  const found = shallowRef<readonly Duplicate[]>([])
  let timer: ReturnType<typeof setTimeout> | undefined
  let current: AbortController | undefined

  function wanted(): { name: string, phone: string } {
    const phoneKey = fields().find(field => field.type === 'phone')?.key
    const text = (value: unknown) => (typeof value === 'string' ? value.trim().slice(0, 200) : '')
    const phone = text(phoneKey ? values()[phoneKey] : '')
    const name = text(values().name)
    // Contacts share names by nature; only their number tells them apart.
    return { name: kind === 'contacts' || [...name].length < 2 ? '' : name, phone: phone.replaceAll(/\D/g, '').length >= 7 ? phone.slice(0, 40) : '' }
  }

  async function ask(main: MainKind) {
    const { name, phone } = wanted()
    current?.abort()
    if (!name && !phone) {
      found.value = []
      return
    }
    const mine = (current = new AbortController())
    try {
      const { duplicates } = await request('GET /api/crm/duplicates', { query: { kind: main, ...(name && { name }), ...(phone && { phone }), ...(except && { except }) }, signal: mine.signal })
      if (mine === current)
        found.value = duplicates
    }
    catch {
      if (mine === current)
        found.value = []
    }
  }

  watch(() => JSON.stringify([wanted(), can.value?.duplicateCheck]), () => {
    clearTimeout(timer)
    if (isMainKind(kind) && can.value?.duplicateCheck)
      timer = setTimeout(ask, pause, kind)
  })
  onScopeDispose(() => {
    clearTimeout(timer)
    current?.abort()
  })

  return found
}
