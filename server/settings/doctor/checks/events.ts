import type { Text } from '../../../http/locale.ts'
import type { Finding } from '../finding.ts'
import type { Check, EventsState } from '../patient.ts'
import { notSaved, refused, refusedThen, text } from '../finding.ts'
import { places } from '../places.ts'

const connections: Record<EventsState['connection'], Text> = {
  off: text('关闭', 'off'),
  waiting: text('等待钉钉', 'waiting for DingTalk'),
  connecting: text('正在连接', 'connecting'),
  connected: text('已连接', 'connected'),
  reconnecting: text('正在重新连接', 'connecting again'),
  failed: text('没有接通', 'not working'),
}

/** What is wrong, explained; behind it what the channel does. */
function troubled(tried: Text, answered: Text, { reason, error, at }: NonNullable<EventsState['trouble']>): Finding {
  const told = error ? refused(tried, error) : refusedThen(tried, { reason }, at ?? new Date())
  const and = told.answered ?? text(reason, reason)
  return { ...told, answered: text(`${answered['zh-CN']}；${and['zh-CN']}`, `${answered['en-US']}; ${and['en-US']}`), where: told.where ?? places.events, action: 'event' }
}

/** A refused push that may be anybody's: told, but neither red nor in the way of what is proven. */
function hint(tried: Text, answered: Text, { reason, at }: NonNullable<EventsState['doubt']>): Finding {
  const told = refusedThen(tried, { reason }, at)
  const and = told.answered ?? text(reason, reason)
  return {
    ...told,
    answered: text(`${answered['zh-CN']}；拒绝过一次不一定来自钉钉的推送，${and['zh-CN']}`, `${answered['en-US']}; a push that may not be DingTalk's was refused, ${and['en-US']}`),
  }
}

const events: Check = async (patient) => {
  const tried = text('查看最近收到的通讯录事件', 'Looked at the last event about contacts')
  if (!patient.stored)
    return { finding: notSaved(text('事件', 'events')) }
  const known = await patient.events()
  if (known.channel === 'off') {
    return {
      finding: {
        result: 'untried',
        idle: true,
        tried,
        means: text('没有开启事件：组织变动靠定时同步更新。要让变动几秒内生效，请在同步设置里选择 Stream 模式。', 'Events are off: changes arrive with the scheduled sync. For changes within seconds choose Stream mode in the sync settings.'),
        where: places.here,
      },
    }
  }
  const { connection, trouble, doubt, lastEventAt } = known
  const channel = known.channel === 'stream' ? 'Stream' : 'HTTP'
  const answered = text(`${channel}：${connections[connection]['zh-CN']}`, `${channel}: ${connections[connection]['en-US']}`)
  // Of an attempt that failed just now the next may be better: that is not red yet, and not green either.
  const trying = connection === 'connecting' || connection === 'reconnecting' || (connection === 'waiting' && known.channel === 'stream')
  if (trouble && !trying)
    return { finding: troubled(tried, answered, trouble) }
  if (connection === 'failed') {
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
  if (trying) {
    const last = trouble && troubled(tried, answered, trouble)
    return {
      finding: {
        result: 'untried',
        tried,
        answered: last?.answered ?? answered,
        means: text('通道还没有接通，这段时间的事件收不到；接通后会自动补上。', 'The channel is not connected at the moment, so no events arrive; what is missed is made up for afterwards.'),
        fix: last?.fix ?? text('几秒后重新检查。', 'Check again in some seconds.'),
        where: last?.where,
        code: last?.code,
        requestId: last?.requestId,
        action: 'event',
      },
    }
  }
  const doubted = doubt && hint(tried, answered, doubt)
  if (lastEventAt)
    return { finding: { result: 'seen', tried, answered: doubted?.answered ?? answered, means: text('以现在的通道和密钥收到过事件。', 'An event has arrived by the present channel and keys.'), seenAt: lastEventAt, action: 'event' } }
  return {
    finding: {
      result: 'manual',
      tried,
      answered: doubted?.answered ?? answered,
      means: doubted?.means ?? text('还没有收到过事件：可能没有勾选事件，也可能还没有变动。', 'No event has arrived yet: none may be ticked, or nothing has changed.'),
      fix: doubted?.fix ?? text('在事件订阅里勾选通讯录事件并保存。', 'Tick the contact events in the event subscription and save.'),
      code: doubted?.code,
      where: places.events,
      about: [known.channel, known.since ?? 0],
      manual: text('在管理后台给一个部门改个名字再改回来，这里几秒内会显示收到事件。', 'Rename a department in the admin console and back; the event shows here within seconds.'),
      action: 'event',
    },
  }
}

/** Whether DingTalk tells us about changes. */
export const eventChecks = { events }
