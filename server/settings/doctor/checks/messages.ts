import type { Check } from '../patient.ts'
import { failedSince } from '../../sightings/index.ts'
import { attempt } from '../attempt.ts'
import { dependsOn, refusedThen, text } from '../finding.ts'
import { places } from '../places.ts'
import { ownApp } from './console.ts'

const agentId: Check = async (patient, ask) => {
  const { credentials, dingtalk, sightings, stored, signal, notifications } = patient
  const where = places.credentials
  if (!credentials.agentId) {
    return {
      finding: {
        result: 'failed',
        tried: text('查看是否填写了 AgentId', 'Looked whether there is an AgentId'),
        means: text('没有 AgentId：登录不受影响，但发不了工作通知，也用不了需要鉴权的手机功能。', 'Without an AgentId logins work, but neither work notifications nor phone features that need authentication do.'),
        fix: text('从凭证页复制 AgentId（一串数字，旧称“内部应用 ID”）并保存。', 'Copy the AgentId (a number) from the credentials page and save it.'),
        where,
      },
    }
  }
  if ((await ask('tokenOld')).value === undefined)
    return { finding: dependsOn('tokenOld') }
  const tried = text(`以 AgentId ${credentials.agentId} 查询一条不存在的工作通知 (status_bar/update)`, `Asked about a work notification that does not exist, as AgentId ${credentials.agentId} (status_bar/update)`)
  const probe = await attempt(tried, () => dingtalk.messages.probeAgent({ signal }), () => ({ result: 'ok', means: text('', '') }))
  if (probe.error)
    return probe
  const known = stored ? sightings.get('notification') : undefined
  const sent = text('查看最近一次测试通知', 'Looked at the last test notification')
  const since = failedSince(known)
  if (since && since.failed.agentId === credentials.agentId)
    return { finding: { ...refusedThen(sent, since.failed, since.at), action: 'notification' } }
  if (known?.okAt && known.ok.agentId === credentials.agentId)
    return { finding: { result: 'seen', tried: sent, means: text('工作通知送达过，AgentId 属于这个应用。', 'A work notification arrived, so the AgentId belongs to this app.'), seenAt: known.okAt, action: 'notification' } }
  const app = await ownApp(patient)
  if (app.kind === 'absent') {
    return {
      finding: {
        result: 'failed',
        tried: text('在企业的应用列表里查找这个 AgentId (microApp/allInnerApps)', 'Looked for this AgentId among the company\'s apps (microApp/allInnerApps)'),
        answered: text(`列表里没有 AgentId ${credentials.agentId}`, `The list has no AgentId ${credentials.agentId}`),
        means: text('这个 AgentId 不是本企业任何一个应用的：工作通知和需要鉴权的手机功能会失败。', 'This AgentId is none of the company\'s apps\': work notifications and phone features that need authentication will fail.'),
        fix: text('从这个应用的凭证页重新复制 AgentId（一串数字，旧称“内部应用 ID”）并保存。', 'Copy the AgentId (a number) once more from this app\'s credentials page and save it.'),
        where,
      },
    }
  }
  return {
    finding: {
      result: 'manual',
      tried,
      answered: app.kind === 'found'
        ? text(`没有拒绝；企业的应用列表里 AgentId ${credentials.agentId} 是“${app.app.name ?? ''}”`, `Not refused; in the company\'s list of apps AgentId ${credentials.agentId} is "${app.app.name ?? ''}"`)
        : text('没有拒绝这个 AgentId', 'This AgentId was not refused'),
      means: text('只有一条真正送达的通知能证明它属于这个应用。', 'Only a notification that arrives proves that it belongs to this app.'),
      where,
      about: [credentials.agentId],
      manual: text('给一位管理员发一条测试通知，钉钉会告诉我们是否送达。', 'Send a test notification to an administrator; DingTalk tells whether it arrived.'),
      ...(stored && { action: 'notification' as const }),
      ...(!notifications && { fix: text('工作通知的开关目前是关闭的：测试不受影响，但业务提醒不会发送。', 'The switch for work notifications is off: the test works, but no reminders are sent.') }),
    },
  }
}

/** What it means that calls are used up, by whose they are. */
const spent = {
  company: text('钉钉说全企业本月的调用次数已用完：工作通知暂停，登录和通讯录不受影响。', 'DingTalk says that the company\'s calls of this month are used up: work notifications pause; logins and contacts go on.'),
  saving: text('本月分给本应用的额度已用完：普通消息合并成摘要，重要消息照常发送。', 'This month\'s budget of ours is used up: ordinary messages become digests, important ones still go out.'),
  ours: text('本月分给本应用的额度已用完：节省模式没有开启，消息照常发送，占用其他应用的次数。', 'This month\'s budget of ours is used up: saving mode is off, so messages go on at the expense of the company\'s other apps.'),
}

const budget: Check = async ({ meter }) => {
  const tried = text('统计本月已用的钉钉接口调用', 'Counted this month\'s calls to DingTalk')
  const { month, used, budget: allotted, forecast, level, exhaustedAt, saving } = await meter()
  const fix = text('减少通知、改用摘要，或升级钉钉版本后在通知投递设置里调高额度。', 'Send fewer notifications or digests, or upgrade DingTalk\'s edition and raise the budget in the delivery settings.')
  const where = places.here
  if (level === 'spent') {
    return {
      finding: {
        result: 'failed',
        tried,
        answered: text(`已用 ${used} 次`, `${used} calls`),
        means: exhaustedAt !== null ? spent.company : saving ? spent.saving : spent.ours,
        fix,
        where,
      },
    }
  }
  if (allotted === null) {
    return {
      finding: {
        result: 'manual',
        tried,
        answered: text(`已用 ${used} 次，没有填写额度`, `${used} calls; no budget is entered`),
        means: text('不知道公司的钉钉版本每月允许多少次（标准版 5000 次），用完之前无法提醒你。', 'How many calls the company\'s edition allows a month (5000 in the standard edition) is not known here, so nobody can be warned before they are used up.'),
        fix: text('在通知投递设置里填写每月额度。', 'Enter the monthly budget in the delivery settings.'),
        where,
        // What was confirmed of one month says nothing of the next.
        about: [month, 'no budget'],
        manual: text('在开发者后台首页看一下本月的调用量和额度，确认够用。', 'Look at this month\'s calls and quota on the developer console\'s home page and make sure that they suffice.'),
      },
    }
  }
  const answered = text(`${used} / ${allotted} 次，按现在的速度到月底约 ${forecast} 次`, `${used} of ${allotted} calls; about ${forecast} by the end of the month`)
  if (level === 'critical' || level === 'warning') {
    return {
      finding: {
        result: level === 'critical' ? 'failed' : 'manual',
        tried,
        answered,
        means: text('照这样到月底可能不够：额度用完后普通消息按节省模式的设置处理，全企业的次数也用完时工作通知停发；登录和通讯录不受影响。', 'It may not last until the end of the month: then ordinary messages follow the saving mode that is set, and once the whole company\'s calls are used up work notifications stop; logins and contacts go on.'),
        fix,
        where,
        ...(level === 'warning' && { about: [month, level, allotted], manual: text('确认这个用量在预料之中。', 'Confirm that so many calls were expected.') }),
      },
    }
  }
  return { finding: { result: 'ok', tried, answered, means: text('额度充足。', 'There is enough left.') } }
}

/** Work notifications: whose they are, and what they cost. */
export const messageChecks = { agentId, budget }
