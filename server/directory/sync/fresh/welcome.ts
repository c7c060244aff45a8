import type { FreshParts } from './parts.ts'
import { and, eq, isNotNull } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'

/** Receivers of one call (dingtalk-server-api §5.1). */
const receiversAtMost = 100

/** More newcomers than this in one run did not join today: the scope was widened, or it is the first run. */
const joiningAtMost = 200

type WelcomeParts = Pick<FreshParts, 'db' | 'dingtalk' | 'readSettings' | 'credentials' | 'env' | 'log'>

/** Sends a work notification to the people for whom this run made an account, if the settings say so. Never throws: nobody's account depends on it. */
export async function welcomeNewcomers(parts: WelcomeParts, runId: string): Promise<void> {
  const { db, dingtalk, readSettings, credentials, env, log } = parts
  try {
    if (!(await readSettings()).welcome)
      return
    const { syncChange } = tables
    const rows = await db
      .select({ userid: syncChange.userid })
      .from(syncChange)
      .where(and(eq(syncChange.runId, runId), eq(syncChange.kind, 'account.create'), eq(syncChange.status, 'applied'), isNotNull(syncChange.userid)))
    const userids = rows.flatMap(({ userid }) => userid ?? [])
    if (userids.length > joiningAtMost) {
      log.info({ run: runId, people: userids.length }, 'too many newcomers at once, nobody is welcomed')
      return
    }
    const app = await credentials()
    for (let from = 0; from < userids.length; from += receiversAtMost) {
      const receivers = userids.slice(from, from + receiversAtMost)
      const { taskId } = await dingtalk.messages.sendWorkNotification({
        userids: receivers,
        message: welcomeMessage(new Date(), app, env.PUBLIC_URL),
      })
      log.info({ run: runId, taskId, people: receivers.length }, 'newcomers welcomed')
    }
  }
  catch (error) {
    log.warn({ err: error, run: runId }, 'newcomers could not be welcomed')
  }
}

/**
 * The time is in it because DingTalk silently drops a message whose content somebody has received that day
 * (dingtalk-server-api §5.1): whoever leaves and joins again is still welcomed.
 */
function welcomeMessage(now: Date, app: { corpId: string } | undefined, publicUrl: string | undefined) {
  const time = now.toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false })
  const text = `你的 CRM 账号已开通（${time}）。客户、线索和商机都在这里，从钉钉直接打开，无需密码。`
  if (publicUrl === undefined || app === undefined)
    return { msgtype: 'text' as const, text: { content: text } }
  return {
    msgtype: 'action_card' as const,
    action_card: {
      title: '欢迎使用 CRM',
      markdown: `### 欢迎使用 CRM\n\n${text}`,
      single_title: '打开 CRM',
      single_url: `${publicUrl}/?corpId=${encodeURIComponent(app.corpId)}&via=message`,
    },
  }
}
