import type { ListedMember } from '../../../dingtalk/index.ts'
import type { Text } from '../../../http/locale.ts'
import type { Check } from '../patient.ts'
import { dependsOn, text } from '../finding.ts'
import { places } from '../places.ts'

/** A missing field permission is no error: the field is just absent (dingtalk-server-api §4.6), like one nobody filled in. */
function field(what: Text, permission: string, has: (member: ListedMember) => boolean): Check {
  return async (_patient, ask) => {
    const members = (await ask<ListedMember[]>('members')).value
    if (!members || members.length === 0)
      return { finding: dependsOn('members') }
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
        where: places.permissions,
        manual: text(`在权限管理里看“${permission}”是否已开通，或者确认不需要${what['zh-CN']}。`, `See under permissions whether ${permission} is enabled, or decide that ${what['en-US']} are not needed.`),
      },
    }
  }
}

export const fieldChecks = {
  mobile: field(text('手机号', 'mobile numbers'), '企业员工手机号信息', member => Boolean(member.mobile)),
  email: field(text('邮箱', 'e-mail addresses'), '邮箱等个人信息', member => Boolean(member.email ?? member.orgEmail)),
}
