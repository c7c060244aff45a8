import type { CallOptions, Contacts } from '../../dingtalk/index.ts'
import type { ProgressMeter } from './progress.ts'

/** The part of DingTalk's contacts that a sync reads. */
export type ContactSource = Pick<Contacts, 'authScopes' | 'listSubDepartments' | 'getDepartment' | 'listUsers' | 'getUser' | 'countUsers'>

/** The same source, counting its calls. */
export function counted(source: ContactSource, progress: ProgressMeter): ContactSource {
  const count
    = <Arguments extends unknown[], Answer>(call: (...given: Arguments) => Answer) =>
      (...given: Arguments): Answer => {
        progress.call()
        return call(...given)
      }
  return {
    authScopes: count(source.authScopes),
    listSubDepartments: count(source.listSubDepartments),
    getDepartment: count(source.getDepartment),
    listUsers: count(source.listUsers),
    getUser: count(source.getUser),
    // The number belongs to the crawl and must not overtake logins (its own default is a higher priority).
    countUsers: count((onlyActive: boolean, options: CallOptions = {}) => source.countUsers(onlyActive, { priority: 'sync', ...options })),
  }
}
