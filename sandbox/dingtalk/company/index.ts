import type { SandboxDepartment, SandboxMember } from '../types.ts'
import { DEMO_CORP_ID, DEMO_DEPARTMENTS, DEMO_MEMBERS, DEMO_SEED } from './demo.ts'
import { buildDepartments } from './departments.ts'
import { appointLeaders } from './leaders.ts'
import { buildMembers } from './members.ts'
import { createRandom } from './random.ts'

export interface CompanySize {
  seed: number
  /** The root included; at least 1. */
  departments: number
  /** Employees; the one external contact comes on top. */
  members: number
}

export const DEMO_COMPANY: CompanySize = { seed: DEMO_SEED, departments: DEMO_DEPARTMENTS, members: DEMO_MEMBERS }

export interface Company {
  departments: SandboxDepartment[]
  members: SandboxMember[]
}

/** Generates a company; the same size and seed always give the same people. */
export function generateCompany(size: CompanySize, corpId: string = DEMO_CORP_ID): Company {
  const random = createRandom(size.seed)
  const drafts = buildDepartments(random, size.departments)
  const members = buildMembers(random, corpId, drafts, size.members)
  const departments = drafts.map(({ depth: _depth, weight: _weight, ...department }) => department)
  appointLeaders(random, departments, members)
  return { departments, members }
}
