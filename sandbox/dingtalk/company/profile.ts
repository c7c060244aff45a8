import type { SandboxMember } from '../types.ts'
import type { Random } from './random.ts'

const TITLES = [
  '客户经理',
  '销售代表',
  '高级销售经理',
  '客服专员',
  '工程师',
  '高级工程师',
  '产品经理',
  '会计',
  '行政专员',
  '市场专员',
  '采购专员',
  '项目经理',
]
const PLACES = ['上海张江', '杭州未来科技城', '深圳南山', '北京望京', '苏州工业园']
const OVERSEAS = ['65', '852', '1', '49', '81']
const DAY = 86_400_000
/** 2026-06-01T00:00:00+08:00: hire dates count back from a fixed day, so that a seed means the same company forever. */
const REFERENCE_DAY = 1780243200000

export type Profile = Partial<
  Pick<SandboxMember, 'title' | 'mobile' | 'stateCode' | 'email' | 'orgEmail' | 'jobNumber' | 'workPlace' | 'remark' | 'telephone' | 'hiredDate'>
>

/** Mobile numbers are unique in a company; foreign ones are written `+xx-xxxx` (dingtalk-server-api §4.5). */
function phone(random: Random, index: number): Pick<Profile, 'mobile' | 'stateCode'> {
  if (random.chance(0.08))
    return {}
  if (random.chance(0.04)) {
    const stateCode = random.pick(OVERSEAS)
    return { mobile: `+${stateCode}-${60000000 + index}`, stateCode }
  }
  return { mobile: `1${random.pick(['38', '39', '58', '86', '77'])}${String(10000000 + index * 7).slice(-8)}`, stateCode: '86' }
}

/** What the company filled in about a person: seldom everything, and never an empty string. */
export function randomProfile(random: Random, userid: string, index: number): Profile {
  const profile: Profile = phone(random, index)
  if (!random.chance(0.15))
    profile.title = random.pick(TITLES)
  if (!random.chance(0.35))
    profile.email = `${userid}@example.com`
  if (random.chance(0.3))
    profile.orgEmail = `${userid}@xinghe.example.com`
  // Job numbers are kept by hand and may repeat.
  if (random.chance(0.8)) {
    profile.jobNumber = String(random.chance(0.03) ? 1001 : 1000 + index)
  }
  if (random.chance(0.4))
    profile.workPlace = random.pick(PLACES)
  if (random.chance(0.1))
    profile.remark = '试用期'
  if (random.chance(0.2))
    profile.telephone = `021-5080${random.digits(4)}`
  if (random.chance(0.7))
    profile.hiredDate = REFERENCE_DAY - random.whole(1, 3000) * DAY
  return profile
}
