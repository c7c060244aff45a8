import type { AuthScopes, ListedMember } from '../../../dingtalk/index.ts'
import type { Check } from '../patient.ts'
import { DingTalkError } from '../../../dingtalk/index.ts'
import { departmentsRead, walkDepartments } from '../../walk.ts'
import { attempt } from '../attempt.ts'
import { dependsOn, text } from '../finding.ts'
import { places } from '../places.ts'

/** People of one department that are looked at. */
const sampleSize = 100

const scope: Check = async ({ dingtalk, signal }, ask) => {
  const scopes = await ask<AuthScopes>('tokenOld')
  if (scopes.value === undefined)
    return { finding: dependsOn(scopes.error && (await ask('egressIp')).value === undefined ? 'egressIp' : 'tokenOld') }
  const { deptIds, userids } = scopes.value
  const tried = text('读取通讯录授权范围', 'Read the authorized scope of contacts')
  const change = {
    fix: text('把授权范围设为“全部员工”，或至少包含所有要使用 CRM 的部门。', 'Set the scope to 全部员工 (everybody), or at least to all departments that use the CRM.'),
    where: places.scope,
  }
  if (deptIds.includes(1)) {
    return {
      finding: { result: 'ok', tried, answered: text('全部员工', 'Everybody (全部员工)'), means: text('可以读取全公司的通讯录。', 'The whole company may be read.') },
      value: scopes.value,
    }
  }
  if (deptIds.length + userids.length === 0)
    return { finding: { result: 'failed', tried, answered: text('空', 'Nothing'), means: text('授权范围为空，组织同步读不到任何人。', 'The scope is empty: a sync would find nobody.'), ...change } }
  const call = { signal, priority: 'interactive' } as const
  const names = await Promise.all(deptIds.slice(0, 5).map(id => dingtalk.contacts.getDepartment(id, call).then(found => (found.status === 'found' ? found.department : undefined), () => undefined)))
  const company = await dingtalk.contacts.countUsers(false, call).catch(() => undefined)
  const list = names.map((found, i) => found?.name ?? String(deptIds[i])).join('、') + (deptIds.length > 5 ? ' …' : '')
  const people = names.reduce((sum, found) => sum + (found?.memberCount ?? 0), 0)
  return {
    finding: {
      result: 'manual',
      tried,
      answered: text(`${deptIds.length} 个部门（${list}）和 ${userids.length} 名单独授权的成员`, `${deptIds.length} departments (${list}) and ${userids.length} single people`),
      means: text(
        `CRM 只看得到这些部门及其下级${people ? `，约 ${people} 人` : ''}${company ? `；公司共 ${company} 人` : ''}。范围外的人不会有账号，也登录不了。`,
        `The CRM sees only these departments and those below${people ? `, about ${people} people` : ''}${company ? ` of the company\'s ${company}` : ''}. Nobody else gets an account or can log in.`,
      ),
      ...change,
      about: [...deptIds.toSorted((a, b) => a - b), ...userids.toSorted()],
      manual: text('确认这些部门就是全部要使用 CRM 的人；如果不是，请扩大授权范围后重新检查。', 'Make sure that these are all who will use the CRM; if not, widen the scope and check again.'),
    },
    value: scopes.value,
  }
}

/** The scope names people, but no department: there is nothing to list. */
const onlyPeople = {
  result: 'untried',
  idle: true,
  tried: text('没有尝试', 'Not tried'),
  means: text('授权范围里只有单独的成员，没有部门可读。', 'The scope names single people only; there is no department to read.'),
} as const

const departments: Check = async ({ dingtalk, signal }, ask) => {
  const scopes = await ask<AuthScopes>('scope')
  if (!scopes.value)
    return { finding: dependsOn('scope') }
  if (scopes.value.deptIds.length === 0)
    return { finding: onlyPeople }
  const root = rootOf(scopes.value)
  return attempt(
    text(`读取部门 ${root} 的下级部门 (department/listsub)`, `Read the departments below ${root} (department/listsub)`),
    () => dingtalk.contacts.listSubDepartments(root, { signal, priority: 'interactive' }),
    found => ({ result: 'ok', answered: text(`${found.length} 个部门`, `${found.length} departments`), means: text('可以读取部门。', 'Departments can be read.') }),
  )
}

