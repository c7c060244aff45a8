import type { AuthScopes, ListedMember, Member } from '../../../dingtalk/index.ts'
import type { Text } from '../../../http/locale.ts'
import type { Check, Patient } from '../patient.ts'
import { DingTalkError } from '../../../dingtalk/index.ts'
import { readScopePeople } from '../../scope-people.ts'
import { dependsOn, text } from '../finding.ts'
import { places } from '../places.ts'

/** One reading for all fields of an examination. */
const read = new WeakMap<Patient, Promise<Member[]>>()

/** People named by the scope itself, where no department has anybody. What refuses them is the details' check. */
function single(patient: Patient, { userids }: AuthScopes): Promise<Member[]> {
  const known = read.get(patient) ?? readScopePeople(patient.dingtalk, userids, { signal: patient.signal, priority: 'interactive' }).catch((error: unknown) => {
    if (!(error instanceof DingTalkError))
      throw error
    return []
  })
  read.set(patient, known)
  return known
}

/** A missing field permission is no error: the field is just absent (dingtalk-server-api §4.6), like one nobody filled in. */
function field(what: Text, permission: string, has: (member: Member) => boolean): Check {
  return async (patient, ask) => {
    const scopes = (await ask<AuthScopes>('scope')).value
    if (!scopes)
      return { finding: dependsOn('scope') }
    const listed = (await ask<ListedMember[]>('members')).value
    if (!listed && scopes.deptIds.length > 0)
      return { finding: dependsOn('members') }
    const members = listed?.length ? listed : await single(patient, scopes)
    const byHand = {
      where: places.permissions,
      manual: text(`在权限管理里看“${permission}”是否已开通，或者确认不需要${what['zh-CN']}。`, `See under permissions whether ${permission} is enabled, or decide that ${what['en-US']} are not needed.`),
    }
    if (members.length === 0) {
      return {
        finding: {
          result: 'manual',
          tried: text(`在看过的部门里找有${what['zh-CN']}的成员`, `Looked for members with ${what['en-US']} in the departments that were read`),
          answered: text('0 名成员', 'No members'),
          means: text('看过的部门里没有直属成员，所以看不出这个字段会不会返回。', 'The departments that were read have no direct members, so whether this field is told cannot be seen.'),
          ...byHand,
        },
      }
    }
    const tried = text(`在 ${members.length} 名成员里找${what['zh-CN']}`, `Looked for ${what['en-US']} among ${members.length} members`)
    const found = members.filter(has).length
    if (found > 0) {
      return {
        finding: {
          result: 'ok',
          tried,
          answered: text(`${found} 人有${what['zh-CN']}`, `${found} have ${what['en-US']}`),
          means: text('字段权限已开通。', 'The field permission is there.'),
        },
      }
    }
    return {
      finding: {
        result: 'manual',
        tried,
        answered: text(`没有人有${what['zh-CN']}`, `Nobody has ${what['en-US']}`),
        means: text('可能没有开通字段权限，也可能大家都没填：钉钉两种情况都只是不返回。', 'The field permission is missing, or nobody filled it in: DingTalk leaves the field out either way.'),
        fix: text(`如果 CRM 需要${what['zh-CN']}，请搜索并开通“${permission}”。`, `If the CRM should have ${what['en-US']}, search for ${permission} and enable it.`),
        ...byHand,
      },
    }
  }
}

export const fieldChecks = {
  mobile: field(text('手机号', 'mobile numbers'), '企业员工手机号信息', member => Boolean(member.mobile)),
  email: field(text('邮箱', 'e-mail addresses'), '邮箱等个人信息', member => Boolean(member.email ?? member.orgEmail)),
}
