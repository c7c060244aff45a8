import type { Endpoint } from '../gateway/endpoint.ts'
import type { World } from '../world/world.ts'
import type { Addressees } from './receivers.ts'
import type { Task } from './store.ts'
import { z } from 'zod'
import { businessError } from '../gateway/answer.ts'
import { endpoint } from '../gateway/endpoint.ts'
import { flag, numeric } from '../gateway/input.ts'
import { fingerprint } from './limits.ts'
import { readMessage } from './message.ts'
import { resolveReceivers } from './receivers.ts'

const MAX_USERIDS = 100
const MAX_DEPARTMENTS = 20
const STATUS_BAR_RECEIVERS = 5

const list = z
  .union([z.string(), z.number()])
  .optional()
  .transform(value =>
    String(value ?? '')
      .split(',')
      .map(item => item.trim())
      .filter(item => item !== ''),
  )

const sendInput = z.object({ agent_id: numeric, userid_list: list, dept_id_list: list, to_all_user: flag.default(false), msg: z.unknown() })

function addressees(input: z.output<typeof sendInput>): Addressees {
  const { userid_list: userids, dept_id_list: departments, to_all_user: everyone } = input
  // Only the counts are documented, not their error codes: 400002 is this sandbox's choice (checklist row 19).
  if (userids.length + departments.length === 0 && !everyone)
    throw businessError(400002, '参数错误，userid_list、dept_id_list、to_all_user不能同时为空')
  if (userids.length > MAX_USERIDS || departments.length > MAX_DEPARTMENTS)
    throw businessError(400002, '参数错误，接收人数量超过上限')
  return { userids, deptIds: departments.map(Number), everyone }
}

/** The status bar shows only for up to five people named one by one; otherwise it is left out (§5.2). */
function withoutUselessStatusBar(msg: Record<string, unknown>, useful: boolean): Record<string, unknown> {
  if (useful || msg.msgtype !== 'oa')
    return msg
  const { status_bar: _left, ...oa } = msg.oa as Record<string, unknown>
  return { ...msg, oa }
}

function deliver(world: World, task: Task, userids: string[], print: string): void {
  for (const userid of userids) {
    const drop = world.deliveryLimits.check(userid, print, task.sentAt)
    if (drop === undefined)
      world.messages.deliver(task, userid)
    else task.dropped.push({ userid, ...drop })
  }
  task.done = true
}

/** asyncsend_v2 (dingtalk-server-api §5.1): too much is refused here, too often is dropped in silence. */
export const send: Endpoint = endpoint({
  family: 'old',
  method: 'POST',
  path: '/topapi/message/corpconversation/asyncsend_v2',
  auth: 'app',
  permission: 'qyapi_base',
  metered: true,
  input: sendInput,
  invalid: issue => (issue.path[0] === 'agent_id' ? businessError(41011, '缺少agentid') : businessError(400002, '参数错误')),
  handle(input, { world }) {
    if (input.agent_id !== world.app.agentId)
      throw businessError(40056, '不合法的agentid')
    const to = addressees(input)
    const msg = readMessage(input.msg)
    const now = world.clock.now()
    if (to.everyone && !world.deliveryLimits.toEveryone(now))
      throw businessError(41045, '发送给所有人的消息超过每日上限')
    const { userids, ...invalid } = resolveReceivers(world, to)
    const byUserids = to.deptIds.length === 0 && !to.everyone
    const task = world.messages.open({
      sentAt: now,
      msg: withoutUselessStatusBar(msg, byUserids && to.userids.length <= STATUS_BAR_RECEIVERS),
      receivers: userids.length,
      byUserids,
      ...invalid,
    })
    const finish = (): void => deliver(world, task, userids, fingerprint(msg))
    if (world.settings.deliveryMs > 0)
      setTimeout(finish, world.settings.deliveryMs).unref()
    else finish()
    return { task_id: task.taskId }
  },
})
