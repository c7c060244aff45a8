import type { DingTalk, DingTalkCredentials } from '../dingtalk/index.ts'
import type { Finding } from './doctor/finding.ts'
import type { Sightings } from './sightings/index.ts'
import { setTimeout as wait } from 'node:timers/promises'
import { agentCodes, DingTalkError, explain, explainReason } from '../dingtalk/index.ts'
import { moment, refused, text } from './doctor/finding.ts'
import { failureOf } from './sightings/index.ts'

/** How long delivery is waited for, and how often it is asked about, in milliseconds. */
const patienceMs = 12_000
const askEveryMs = 1000

/** The notification did not arrive, for a reason that lies with its receiver or the moment; of the AgentId it says nothing. */
const otherReceiver = {
  result: 'manual',
  manual: text('换一位接收人，再发一条测试通知。', 'Choose another receiver and send another test notification.'),
  action: 'notification',
} as const

/** What a refusal is about: the app and its credentials, or the receiver, the content and the moment, of which the AgentId is not to blame. */
function concernsApp(error: DingTalkError): boolean {
  return agentCodes.includes(error.reason) || ['token', 'permission', 'ip', 'config'].includes(explain(error, 'zh-CN').kind)
}

interface Given {
  dingtalk: Pick<DingTalk, 'messages'>
  credentials: DingTalkCredentials
  userid: string
  publicUrl: string
  sightings: Sightings
  signal: AbortSignal
}

/**
 * Sends one work notification and believes only its result: "accepted" does not mean delivered (dingtalk-server-api
 * §5.1). The time in it keeps it from being the same content as an earlier one.
 */
export async function sendTestNotification({ dingtalk: { messages }, credentials, userid, publicUrl, sightings, signal }: Given): Promise<Finding> {
  const agentId = credentials.agentId ?? ''
  const tried = text(`以 AgentId ${agentId} 给 ${userid} 发一条测试通知`, `Sent a test notification to ${userid} as AgentId ${agentId}`)
  const call = { signal, priority: 'interactive' } as const
  const sent = new Date()
  try {
    const { taskId } = await messages.sendWorkNotification(
      {
        userids: [userid],
        message: { msgtype: 'text', text: { content: `CRM 测试通知 / Test notification ${moment(sent)}.${String(sent.getMilliseconds()).padStart(3, '0')}\n${publicUrl}` } },
      },
      call,
    )
    for (const until = Date.now() + patienceMs; ;) {
      const result = await messages.sendResult(taskId, call)
      if (result.readUserids.includes(userid) || result.unreadUserids.includes(userid)) {
        await sightings.noteOk('notification', { agentId })
        return {
          result: 'ok',
          tried,
          answered: text(`已送达（任务 ${taskId}）`, `Delivered (task ${taskId})`),
          means: text('AgentId 属于这个应用，工作通知可用。', 'The AgentId belongs to this app; work notifications work.'),
          action: 'notification',
        }
      }
      const dropped = result.forbidden.find(entry => entry.userid === userid)
      if (dropped)
        return await notDelivered(dropped.code)
      if (result.invalidUserids.includes(userid)) {
        return {
          ...otherReceiver,
          tried,
          answered: text('接收人无效 (invalid_user_id_list)', 'Invalid receiver (invalid_user_id_list)'),
          means: text('AgentId 没有被拒绝，但这个人收不到：userid 不存在，或不在应用可见范围内。', 'The AgentId was not refused, but this person gets nothing: no such userid, or outside the app\'s visible range.'),
          fix: text('换一位可见范围内的接收人，或把此人加入应用可见范围。', 'Choose another receiver inside the visible range, or add this person to it.'),
        }
      }
      if (result.failedUserids.includes(userid)) {
        return {
          ...otherReceiver,
          tried,
          answered: text(`已受理（任务 ${taskId}），但发给 ${userid} 失败 (failed_user_id_list)`, `Accepted (task ${taskId}), but sending it to ${userid} failed (failed_user_id_list)`),
          means: text('钉钉没有把通知送到这个人，没有说明原因；AgentId 没有被拒绝。', 'DingTalk did not get the notification to this person and does not say why; the AgentId was not refused.'),
          fix: text('确认此人已激活钉钉并在应用可见范围内，或换一位接收人再试。', 'Make sure that they have activated DingTalk and are inside the visible range, or choose another receiver.'),
        }
      }
      if (Date.now() > until)
        break
      await wait(askEveryMs, undefined, { signal })
    }
    return {
      result: 'manual',
      tried,
      answered: text(`已受理（任务 ${taskId}），还没有结果`, `Accepted (task ${taskId}), no result yet`),
      means: text('钉钉收下了通知，但还没说是否送达。', 'DingTalk took the notification, but does not say yet whether it arrived.'),
      manual: text(`请 ${userid} 看一下钉钉里的“工作通知”。`, `Ask ${userid} to look at the work notifications in DingTalk.`),
      action: 'notification',
    }
  }
  catch (error) {
    if (!(error instanceof DingTalkError))
      throw error
    if (concernsApp(error))
      await sightings.noteFailed('notification', { ...failureOf(error), agentId })
    return { ...refused(tried, error), action: 'notification' }
  }

  async function notDelivered(code: string): Promise<Finding> {
    const [zh, en] = [explainReason(code, 'zh-CN'), explainReason(code, 'en-US')]
    // DingTalk took the message, so the AgentId is not to blame: what was seen to work stays seen.
    return {
      ...otherReceiver,
      tried,
      answered: text(`已受理，但没有送达 ${userid}：${code}`, `Accepted, but not delivered to ${userid}: ${code}`),
      means: text(zh.cause, en.cause),
      fix: text(`${zh.fix}或者换一位接收人再试。`, `${en.fix} Or choose another receiver.`),
      code,
    }
  }
}
