import { z } from 'zod'
import { flag, list, number, optionalFlag, optionalNumber, optionalText, userid } from '../shapes.ts'

/**
 * A person in DingTalk's contacts (dingtalk-server-api §4.5). undefined = DingTalk did not tell: not filled in,
 * or the app lacks the field permission (§4.6). Never an empty text.
 */
export interface Member {
  userid: string
  unionid?: string
  /** Empty when DingTalk did not tell. */
  name: string
  avatar?: string
  /** Country code without plus, e.g. `86`. Needs 企业员工手机号信息, as `mobile` does. */
  stateCode?: string
  mobile?: string
  telephone?: string
  jobNumber?: string
  title?: string
  /** Needs 邮箱等个人信息, as orgEmail, workPlace, remark and extension do. */
  email?: string
  orgEmail?: string
  workPlace?: string
  remark?: string
  /** Custom fields as a JSON text. */
  extension?: string
  /** In no meaningful order: DingTalk knows no main department. */
  deptIds: number[]
  /** Milliseconds since 1970. */
  hiredDate?: number
  /** Has activated DingTalk. */
  active?: boolean
  admin?: boolean
  boss?: boolean
  exclusiveAccount?: boolean
}

/** A member as `user/get` shows it. */
export interface MemberDetail extends Member {
  managerUserid?: string
  /** Departments this member leads; undefined when DingTalk did not tell. */
  leaderIn: number[] | undefined
  roles: { id: number, name: string, groupName?: string }[]
}

/** A member as the list of one department shows it. */
export interface ListedMember extends Member {
  /** Leads the queried department; undefined when DingTalk did not tell. */
  leader: boolean | undefined
  /** Order within the queried department. */
  deptOrder?: number
}

const common = {
  userid,
  unionid: optionalText,
  name: optionalText,
  avatar: optionalText,
  state_code: optionalText,
  mobile: optionalText,
  telephone: optionalText,
  job_number: optionalText,
  title: optionalText,
  email: optionalText,
  org_email: optionalText,
  work_place: optionalText,
  remark: optionalText,
  extension: optionalText,
  dept_id_list: list(number),
  hired_date: optionalNumber,
  active: optionalFlag,
  admin: optionalFlag,
  boss: optionalFlag,
  exclusive_account: optionalFlag,
}
type Common = z.output<z.ZodObject<typeof common>>

function toMember(raw: Common): Member {
  return {
    userid: raw.userid,
    unionid: raw.unionid,
    name: raw.name ?? '',
    avatar: raw.avatar,
    stateCode: raw.state_code,
    mobile: raw.mobile,
    telephone: raw.telephone,
    jobNumber: raw.job_number,
    title: raw.title,
    email: raw.email,
    orgEmail: raw.org_email,
    workPlace: raw.work_place,
    remark: raw.remark,
    extension: raw.extension,
    deptIds: raw.dept_id_list,
    hiredDate: raw.hired_date,
    active: raw.active,
    admin: raw.admin,
    boss: raw.boss,
    exclusiveAccount: raw.exclusive_account,
  }
}

export const memberDetail = z
  .object({
    ...common,
    manager_userid: optionalText,
    leader_in_dept: z.array(z.object({ dept_id: number, leader: flag })).nullish(),
    role_list: list(z.object({ id: number, name: z.string(), group_name: optionalText })),
  })
  .transform((raw): MemberDetail => ({
    ...toMember(raw),
    managerUserid: raw.manager_userid,
    leaderIn: raw.leader_in_dept?.filter(entry => entry.leader).map(entry => entry.dept_id),
    roles: raw.role_list.map(role => ({ id: role.id, name: role.name, groupName: role.group_name })),
  }))

export const listedMember = z
  .object({ ...common, leader: optionalFlag, dept_order: optionalNumber })
  .transform((raw): ListedMember => ({ ...toMember(raw), leader: raw.leader, deptOrder: raw.dept_order }))
