import type { AppCaller } from '../calls/app-caller.ts'
import type { CallOptions, DingTalkCredentials } from '../options.ts'
import type { SendProgress, SendResult, WorkNotification } from './types.ts'
import { z } from 'zod'
import { DingTalkError, notConfigured } from '../errors/dingtalk-error.ts'
import { list, number, optionalNumber, optionalText } from '../shapes.ts'
import { checkNotification } from './check.ts'

/** Work notifications (dingtalk-server-api §5). Everything here counts against the monthly quota. Priority `background`. */
export interface Messages {
  /**
   * Hands one message to DingTalk, which delivers it later; "accepted" does not mean "delivered" (§5.1), only
   * sendResult() tells. Never sent twice: an error with `outcome: 'unknown'` may have been a success.
   * Throws `bad_message`, `bad_receivers`, `agent_id_missing` before anything is sent.
   */
  sendWorkNotification: (notification: WorkNotification, options?: CallOptions) => Promise<{ taskId: number }>
  /** Within 24 hours of sending. */
  sendProgress: (taskId: number, options?: CallOptions) => Promise<SendProgress>
  /** Within 24 hours, and only for tasks with at most 100 receivers. */
  sendResult: (taskId: number, options?: CallOptions) => Promise<SendResult>
  /**
   * Asks about a task that does not exist, naming our AgentId: of the tracking calls only the status bar's tells a
   * wrong agent (40056) from a wrong task (40035, §5.3). Nothing is sent. Throws what says that the AgentId is wrong.
   */
  probeAgent: (options?: CallOptions) => Promise<void>
  /** Within 24 hours. */
  recall: (taskId: number, options?: CallOptions) => Promise<void>
  /** Of an oa message with at most five receivers, within seven days. `background` is `0x` and eight hex digits, ARGB. */
  updateStatusBar: (taskId: number, bar: { value: string, background: string }, options?: CallOptions) => Promise<void>
}

export interface MessageParts {
  call: AppCaller
  credentials: () => Promise<DingTalkCredentials | undefined>
}

const base = '/topapi/message/corpconversation'
const accepted = z.object({ task_id: number })
const progress = z.object({ progress: z.object({ progress_in_percent: number, status: number }) })
const ids = list(z.union([z.string(), z.number()]).transform(String))
const sent = z.object({
  send_result: z.object({
    invalid_user_id_list: ids,
    invalid_dept_id_list: ids,
    forbidden_user_id_list: ids,
    failed_user_id_list: ids,
    read_user_id_list: ids,
    unread_user_id_list: ids,
    forbidden_list: list(z.object({ code: optionalText, userid: optionalText, count: optionalNumber })),
  }),
})
const statuses = ['waiting', 'running', 'done'] as const

export function createMessages({ call, credentials }: MessageParts): Messages {
  async function post<Schema extends z.ZodType>(
    name: string,
    body: object,
    schema: Schema,
    policy: 'read' | 'once',
    options: CallOptions = {},
  ): Promise<z.output<Schema>> {
    const api = `${base}/${name}`
    const app = await credentials()
    if (!app?.agentId)
      throw notConfigured(api, app ? 'agent_id_missing' : 'not_configured')
    return call({
      family: 'oapi',
      method: 'POST',
      api,
      body: { agent_id: Number(app.agentId), ...body },
      policy,
      priority: options.priority ?? 'background',
      signal: options.signal,
      schema,
    })
  }

  return {
    sendWorkNotification: async (notification, options) => {
      checkNotification(`${base}/asyncsend_v2`, notification)
      const { userids, deptIds, toAll, message } = notification
      const body = {
        ...(userids?.length ? { userid_list: userids.join(',') } : {}),
        ...(deptIds?.length ? { dept_id_list: deptIds.join(',') } : {}),
        to_all_user: toAll ?? false,
        msg: message,
      }
      return { taskId: (await post('asyncsend_v2', body, accepted, 'once', options)).task_id }
    },
    sendProgress: async (taskId, options) => {
      const got = (await post('getsendprogress', { task_id: taskId }, progress, 'read', options)).progress
      return { percent: got.progress_in_percent, status: statuses[got.status] ?? 'running' }
    },
    sendResult: async (taskId, options) => {
      const got = (await post('getsendresult', { task_id: taskId }, sent, 'read', options)).send_result
      return {
        invalidUserids: got.invalid_user_id_list,
        invalidDeptIds: got.invalid_dept_id_list,
        forbiddenUserids: got.forbidden_user_id_list,
        failedUserids: got.failed_user_id_list,
        readUserids: got.read_user_id_list,
        unreadUserids: got.unread_user_id_list,
        forbidden: got.forbidden_list.flatMap(entry =>
          entry.code && entry.userid ? [{ code: entry.code, userid: entry.userid, count: entry.count }] : [],
        ),
      }
    },
    probeAgent: async (options) => {
      await post('status_bar/update', { task_id: 1, status_value: '-' }, z.unknown(), 'once', { priority: 'interactive', ...options }).catch((error: unknown) => {
        if (!(error instanceof DingTalkError) || error.reason !== '40035')
          throw error
      })
    },
    // recalling twice has the same effect as once
    recall: async (taskId, options) => {
      await post('recall', { msg_task_id: taskId }, z.unknown(), 'read', options)
    },
    updateStatusBar: async (taskId, { value, background }, options) => {
      await post('status_bar/update', { task_id: taskId, status_value: value, status_bg: background }, z.unknown(), 'read', options)
    },
  }
}
