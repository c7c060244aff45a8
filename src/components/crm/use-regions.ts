import type { FieldOption } from '../record-form/types.ts'
import { computed, shallowRef } from 'vue'
import { request } from '../../api/index.ts'

/** Names of regions by code; empty until somebody needs them. */
const names = shallowRef<Record<string, string>>({})
let asked: Promise<void> | undefined

/** Asks once for the table; a failure only means that the next one who needs it asks again. */
function load(): Promise<void> {
  asked ??= request('GET /api/crm/regions').then((answer) => {
    names.value = answer.names
  }).catch(() => {
    asked = undefined
  })
  return asked
}

const outer = (code: string): string[] => [`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`].filter(each => each < code)

const options = computed<FieldOption[]>(() => Object.entries(names.value).map(([value, label]) => {
  const parent = outer(value).at(-1)
  return { value, label, ...(parent && { parent }) }
}))

/** China's provinces, cities and districts, loaded when they are first needed. */
export function useRegions() {
  return {
    load,
    options,
    /** A region with what it lies in: 浙江省 杭州市 西湖区; empty until the table is here, the code where it is in no table. */
    pathOf(code: string): string {
      if (code)
        void load()
      const isKnown = names.value[code] !== undefined || Object.keys(names.value).length === 0
      return isKnown ? [...new Set([...outer(code), code].flatMap(each => names.value[each] ?? []))].join(' ') : code
    },
  }
}
