import { z } from 'zod'

/** The SessionUser of cordys-api §2.1, as far as it is used. */
export const sessionUser = z.looseObject({
  id: z.string(),
  name: z.string().nullish().transform(name => name ?? ''),
  lastOrganizationId: z.string().nullish(),
  organizationIds: z.array(z.string()).nullish(),
  departmentId: z.string().nullish(),
  permissionIds: z.array(z.string()).nullish().transform(ids => ids ?? []),
  csrfToken: z.string().min(1),
  sessionId: z.string().nullish(),
})
export type SessionUser = z.output<typeof sessionUser>

/** Who a connected person is at Cordys, and what they may do there. */
export const profile = z.object({ id: z.string(), name: z.string(), departmentId: z.string().nullish(), permissions: z.array(z.string()) })
export type Profile = z.output<typeof profile>

export function profileOf({ id, name, departmentId, permissionIds }: SessionUser): Profile {
  return { id, name, departmentId, permissions: permissionIds }
}

/** `admin`, the user with literally this id, passes every check and its list of permissions may be incomplete (cordys-api §7.2). */
export function may({ id, permissions }: Profile, ...anyOf: string[]): boolean {
  return id === 'admin' || anyOf.some(permission => permissions.includes(permission))
}
