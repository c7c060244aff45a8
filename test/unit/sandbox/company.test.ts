import { describe, expect, it } from 'vitest'
import { DEMO_COMPANY, generateCompany } from '../../../sandbox/dingtalk/company/index.ts'

const demo = generateCompany(DEMO_COMPANY)
const employees = demo.members.filter(member => member.external !== true)

function repeated(values: string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index)
}

describe('the demo company', () => {
  it('has 12 departments in four levels and 160 employees', () => {
    const parents = new Map(demo.departments.map(department => [department.deptId, department.parentId]))
    const depth = (id: number | undefined): number => (id === undefined ? 0 : 1 + depth(parents.get(id)))
    expect(demo.departments).toHaveLength(12)
    expect(Math.max(...demo.departments.map(department => depth(department.deptId)))).toBe(4)
    expect(employees).toHaveLength(160)
  })

  it('knows the people the documentation names', () => {
    const title = (userid: string): unknown => demo.members.find(member => member.userid === userid)?.name
    expect(['zhangsan', 'lisi', 'wangwu', 'zhaoliu'].map(title)).toEqual(['张三', '李四', '王五', '赵六'])
    expect(employees.filter(member => member.sysLevel === 1).map(member => member.userid)).toEqual(['zhangsan'])
    expect(employees.filter(member => member.sysLevel === 2)).toHaveLength(1)
    expect(employees.filter(member => member.sysLevel === 100)).toHaveLength(1)
  })

  it('is as untidy as a real one', () => {
    const direct = demo.departments.map(({ deptId }) => employees.filter(member => member.deptIds.includes(deptId)).length)
    expect(Math.max(...direct)).toBeGreaterThan(100)
    expect(direct[0], 'somebody hangs directly on the root').toBeGreaterThan(0)
    expect(repeated(employees.map(member => member.name)).length).toBeGreaterThan(0)
    expect(repeated(employees.flatMap(member => member.jobNumber ?? [])).length).toBeGreaterThan(0)
    expect(employees.some(member => member.deptIds.length > 1)).toBe(true)
    expect(demo.departments.some(department => department.managerUserids.length > 1)).toBe(true)
    expect(employees.some(member => !member.active)).toBe(true)
    expect(employees.some(member => /^\+\d{1,3}-\d+$/.test(member.mobile ?? ''))).toBe(true)
    for (const field of ['mobile', 'email', 'title'] as const) {
      expect(
        employees.some(member => member[field] === undefined),
        field,
      ).toBe(true)
    }
    expect(demo.members.filter(member => member.external === true)).toHaveLength(1)
  })

  it('keeps ids and mobile numbers unique and leaders in their departments', () => {
    expect(repeated(demo.members.map(member => member.userid))).toEqual([])
    expect(repeated(demo.members.map(member => member.unionid))).toEqual([])
    expect(repeated(demo.members.flatMap(member => member.mobile ?? []))).toEqual([])
    for (const department of demo.departments) {
      const leaders = demo.members.filter(member => member.leaderIn.includes(department.deptId)).map(member => member.userid)
      expect(new Set(department.managerUserids)).toEqual(new Set(leaders))
    }
    expect(demo.members.every(member => member.leaderIn.every(id => member.deptIds.includes(id)))).toBe(true)
  })
})

describe('the generator', () => {
  it('gives the same company for the same seed and another for another', () => {
    expect(generateCompany(DEMO_COMPANY)).toEqual(demo)
    expect(generateCompany({ ...DEMO_COMPANY, seed: 7 })).not.toEqual(demo)
  })

  it.each([
    [1, 0],
    [1, 5],
    [2, 3],
    [40, 600],
  ])('builds %i departments with %i members', (departments, members) => {
    const company = generateCompany({ seed: 3, departments, members })
    const known = new Set(company.departments.map(department => department.deptId))
    expect(company.departments).toHaveLength(departments)
    expect(company.members.filter(member => member.external !== true)).toHaveLength(members)
    expect(company.members.every(member => member.deptIds.every(id => known.has(id)))).toBe(true)
  })

  it('scales to 1,000 departments and 100,000 members with unique userids', () => {
    const company = generateCompany({ seed: 1, departments: 1000, members: 100_000 })
    expect(new Set(company.members.map(member => member.userid)).size).toBe(100_001)
  })
})
