import type { ApiError } from '../../../api/index.ts'
import { ask } from '../../../components/dialog/index.ts'
import { t } from '../../../locales/index.ts'

/** DingTalk refused the new credentials when they were tried: says why, and whether to keep them all the same. */
export function askAboutConnection({ message, dingtalk }: ApiError): Promise<boolean> {
  const agent = dingtalk?.agentId === true
  const risk = t(agent ? 'forms.connection.agentRisk' : 'forms.connection.risk')
  const said = dingtalk ? [dingtalk.cause, dingtalk.fix, dingtalk.where, `(${dingtalk.code})`, risk] : [message, risk]
  return ask({
    title: t(agent ? 'forms.connection.agentTitle' : 'forms.connection.title'),
    text: said.filter(Boolean).join('\n\n'),
    yes: t('forms.connection.yes'),
    no: t('forms.connection.no'),
    danger: true,
  })
}
