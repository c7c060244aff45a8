import type { SandboxDepartment, SandboxMember } from '../../dingtalk/types.ts'
import { createHash } from 'node:crypto'

export interface Role {
  id: string
  name: string
  dataScope: 'ALL' | 'DEPT_CUSTOM' | 'DEPT_AND_CHILD' | 'SELF'
  permissions: string[]
}

export interface CordysDepartment {
  id: string
  name: string
  parentId: string
}

export interface CordysUser {
  id: string
  name: string
  email: string
  phone: string
  /** Unsalted, as stored by Cordys. */
  passwordMd5: string
  enable: boolean
  departmentId: string
  roleIds: string[]
  /** DingTalk's userid; no endpoint shows or takes it. */
  resourceUserId: string | null
}

export const organizationId = '100001'
export const md5 = (text: string) => createHash('md5').update(text).digest('hex')

const salesDepartments = new Set(['销售中心', '华东销售部', '上海销售一组', '华南销售部'])
const managers = new Set(['lisi', 'wangwu', 'zhouba'])
const administrators = new Set(['zhangsan'])

/** The built-in administrator: a user without a department and without roles. */
const admin: CordysUser = {
  id: 'admin',
  name: 'Administrator',
  email: 'admin@cordys-crm.io',
  phone: '4000520755',
  passwordMd5: md5('CordysCRM'),
  enable: true,
  departmentId: '',
  roleIds: [],
  resourceUserId: null,
}

/** As Cordys's own sync would have made it of the same DingTalk company, its passwords reset by hand (last six digits of the phone). */
export function buildCompany(given: { departments: SandboxDepartment[], members: SandboxMember[] }, newId: () => string) {
  const departments = new Map<string, CordysDepartment>()
  const idOf = new Map<number, string>(given.departments.map(department => [department.deptId, newId()]))
  for (const { deptId, name, parentId } of given.departments)
    departments.set(idOf.get(deptId)!, { id: idOf.get(deptId)!, name, parentId: parentId === undefined ? 'NONE' : idOf.get(parentId)! })

  const nameOf = new Map(given.departments.map(department => [department.deptId, department.name]))
  const users = new Map<string, CordysUser>([['admin', admin]])
  for (const member of given.members) {
    // Cordys keeps a person under the first department only, and a phone of at most 11 characters (cordys-api §3.5).
    const home = member.deptIds[0]
    const phone = member.mobile ?? ''
    if (member.external || home === undefined || phone.length > 11)
      continue
    const id = newId()
    users.set(id, {
      id,
      name: member.name,
      email: member.email ?? `${member.userid}@xinghe.example.com`,
      phone,
      passwordMd5: md5(phone.slice(-6) || member.userid),
      enable: true,
      departmentId: idOf.get(home)!,
      roleIds: rolesFor(member, member.deptIds.map(deptId => nameOf.get(deptId) ?? '')),
      resourceUserId: member.userid,
    })
  }
  return { departments, users }
}

function rolesFor(member: SandboxMember, departments: string[]): string[] {
  if (administrators.has(member.userid))
    return ['org_admin']
  if (managers.has(member.userid))
    return ['sales_manager']
  // Somebody without a role can log in and do nothing (cordys-api, rule 15).
  return departments.some(name => salesDepartments.has(name)) ? ['sales_staff'] : []
}
