import type { ProblemText } from '../../locales/zh-CN/problems.ts'
import type { Problem } from '../../stores/session/index.ts'
import { textFor } from '../../locales/index.ts'

/** The words for a problem: ours by code; where the server said more, its own. */
export function problemWords(problem: Problem): ProblemText {
  const own = (part: keyof ProblemText) => textFor(`problems.codes.${problem.code}.${part}`) ?? textFor(`problems.codes.unknown.${part}`) ?? ''
  const explained = problem.dingtalk
  return { title: own('title'), text: explained?.cause ?? own('text'), help: explained?.fix ?? problem.help ?? own('help') }
}

/** Problems of the client's bridge can be got around with the browser login; where the silent one is off, it is on. */
export function hasBrowserWay(problem: Problem): boolean {
  return ['login_dingtalk_off', 'container_timeout', 'container_notInDingTalk', 'container_unsupported', 'container_native'].includes(problem.code)
}

/** Opens this CRM inside DingTalk, from any browser (dingtalk-server-api §5.4). */
export function openInDingTalk(home: string): string {
  return `https://applink.dingtalk.com/page/link?${new URLSearchParams({ url: home, target: 'fullScreen', targetDesktop: 'workbench' })}`
}

/** Trying again cannot help before somebody has changed something elsewhere. */
export function needsSomebody(problem: Problem): boolean {
  return [
    'not_configured',
    'login_dingtalk_off',
    'login_browser_off',
    'login_not_visible',
    'member_unknown',
    'account_disabled',
    'dingtalk_rejected',
    'container_domain',
    'container_corp',
    'container_notMember',
    'cross_site',
  ].includes(problem.code)
}
