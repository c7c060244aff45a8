import type { WorkMessage } from '../dingtalk/index.ts'
import type { Locale } from '../http/locale.ts'

/** The time is in it, because DingTalk drops what somebody has received that day (dingtalk-server-api §5.1). */
export function testMessage(text: string | undefined, locale: Locale, now: number): WorkMessage {
  const time = new Date(now).toLocaleString(locale, { timeZone: 'Asia/Shanghai', hour12: false })
  const said = text || (locale === 'zh-CN' ? '收到这条消息，说明工作通知可以正常送达。' : 'If you can read this, work notifications arrive.')
  return { msgtype: 'text', text: { content: locale === 'zh-CN' ? `CRM 测试通知（${time}）\n${said}` : `CRM test notification (${time})\n${said}` } }
}
