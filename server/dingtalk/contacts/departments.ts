import type { CallOptions } from '../options.ts'
import type { Contacts } from './index.ts'
import type { ContactCaller } from './read.ts'
import { z } from 'zod'
import { DingTalkError } from '../errors/dingtalk-error.ts'
import { number, optionalFlag, optionalNumber, optionalText, result, userid } from '../shapes.ts'

/** A department as its parent lists it. */
export interface SubDepartment {
  deptId: number
  /** Empty when DingTalk did not tell, which is no reason to lose the rest of its answer. */
  name: string
  parentId: number
}

/** A department in full (dingtalk-server-api §4.3). */
export interface DepartmentDetail {
  deptId: number
  /** Empty when DingTalk did not tell. */
  name: string
  /** undefined for the root (id 1). */
  parentId?: number
  order?: number
  /** undefined when DingTalk did not tell. */
  managerUserids: string[] | undefined
  /** Including sub-departments. */
  memberCount?: number
  /** Direct members. */
  ownMemberCount?: number
  hidden: boolean
}

/** An answer without the list is none: "no sub-departments" is an empty one. */
const subDepartments = result(
  z.array(
    z
      .object({ dept_id: number, name: optionalText, parent_id: optionalNumber })
      .transform(raw => ({ deptId: raw.dept_id, name: raw.name ?? '', parentId: raw.parent_id })),
  ),
)

const detail = result(
  z
    .object({
      dept_id: number,
      name: optionalText,
      parent_id: optionalNumber,
      order: optionalNumber,
      code: optionalText,
      dept_manager_userid_list: z.array(userid).nullish(),
      member_count: optionalNumber,
      owning_member_count: optionalNumber,
      hide_dept: optionalFlag,
    })
    .transform((raw): DepartmentDetail => ({
      deptId: raw.dept_id,
      name: raw.name ?? '',
      parentId: raw.parent_id || undefined,
      order: raw.order,
      managerUserids: raw.dept_manager_userid_list ?? undefined,
      memberCount: raw.member_count,
      ownMemberCount: raw.owning_member_count,
      hidden: raw.hide_dept ?? false,
    })),
)

/** The department calls of dingtalk-server-api §4.3. */
export function departmentReads(read: ContactCaller): Pick<Contacts, 'listSubDepartments' | 'getDepartment'> {
  return {
    listSubDepartments: async (deptId, options) => {
      const answer = await read('/topapi/v2/department/listsub', { dept_id: deptId }, subDepartments, 'sync', options)
      return answer.result.map(entry => ({ ...entry, parentId: entry.parentId ?? deptId }))
    },
    getDepartment: async (deptId, options: CallOptions = {}) => {
      try {
        const answer = await read('/topapi/v2/department/get', { dept_id: deptId }, detail, 'sync', options)
        return { status: 'found', department: answer.result }
      }
      catch (error) {
        if (error instanceof DingTalkError && error.reason === '60003')
          return { status: 'gone' }
        if (error instanceof DingTalkError && error.reason === '50004')
          return { status: 'outOfScope' }
        throw error
      }
    },
  }
}
