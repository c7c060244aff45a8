import type { SandboxDepartment, SandboxMember } from '../../types.ts'
import type { Ask, Call, Methods, Reply } from './reply.ts'
import { z } from 'zod'
import { ask, failed, ok, text } from './reply.ts'

/** What the people picker sends back. */
const chosenSchema = z.object({ users: z.array(z.string()), departments: z.array(z.number()) })

/** Pickers filled with the sandbox company (dingtalk-jsapi §6). */
export const contacts: Methods = {
  'biz.contact.complexPicker': {
    on: 'AiHP',
    needsConfig: true,
    run: call =>
      pick(
        call,
        {
          people: true,
          departments: call.params.responseUserOnly !== true,
          max: Number(call.params.maxUsers) || 1500,
          picked: [...list(call.params.pickedUsers), ...list(call.params.pickedDepartments)],
        },
        (users, departments) =>
          ok({
            selectedCount: users.length + departments.reduce((sum, department) => sum + headcount(call, department.deptId), 0),
            users: users.map(asUser),
            departments: departments.map(department => asDepartment(call, department)),
          }),
      ),
  },
  'biz.contact.choose': {
    on: 'PHAi',
    needsConfig: true,
    run: call =>
      pick(call, { people: true, departments: false, max: Number(call.params.max) || 1500, picked: list(call.params.users) }, users =>
        ok(users.map(asUser))),
  },
  'biz.contact.departmentsPicker': {
    on: 'AiHP',
    needsConfig: true,
    run: call =>
      pick(
        call,
        { people: false, departments: true, max: Number(call.params.maxDepartments) || 100, picked: list(call.params.pickedDepartments) },
        (_users, departments) =>
          ok({
            userCount: departments.reduce((sum, department) => sum + headcount(call, department.deptId), 0),
            departmentsCount: departments.length,
            departments: departments.map(department => asDepartment(call, department)),
          }),
      ),
  },
  'biz.contact.chooseMobileContacts': {
    on: 'Ai',
    needsConfig: true,
    run: call =>
      pick(call, { people: true, departments: false, max: 20, picked: [] }, users =>
        ok(users.map(user => ({ name: user.name, mobile: user.mobile ?? '' })))),
  },
  'biz.contact.externalComplexPicker': {
    on: 'AiH',
    needsConfig: true,
    run: call => pick(call, { people: true, departments: false, max: 100, picked: [], external: true }, users => ok(users.map(asUser))),
  },
}

interface PickOptions {
  people: boolean
  departments: boolean
  max: number
  picked: string[]
  external?: boolean
}

function pick(call: Call, options: PickOptions, answer: (users: SandboxMember[], departments: SandboxDepartment[]) => Reply): Reply {
  const corpId = text(call.params, 'corpId')
  if (corpId && corpId !== call.platform.app().corpId)
    return failed('3', 'corpId 与当前企业不一致')
  const members = call.platform.members().filter(member => Boolean(member.external) === Boolean(options.external))
  const departments = call.platform.departments()
  const question: Ask = {
    kind: 'people',
    title: text(call.params, 'title') || (options.people ? '选择联系人' : '选择部门'),
    multiple: call.params.multiple !== false,
    max: options.max,
    limitTips: text(call.params, 'limitTips') || `最多可选 ${options.max} 项`,
    picked: options.picked,
    required: [...list(call.params.requiredUsers), ...list(call.params.requiredDepartments)],
    disabled: [...list(call.params.disabledUsers), ...list(call.params.disabledDepartments)],
    departments: departments.map(({ deptId, name, parentId }) => ({ id: deptId, name, parentId: parentId ?? 0 })),
    people: options.people ? members.map(({ userid, name, title, deptIds }) => ({ id: userid, name, title: title ?? '', deptIds })) : [],
    pickDepartments: options.departments,
  }
  return ask(question, (value) => {
    const chosen = chosenSchema.safeParse(value)
    if (!chosen.success)
      return failed('3', '选择结果无效')
    return answer(
      members.filter(member => chosen.data.users.includes(member.userid)),
      departments.filter(department => chosen.data.departments.includes(department.deptId)),
    )
  })
}

function asUser(member: SandboxMember): object {
  return { name: member.name, avatar: member.avatar ?? '', emplId: member.userid }
}

function asDepartment(call: Call, department: SandboxDepartment): object {
  return { id: department.deptId, name: department.name, number: headcount(call, department.deptId) }
}

/** Members of a department and everything below it, each person once. */
function headcount({ platform }: Call, deptId: number): number {
  const departments = platform.departments()
  const inside = new Set([deptId])
  for (let grown = true; grown;) {
    const below = departments.filter(
      department => department.parentId !== undefined && inside.has(department.parentId) && !inside.has(department.deptId),
    )
    below.forEach(department => inside.add(department.deptId))
    grown = below.length > 0
  }
  return platform.members().filter(member => !member.external && member.deptIds.some(id => inside.has(id))).length
}

function list(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}
