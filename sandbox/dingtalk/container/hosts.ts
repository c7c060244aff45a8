import type { DeviceKind } from './devices.ts'
import { createHash } from 'node:crypto'
import { deviceKinds, profiles } from './devices.ts'

/** The phone whose employee can be changed: `shared-phone.localhost`. */
export const sharedLabel = 'shared'

const plainLabel = /^(?!u-)[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/

/**
 * The hostname label of an employee. Browsers lower-case hostnames and labels end at 63 characters,
 * so userids that are not plain lower-case words are replaced by a digest.
 */
export function employeeLabel(userid: string): string {
  if (plainLabel.test(userid) && userid !== sharedLabel)
    return userid
  return `u-${createHash('sha256').update(userid).digest('hex').slice(0, 16)}`
}

/** Hostname (without port) of one employee's device, e.g. `zhangsan-mac.localhost`. */
export function hostOf(userid: string, kind: DeviceKind): string {
  return `${employeeLabel(userid)}-${profiles[kind].suffix}.localhost`
}

/** Splits `zhangsan-phone.localhost:3101` into the employee label and the device; undefined for other hosts. */
export function parseHost(hostHeader: string): { host: string, label: string, kind: DeviceKind } | undefined {
  const host = hostHeader.toLowerCase().replace(/:\d+$/, '')
  const match = /^(.+)-([a-z]+)\.localhost$/.exec(host)
  const kind = deviceKinds.find(candidate => profiles[candidate].suffix === match?.[2])
  return match?.[1] && kind ? { host, label: match[1], kind } : undefined
}
