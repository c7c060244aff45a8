import type { DoctorCheck } from '#contract/settings.ts'
import type { Locale } from '../../http/locale.ts'
import type { Saying } from './texts.ts'
import { DingTalkError, explain } from '../../dingtalk/index.ts'
import { sayings, titles } from './texts.ts'

type CheckId = DoctorCheck['id']
type Said = readonly [Saying, ...(string | number)[]]

interface Finding {
  detail: Said
  fix?: Said
  where?: Said
}

type Attempted<T> = Finding & { result?: DoctorCheck['result'], value?: T }

/** Collects what the doctor finds, in words. */
export function createReport(locale: Locale) {
  const checks: DoctorCheck[] = []

  const word = (said: Said | undefined) =>
    said === undefined ? null : sayings[said[0]][locale].replace(/\{(\d)\}/g, (_, place: string) => String(said[Number(place) + 1] ?? ''))

  function say(id: CheckId, result: DoctorCheck['result'], { detail, fix, where }: Finding): void {
    checks.push({ id, result, title: titles[id][locale], detail: word(detail) ?? '', fix: word(fix), where: word(where), link: null, code: null })
  }

  function refused(id: CheckId, error: DingTalkError): void {
    const { cause, fix, where, link } = explain(error, locale)
    checks.push({
      id,
      result: 'failed',
      title: titles[id][locale],
      detail: word(['refused', error.reason, cause]) ?? '',
      fix,
      where: where ?? null,
      link: link ?? null,
      code: error.reason,
    })
  }

  return {
    say,

    /** Runs one check. @returns its value (true when it has none), or undefined when it failed; what DingTalk refuses is explained */
    async attempt<T = true>(id: CheckId, run: () => Promise<Attempted<T>>): Promise<T | undefined> {
      try {
        const { result = 'ok', value = true as T, ...finding } = await run()
        say(id, result, finding)
        return result === 'ok' ? value : undefined
      }
      catch (error) {
        if (!(error instanceof DingTalkError))
          throw error
        refused(id, error)
        return undefined
      }
    },

    skip(ids: CheckId[], because: CheckId): void {
      for (const id of ids) {
        say(id, 'skipped', { detail: ['dependsOn', titles[because][locale]] })
      }
    },

    checks: () => checks,
  }
}

export type Report = ReturnType<typeof createReport>
