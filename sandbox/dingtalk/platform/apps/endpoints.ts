import type { Endpoint } from '../gateway/endpoint.ts'
import { z } from 'zod'
import { httpError } from '../gateway/answer.ts'
import { endpoint } from '../gateway/endpoint.ts'

const BASE = { family: 'new', method: 'GET', auth: 'app' } as const

/** The app's own entries in the console (dingtalk-server-api §8.4). */
export const appEndpoints: Endpoint[] = [
  endpoint({
    ...BASE,
    path: '/v1.0/microApp/allInnerApps',
    permission: 'qyapi_get_microapp_list',
    input: z.unknown(),
    handle: (_input, { world: { app, settings } }) => ({
      appList: [
        {
          agentId: app.agentId,
          name: app.name,
          homepageLink: app.mobileHomepage,
          pcHomepageLink: app.pcHomepage,
          appStatus: settings.appEnabled ? 1 : 0,
        },
      ],
    }),
  }),
  endpoint({
    ...BASE,
    path: '/v1.0/microApp/apps/:agentId/scopes',
    permission: 'qyapi_microapp_manage',
    input: z.unknown(),
    handle(_input, { world: { app, settings }, params }) {
      // What an unknown app is answered with is not documented.
      if (params.agentId !== String(app.agentId))
        throw httpError(400, 'invalidParameter', 'agentId不存在')
      const { visibleRange } = settings
      const named = typeof visibleRange === 'object' ? visibleRange : { deptIds: visibleRange === 'all' ? [1] : [], userids: [] }
      return { result: { userIds: named.userids, deptIds: named.deptIds, roleIds: [], onlyAdminVisible: visibleRange === 'admins' } }
    },
  }),
]
