import type { WorkMessage } from '../../dingtalk/index.ts'
import type { Locale } from '../../http/locale.ts'
import type { OutboxMessage } from '../../notifications/index.ts'
import type { LinkSettings } from '../links/links.ts'
import { linksTo } from '../links/links.ts'
import { writeLink } from '../links/target.ts'

const words: Record<Locale, { title: string, text: (time: string) => string, open: string }> = {
  'zh-CN': { title: '欢迎使用 CRM', text: time => `你的 CRM 账号已开通（${time}）。客户、线索和商机都在这里，从钉钉直接打开，无需密码。`, open: '打开 CRM' },
  'en-US': { title: 'Welcome to the CRM', text: time => `Your CRM account is ready (${time}). Customers, leads and deals open right from DingTalk, without a password.`, open: 'Open the CRM' },
}

/** What somebody is told for whom a sync made an account. `links`: undefined while people cannot reach this server. */
export function welcomeMessage(runId: string, accountId: string, locale: Locale, links: LinkSettings | undefined, now: Date): OutboxMessage {
  const { title } = words[locale]
  return { key: `welcome:${runId}`, kind: 'welcome', title, accountId, locale, message: messageIn(locale, links, now) }
}

/** The time is in it because DingTalk silently drops what somebody has received that day (dingtalk-server-api §5.1): whoever leaves and joins again is still welcomed. */
function messageIn(locale: Locale, links: LinkSettings | undefined, now: Date): WorkMessage {
  const { title, text, open } = words[locale]
  const said = text(now.toLocaleString(locale, { timeZone: 'Asia/Shanghai', hour12: false }))
  if (!links)
    return { msgtype: 'text', text: { content: said } }
  return {
    msgtype: 'action_card',
    action_card: { title, markdown: `### ${title}\n\n${said}`, single_title: open, single_url: linksTo(writeLink({ kind: 'page', page: 'workbench' }), links).app },
  }
}
