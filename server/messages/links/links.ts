import type { MessageRules } from '#contract/messages/rules.ts'
import { createHash } from 'node:crypto'

export interface LinkSettings {
  /** Where people reach this server, without a trailing slash; may carry a path. */
  base: string
  corpId: string | null
  agentId: string | null
  pcOpens: MessageRules['pcOpens']
}

/** The same page for each place it can be opened from. */
export interface MessageLinks {
  /** Full screen on the phone: an ordinary address of ours. */
  phone: string
  /** For `pc_message_url`: the workbench, the side panel or the browser. */
  pc: string
  /** For messages with one address for both: an AppLink, which falls back to the browser outside of DingTalk. */
  app: string
}

/** DingTalk takes no longer ones (dingtalk-server-api §5.2). */
const longest = 500

const appTargets = { workbench: 'workbench', panel: 'panel', browser: 'browser' } as const

/** A few characters that differ from one business event to the next. */
export function markOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 8)
}

/**
 * The addresses of `/n/<id>` (dingtalk-server-api §5.4). A mark changes where it leads not at all, but makes two messages
 * of the same words different contents, which DingTalk would otherwise drop (§5.1).
 */
export function linksTo(link: string, { base, corpId, agentId, pcOpens }: LinkSettings, mark?: string): MessageLinks {
  const phone = `${base}/n/${link}${mark ? `?m=${mark}` : ''}`
  const url = encodeURIComponent(phone)
  const slide = `dingtalk://dingtalkclient/page/link?url=${url}&pc_slide=${pcOpens !== 'browser'}`
  const workbench
    = corpId && agentId
      ? `dingtalk://dingtalkclient/action/openapp?corpid=${encodeURIComponent(corpId)}&container_type=work_platform&app_id=0_${encodeURIComponent(agentId)}&redirect_type=jump&redirect_url=${url}`
      : slide
  const pc = pcOpens === 'workbench' ? workbench : slide
  const app = `https://applink.dingtalk.com/page/link?url=${url}&target=fullScreen&targetDesktop=${appTargets[pcOpens]}`
  return { phone, pc: pc.length > longest ? phone : pc, app: app.length > longest ? phone : app }
}
