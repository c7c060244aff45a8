import type { DoctorCheck } from '#contract/settings.ts'
import type { DingTalk, DingTalkCredentials } from '../../dingtalk/index.ts'
import type { Locale } from '../../http/locale.ts'
import type { Report } from './report.ts'
import { createReport } from './report.ts'

interface Circumstances {
  locale: Locale
  /** Where users reach this server. */
  publicUrl: string
  signal: AbortSignal
}

/** People looked at to tell whether a field permission is there. */
const sampleSize = 20

/**
 * Tries the connection step by step with the given credentials and says of each step what was tried and
 * what came back. Nothing is "ok" by assumption; what cannot be tried from here is "unknown".
 * `connect` makes a client for the credentials, apart from the one in use.
 */
export function createDoctor({ connect }: { connect: (credentials: DingTalkCredentials) => DingTalk }) {
  return {
    async examine(credentials: DingTalkCredentials, { locale, publicUrl, signal }: Circumstances): Promise<DoctorCheck[]> {
      const dingtalk = connect(credentials)
      const report = createReport(locale)
      try {
        const connected = await report.attempt('credentials', async () => {
          await dingtalk.token.get(signal)
          return { detail: ['tokenReceived'] }
        })
        report.say('corp', 'unknown', { detail: ['corpLater'], fix: ['corpFix'], where: ['corpWhere'] })
        if (connected) {
          await examineContacts(dingtalk, report, signal)
        }
        else {
          report.skip(['scope', 'departments', 'members', 'memberDetail', 'admins', 'mobile', 'jsapiTicket'], 'credentials')
        }
        report.say('agentId', credentials.agentId ? 'unknown' : 'failed', {
          detail: [credentials.agentId ? 'agentLater' : 'agentMissing'],
          fix: ['agentFix'],
          where: ['agentWhere'],
        })
        report.say('browserLogin', 'unknown', { detail: ['browserLater', `${publicUrl}/api/session/oauth/callback`], where: ['browserWhere'] })
        if (publicUrl.startsWith('https:')) {
          report.say('publicUrl', 'ok', { detail: ['urlHttps', publicUrl] })
        }
        else {
          report.say('publicUrl', 'failed', { detail: ['urlPlain', publicUrl], fix: ['urlFix'] })
        }
        return report.checks()
      }
      finally {
        await dingtalk.close()
      }
    },
  }
}

export type Doctor = ReturnType<typeof createDoctor>

async function examineContacts({ contacts, tickets }: DingTalk, report: Report, signal: AbortSignal): Promise<void> {
  const call = { signal, priority: 'interactive' } as const
  const scope = await report.attempt('scope', async () => {
    const found = await contacts.authScopes(call)
    if (found.deptIds.length + found.userids.length === 0) {
      return { result: 'failed', detail: ['scopeEmpty'], fix: ['scopeFix'], where: ['scopeWhere'] }
    }
    const detail = found.deptIds.includes(1) ? (['scopeWhole'] as const) : (['scopePart', found.deptIds.length, found.userids.length] as const)
    return { detail, value: found }
  })
  const root = scope?.deptIds.includes(1) ? 1 : (scope?.deptIds[0] ?? 1)

  const children = await report.attempt('departments', async () => {
    const found = await contacts.listSubDepartments(root, call)
    return { detail: ['departmentsRead', found.length], value: found }
  })
  const members = await report.attempt('members', async () => {
    // The root seldom has direct members, so some of its departments are looked at as well.
    const found = (
      await Promise.all(
        [root, ...(children ?? []).slice(0, 4).map(child => child.deptId)].map(deptId => contacts.listUsers(deptId, 0, sampleSize, call)),
      )
    ).flatMap(page => page.members)
    return { detail: found.length > 0 ? ['membersRead', found.length] : ['membersNone'], value: found }
  })
  const [someone] = members ?? []
  if (someone) {
    await report.attempt('memberDetail', async () => {
      await contacts.getUser(someone.userid, call)
      return { detail: ['detailRead', someone.name] }
    })
    const withMobile = members!.filter(member => member.mobile).length
    if (withMobile > 0) {
      report.say('mobile', 'ok', { detail: ['mobileSeen', withMobile, members!.length] })
    }
    else {
      report.say('mobile', 'unknown', { detail: ['mobileNotSeen', members!.length], fix: ['mobileFix'], where: ['permissionWhere'] })
    }
  }
  else {
    report.skip(['memberDetail', 'mobile'], 'members')
  }
  await report.attempt('admins', async () => ({ detail: ['adminsRead', (await contacts.listAdmins(call)).length] }))
  await report.attempt('jsapiTicket', async () => {
    await tickets.jsapiTicket(signal)
    return { detail: ['ticketReceived'] }
  })
}
