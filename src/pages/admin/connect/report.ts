import type { DoctorCheck } from '#contract/connection.ts'
import { t } from '../../../locales/index.ts'
import { stateOf } from './tones.ts'

/** The findings as text for whoever helps. The server has left out every secret before they came here. */
export function reportText(checks: readonly DoctorCheck[], about: { at: Date, address: string, whole: boolean }): string {
  const lines = checks.map((check) => {
    const facts = ([
      ['tried', check.tried],
      [check.asksDingTalk ? 'answered' : 'result', check.answered],
      ['means', check.means],
      ['fix', check.fix],
      ['where', check.where],
      ['seen', check.seenAt],
      ['requestId', check.requestId],
      ['manual', check.manual && `${check.manual.step}${check.manual.confirmed ? ` (${check.manual.confirmed.by}, ${check.manual.confirmed.at})` : ''}`],
    ] as const).filter(([, text]) => text)
    return [
      `[${t(`admin.doctor.results.${stateOf(check).word}`)}] ${check.title} (${check.id}${check.code ? `, ${check.code}` : ''})`,
      ...facts.map(([name, text]) => `  ${t(`admin.doctor.parts.${name}`)}: ${text}`),
    ].join('\n')
  })
  return [`${t('admin.doctor.title')} · ${about.address} · ${about.at.toISOString()}`, ...(about.whole ? [] : [t('admin.doctor.notWhole')]), ...lines].join('\n\n')
}
