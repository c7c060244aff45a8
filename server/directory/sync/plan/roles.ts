import type { SyncSettings } from '#contract/sync/index.ts'

type Role = SyncSettings['defaultRole']

/** The role of a new account: by the first rule that names one of its departments or one above them. */
export function roleChooser(
  { defaultRole, rolesByDepartment }: Pick<SyncSettings, 'defaultRole' | 'rolesByDepartment'>,
  parents: ReadonlyMap<number, number | undefined>,
): (deptIds: number[]) => Role {
  if (rolesByDepartment.length === 0)
    return () => defaultRole
  const lines = new Map<number, ReadonlySet<number>>()
  return (deptIds) => {
    const found = rolesByDepartment.find(rule => deptIds.some(deptId => lineOf(deptId).has(rule.deptId)))
    return found?.role ?? defaultRole
  }

  /** A department and all above it. */
  function lineOf(deptId: number): ReadonlySet<number> {
    let line = lines.get(deptId)
    if (!line) {
      const walked = new Set<number>()
      for (let current: number | undefined = deptId; current !== undefined && !walked.has(current); current = parents.get(current))
        walked.add(current)
      lines.set(deptId, (line = walked))
    }
    return line
  }
}
