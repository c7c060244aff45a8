import type { Endpoint } from '../gateway/endpoint.ts'
import type { World } from '../world/world.ts'
import type { Task } from './store.ts'
import { z } from 'zod'
import { ApiError, businessError } from '../gateway/answer.ts'
import { endpoint } from '../gateway/endpoint.ts'
import { numeric, text } from '../gateway/input.ts'
import { oldRequestId } from '../world/ids.ts'

const DAY = 86_400_000
const RESULT_RECEIVERS = 100
const STATUS_BAR_RECEIVERS = 5
const BASE = { family: 'old', method: 'POST', auth: 'app', permission: 'qyapi_base', metered: true } as const
const PATH = '/topapi/message/corpconversation'

/** The task of this app, at most `maxAgeMs` old; otherwise the given refusal. */
function taskOf(world: World, agentId: number, taskId: number, maxAgeMs: number, refusal: { agent: ApiError, task: ApiError }): Task {
  if (agentId !== world.app.agentId)
    throw refusal.agent
  const task = world.messages.task(taskId)
  if (task === undefined || world.clock.now() - task.sentAt > maxAgeMs)
    throw refusal.task
  return task
}

function badParameter(): ApiError {
  return businessError(40035, '不合法的参数')
}

function remoteTimeout(): ApiError {
  return new ApiError({
    status: 200,
    body: {
      errcode: 15,
      sub_code: 'isp.top-remote-connection-timeout',
      sub_msg: '远程服务调用超时',
      errmsg: 'Remote service error[subcode=isp.top-remote-connection-timeout,submsg=远程服务调用超时]',
      request_id: oldRequestId(),
    },
    outcome: '15',
  })
}

function resultOf(task: Task | undefined): object {
  const delivered = task?.delivered ?? []
  const dropped = task?.dropped ?? []
  return {
    invalid_user_id_list: task?.invalidUserids ?? [],
    forbidden_user_id_list: dropped.map(drop => drop.userid),
    failed_user_id_list: [],
    read_user_id_list: delivered.filter(({ message }) => message.read).map(({ userid }) => userid),
    unread_user_id_list: delivered.filter(({ message }) => !message.read).map(({ userid }) => userid),
    invalid_dept_id_list: task?.invalidDeptIds ?? [],
    forbidden_list: dropped.map(({ code, count, userid }) => ({ code, count, userid })),
  }
}

/** Progress, result, recall and status bar of sent tasks (dingtalk-server-api §5.3). */
export const trackEndpoints: Endpoint[] = [
  endpoint({
    ...BASE,
    path: `${PATH}/getsendprogress`,
    input: z.object({ agent_id: numeric, task_id: numeric }),
    invalid: badParameter,
    handle(input, { world }) {
      const task = taskOf(world, input.agent_id, input.task_id, DAY, { agent: badParameter(), task: badParameter() })
      return { progress: task.done ? { progress_in_percent: 100, status: 2 } : { progress_in_percent: 0, status: 1 } }
    },
  }),
  endpoint({
    ...BASE,
    path: `${PATH}/getsendresult`,
    input: z.object({ agent_id: numeric, task_id: numeric }),
    invalid: badParameter,
    handle(input, { world }) {
      const task = taskOf(world, input.agent_id, input.task_id, Number.POSITIVE_INFINITY, { agent: badParameter(), task: badParameter() })
      if (task.receivers > RESULT_RECEIVERS)
        throw remoteTimeout()
      // After 24 h the answer is still a success, but knows nothing (checklist row 21).
      return { send_result: resultOf(world.clock.now() - task.sentAt > DAY ? undefined : task) }
    },
  }),
  endpoint({
    ...BASE,
    path: `${PATH}/recall`,
    input: z.object({ agent_id: numeric, msg_task_id: numeric }),
    handle(input, { world }) {
      const refused = businessError(400002, '参数错误')
      world.messages.recall(taskOf(world, input.agent_id, input.msg_task_id, DAY, { agent: refused, task: refused }))
      return {}
    },
  }),
  endpoint({
    ...BASE,
    path: `${PATH}/status_bar/update`,
    input: z.object({ agent_id: numeric, task_id: numeric, status_value: text, status_bg: text.optional() }),
    invalid: badParameter,
    handle({ agent_id, task_id, ...bar }, { world }) {
      const task = taskOf(world, agent_id, task_id, 7 * DAY, { agent: businessError(40056, '不合法的agentid'), task: badParameter() })
      if (task.msg.msgtype !== 'oa')
        throw badParameter()
      if (!task.byUserids || task.receivers > STATUS_BAR_RECEIVERS || !task.done)
        throw businessError(41052, '接收人过多或消息未发送完成')
      Object.assign(task.msg.oa as object, { status_bar: bar })
      world.messages.changed(task)
      return {}
    },
  }),
]
