import type { Check } from '../patient.ts'
import { text } from '../finding.ts'
import { places } from '../places.ts'

const events: Check = async (patient) => {
  const known = patient.stored ? await patient.events() : undefined
  const tried = text('查看最近收到的通讯录事件', 'Looked at the last event about contacts')
  if (!known || known.channel === 'off') {
    return {
      finding: {
        result: 'untried',
        tried,
        means: text('没有开启事件：组织变动靠定时同步更新。要让变动几秒内生效，请在同步设置里选择 Stream 模式。', 'Events are off: changes arrive with the scheduled sync. For changes within seconds choose Stream mode in the sync settings.'),
        where: places.here,
      },
    }
  }
  const channel = known.channel === 'stream' ? 'Stream' : 'HTTP'
  const answered = text(`${channel}：${known.connection}${known.detail ? `，${known.detail}` : ''}`, `${channel}: ${known.connection}${known.detail ? `, ${known.detail}` : ''}`)
  if (known.connection === 'failed') {
    return {
      finding: {
        result: 'failed',
        tried,
        answered,
        means: text('事件通道没有连上。', 'The event channel is not connected.'),
        fix: text('检查服务器能否访问 wss-open-connection.dingtalk.com:443，并在事件订阅里选择同一种模式后保存。', 'Check that the server can reach wss-open-connection.dingtalk.com:443, and save the same mode in the event subscription.'),
        where: places.events,
        action: 'event',
      },
    }
  }
  if (known.lastEventAt)
    return { finding: { result: 'seen', tried, answered, means: text('收到过事件。', 'An event has arrived.'), seenAt: known.lastEventAt, action: 'event' } }
  return {
    finding: {
      result: 'manual',
      tried,
      answered,
      means: text('还没有收到过事件：可能没有勾选事件，也可能还没有变动。', 'No event has arrived yet: none may be ticked, or nothing has changed.'),
      fix: text('在事件订阅里勾选通讯录事件并保存。', 'Tick the contact events in the event subscription and save.'),
      where: places.events,
      manual: text('在管理后台给一个部门改个名字再改回来，这里几秒内会显示收到事件。', 'Rename a department in the admin console and back; the event shows here within seconds.'),
      action: 'event',
    },
  }
}

/** Whether DingTalk tells us about changes. */
export const eventChecks = { events }
