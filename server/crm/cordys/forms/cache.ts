import type { Locale } from '../../../http/locale.ts'
import type { Kind } from '../kinds/index.ts'
import type { Caller } from '../session/sessions.ts'
import type { FormConfig } from './config.ts'
import { formConfig } from './config.ts'

const freshMs = 30_000
const mostForms = 3000

/** Forms as each person gets them, kept for half a minute: one page asks for the same form several times. */
export function createForms({ now = Date.now }: { now?: () => number } = {}) {
  const kept = new Map<string, { until: number, form: Promise<FormConfig> }>()
  return {
    of(cordys: Caller, kind: Kind, locale: Locale): Promise<FormConfig> {
      const key = `${cordys.user.id} ${kind.kind} ${locale}`
      const found = kept.get(key)
      if (found && found.until > now())
        return found.form
      const form = cordys.get(kind.formPath, { schema: formConfig })
      if (kept.size >= mostForms)
        kept.clear()
      kept.set(key, { until: now() + freshMs, form })
      form.catch(() => kept.delete(key))
      return form
    },
    /** Asks anew next time: somebody sent what the kept form does not know. */
    forget(cordys: Caller, kind: Kind): void {
      for (const key of kept.keys()) {
        if (key.startsWith(`${cordys.user.id} ${kind.kind} `))
          kept.delete(key)
      }
    },
  }
}

export type Forms = ReturnType<typeof createForms>
