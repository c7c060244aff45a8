import type { SandboxDepartment } from '../types.ts'
import type { Random } from './random.ts'
import { DEMO_CORP_NAME } from './demo.ts'

export const ROOT_ID = 1

/** A department while the company is being built; `weight` says how many people it attracts. */
export interface DepartmentDraft extends SandboxDepartment {
  depth: number
  weight: number
}

/** The hand-written part: name, parent, weight. Three levels below the root. */
const TEMPLATE: Array<[name: string, parent: string | undefined, weight: number]> = [
  ['总经办', undefined, 1],
  ['销售中心', undefined, 2],
  ['华东销售部', '销售中心', 5],
  ['上海销售一组', '华东销售部', 5],
  ['华南销售部', '销售中心', 5],
  ['市场部', undefined, 3],
  ['客户服务中心', undefined, 0],
  ['研发中心', undefined, 4],
  ['平台研发组', '研发中心', 4],
  ['财务部', undefined, 2],
  ['人力行政部', undefined, 2],
]

const CITIES = ['北京', '上海', '广州', '深圳', '杭州', '南京', '成都', '武汉', '西安', '重庆', '苏州', '天津', '青岛', '长沙', '厦门', '合肥']
const FUNCTIONS = ['销售部', '大客户部', '渠道部', '售后服务部', '研发部', '测试组', '采购部', '物流部', '质量部', '法务部', '运营部', '工程部']
const MAX_DEPTH = 4

/** The department that gets more than 100 direct members, so that paging is always exercised. */
export const BIG_DEPARTMENT = '客户服务中心'

function draft(index: number, name: string, parent: DepartmentDraft | undefined, weight: number): DepartmentDraft {
  // DingTalk's ids are large and grow with time; the root is 1 (dingtalk-server-api §4.1).
  const deptId = parent === undefined ? ROOT_ID : 37000000 + index * 97
  return { deptId, name, parentId: parent?.deptId, order: index * 10, managerUserids: [], depth: (parent?.depth ?? -1) + 1, weight }
}

/** Builds `count` departments, the root included: first the template, then generated branches down to depth 4. */
export function buildDepartments(random: Random, count: number): DepartmentDraft[] {
  const root = draft(0, DEMO_CORP_NAME, undefined, 0)
  const all = [root]
  const byName = new Map<string, DepartmentDraft>()
  for (const [name, parentName, weight] of TEMPLATE.slice(0, count - 1)) {
    const parent = parentName === undefined ? root : (byName.get(parentName) ?? root)
    const department = draft(all.length, name, parent, weight)
    all.push(department)
    byName.set(name, department)
  }
  while (all.length < count) {
    const candidate = random.pick(all)
    const parent = candidate.depth < MAX_DEPTH ? candidate : root
    const name = `${random.pick(CITIES)}${random.pick(FUNCTIONS)}${all.length}`
    all.push(draft(all.length, name, parent, 3))
  }
  return all
}