const members: Check = async ({ dingtalk, signal }, ask) => {
  const scopes = await ask<AuthScopes>('scope')
  if (!scopes.value)
    return { finding: dependsOn('scope') }
  if (scopes.value.deptIds.length === 0)
    return { finding: onlyPeople }
  const call = { signal, priority: 'interactive' } as const
  const roots = (scopes.value.deptIds.includes(1) ? [1] : scopes.value.deptIds.slice(0, departmentsRead)).map(deptId => ({ deptId }))
  return attempt(
    text('读取几个部门的直属成员 (user/list)', 'Read the direct members of some departments (user/list)'),
    async () => {
      // The uppermost departments seldom have direct members, so those below are looked at as well, where they can be listed.
      const departments = await walkDepartments(dingtalk, roots, call).catch((error: unknown) => {
        if (!(error instanceof DingTalkError))
          throw error
        return roots
      })
      const pages = await Promise.all(departments.map(({ deptId }) => dingtalk.contacts.listUsers(deptId, 0, sampleSize, call)))
      return [...new Map(pages.flatMap(page => page.members).map(member => [member.userid, member])).values()]
    },
    found =>
      found.length > 0
        ? { result: 'ok', answered: text(`${found.length} 名成员`, `${found.length} members`), means: text('可以读取部门成员。', 'Department members can be read.') }
        : {
            result: 'ok',
            answered: text('0 名成员', 'No members'),
            means: text('接口可用，但看过的部门没有直属成员。', 'The call works, but the departments looked at have no direct members.'),
          },
  )
}

/** Whoever can be asked for details: somebody listed, or somebody in the scope by name. */
async function somebody(ask: Parameters<Check>[1]): Promise<string | undefined> {
  const listed = (await ask<ListedMember[]>('members')).value?.[0]?.userid
  return listed ?? (await ask<AuthScopes>('scope')).value?.userids[0]
}

const memberDetail: Check = async ({ dingtalk, signal }, ask) => {
  if (!(await ask('scope')).value)
    return { finding: dependsOn('scope') }
  const userid = await somebody(ask)
  if (!userid) {
    // Nobody is known yet, but the permission answers for an unknown id as well: only without it is the call refused.
    return attempt(
      text('用一个不存在的 userid 读取成员详情 (user/get)', 'Read the details of a userid that does not exist (user/get)'),
      () => dingtalk.contacts.getUser('cordys-doctor-nobody', { signal, priority: 'interactive' }),
      () => ({ result: 'ok', answered: text('没有这个人', 'No such person'), means: text('接口可用：钉钉查过了通讯录。', 'The call works: DingTalk looked it up.') }),
    )
  }
  return attempt(
    text('读取一名成员的详情 (user/get)', 'Read the details of one member (user/get)'),
    () => dingtalk.contacts.getUser(userid, { signal, priority: 'interactive' }),
    ({ status }) =>
      status === 'found'
        ? { result: 'ok', answered: text('成功', 'Success'), means: text('可以读取成员详情。', 'Member details can be read.') }
        : { result: 'ok', answered: text('这个人刚刚离开或移出范围', 'This person has just left or moved out of scope'), means: text('接口可用。', 'The call works.') },
  )
}

const admins: Check = async ({ dingtalk, signal }, ask) => {
  if ((await ask('tokenOld')).value === undefined)
    return { finding: dependsOn('tokenOld') }
  return attempt(
    text('读取企业的管理员名单 (user/listadmin)', 'Read the company\'s administrators (user/listadmin)'),
    () => dingtalk.contacts.listAdmins({ signal, priority: 'interactive' }),
    (found) => {
      const main = found.filter(admin => admin.sysLevel === 1).length
      return {
        result: 'ok',
        answered: text(`${main} 名主管理员，${found.length - main} 名子管理员`, `${main} main administrators, ${found.length - main} sub-administrators`),
        means: text('主管理员首次登录后就是 CRM 管理员。', 'Main administrators are CRM administrators from their first login.'),
      }
    },
  )
}

function rootOf({ deptIds }: AuthScopes): number {
  return deptIds.includes(1) ? 1 : (deptIds[0] ?? 1)
}

/** Scope and each contact permission, by a real call (dingtalk-server-api §4). */
export const contactChecks = { scope, departments, members, memberDetail, admins }
