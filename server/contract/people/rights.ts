import { z } from 'zod'

/** Whose records a role shows, each containing the one before. */
export const dataScopes = ['own', 'department', 'tree', 'all'] as const
export const dataScope = z.enum(dataScopes)
export type DataScope = z.infer<typeof dataScope>

/** What a role lets people do beyond reading and editing what they may see. */
export const abilities = ['import', 'export', 'delete', 'transfer', 'announce'] as const
export const ability = z.enum(abilities)
export type Ability = z.infer<typeof ability>

/** Roles that are assigned; being an administrator is a property of the account (`account.role`). */
export const assignableRoles = ['manager', 'sales'] as const
export const assignableRole = z.enum(assignableRoles)
export type AssignableRole = z.infer<typeof assignableRole>

/** All built-in roles, the most powerful first. */
export const roleKeys = ['admin', ...assignableRoles] as const
export const roleKey = z.enum(roleKeys)
export type RoleKey = z.infer<typeof roleKey>

export const roleRights = z.object({ scope: dataScope, abilities: z.array(ability).max(abilities.length) })
export type RoleRights = z.infer<typeof roleRights>
