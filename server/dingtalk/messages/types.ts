/**
 * One work notification (dingtalk-server-api §5.2), in DingTalk's own wire form. Links: `oa` distinguishes phone
 * (`message_url`) and PC (`pc_message_url`).
 */
export type WorkMessage
  = | { msgtype: 'text', text: { content: string } }
    | { msgtype: 'markdown', markdown: { title: string, text: string } }
    | { msgtype: 'link', link: { messageUrl: string, picUrl: string, title: string, text: string } }
    | { msgtype: 'action_card', action_card: ActionCard }
    | { msgtype: 'oa', oa: OaMessage }

export type ActionCard
  = | { title?: string, markdown: string, single_title: string, single_url: string }
    | { title?: string, markdown: string, btn_orientation: '0' | '1', btn_json_list: { title: string, action_url: string }[] }

export interface OaMessage {
  message_url: string
  pc_message_url?: string
  /** `bgcolor` is eight hex digits ARGB; `text` is replaced by the app's name. */
  head: { bgcolor: string, text: string }
  status_bar?: { status_value: string, status_bg: string }
  body: {
    title?: string
    form?: { key: string, value: string }[]
    rich?: { num: string, unit: string }
    content?: string
    image?: string
    file_count?: string
    author?: string
  }
}

/** Who receives it; at least one of the three. */
export interface WorkNotification {
  /** At most 100. */
  userids?: string[]
  /** At most 20, sub-departments included. */
  deptIds?: number[]
  toAll?: boolean
  message: WorkMessage
}

export interface SendProgress {
  percent: number
  status: 'waiting' | 'running' | 'done'
}

/** Who did not get it, and why (§5.3). */
export interface SendResult {
  invalidUserids: string[]
  invalidDeptIds: string[]
  /** Dropped by flow control; `forbidden` gives the reasons. */
  forbiddenUserids: string[]
  failedUserids: string[]
  readUserids: string[]
  unreadUserids: string[]
  /** `code` 143103-143106 and 1430000-1430004, see the error catalogue. */
  forbidden: { code: string, userid: string, count?: number }[]
}
