import type { AppCaller } from '../calls/app-caller.ts'
import type { CallOptions } from '../options.ts'
import { z } from 'zod'
import { list, number, optionalFlag, optionalNumber, optionalText, userid } from '../shapes.ts'

/** An app of the company as its console knows it (dingtalk-server-api §8.4). */
export interface InnerApp {
  agentId: string
  name?: string
  homepage?: string
  pcHomepage?: string
  /** undefined = DingTalk did not say. */
  enabled?: boolean
}

/** Who may open an app (§8.3). */
export interface VisibleRange {
  userids: string[]
  deptIds: number[]
  roleIds: number[]
  onlyAdmins: boolean
}

/** The app's own entries in the console, for the doctor. Needs the optional permissions of §8.4; throws DingTalkError. */
export interface Apps {
  /** All apps the company has made itself. Needs `qyapi_get_microapp_list`. */
  list: (options?: CallOptions) => Promise<InnerApp[]>
  /** Needs `qyapi_microapp_manage`. */
  visibleRange: (agentId: string, options?: CallOptions) => Promise<VisibleRange>
}

const apps = z.object({
  appList: list(
    z.object({ agentId: number, name: optionalText, homepageLink: optionalText, pcHomepageLink: optionalText, appStatus: optionalNumber }),
  ),
})
const range = z.object({
  result: z.object({ userIds: list(userid), deptIds: list(number), roleIds: list(number), onlyAdminVisible: optionalFlag }),
})

export function createApps(call: AppCaller): Apps {
  const read = <Schema extends z.ZodType>(api: string, schema: Schema, options: CallOptions = {}) =>
    call({ family: 'api', method: 'GET', api, policy: 'read', priority: options.priority ?? 'interactive', signal: options.signal, schema })

  return {
    list: async (options) => {
      const { appList } = await read('/v1.0/microApp/allInnerApps', apps, options)
      return appList.map(app => ({
        agentId: String(app.agentId),
        name: app.name,
        homepage: app.homepageLink,
        pcHomepage: app.pcHomepageLink,
        enabled: app.appStatus === undefined ? undefined : app.appStatus === 1,
      }))
    },
    visibleRange: async (agentId, options) => {
      const { result } = await read(`/v1.0/microApp/apps/${encodeURIComponent(agentId)}/scopes`, range, options)
      return { userids: result.userIds, deptIds: result.deptIds, roleIds: result.roleIds, onlyAdmins: result.onlyAdminVisible ?? false }
    },
  }
}
