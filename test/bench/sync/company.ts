import type { Snapshot, SnapshotMember } from '../../../server/directory/sync/snapshot.ts'

/** A company as a crawl leaves it: departments of ten, most people in one of them, some in two. */
export function companySnapshot(departments: number, members: number): Snapshot {
  return {
    wholeCompany: true,
    departments: Array.from({ length: departments }, (_, n) => ({
      deptId: n + 1,
      name: n === 0 ? '测试集团' : `部门${n}`,
      parentId: n === 0 ? undefined : Math.floor((n - 1) / 10) + 1,
      order: n,
    })),
    members: Array.from({ length: members }, (_, n) => member(n, departments)),
  }
}

function member(n: number, departments: number): SnapshotMember {
  const own = (n % departments) + 1
  return {
    userid: `manager${String(n).padStart(6, '0')}`,
    unionid: `union${String(n).padStart(20, '0')}`,
    name: `张三${n}`,
    avatar: `https://static.example.com/media/lADPDgfLS${n}_640_640.jpg`,
    title: n % 7 === 0 ? '经理' : '销售代表',
    mobile: `13${String(100_000_000 + n)}`,
    email: `zhangsan${n}@example.com`,
    jobNumber: `J${n}`,
    hiredAt: 1_500_000_000_000 + n * 1000,
    activated: true,
    deptIds: n % 10 === 0 ? [own, ((n + 7) % departments) + 1].filter((id, index, all) => all.indexOf(id) === index) : [own],
    leaderIn: n < departments ? [own] : [],
  }
}

/** The same company a day later: one in a hundred has something new, one in a thousand left, as many came. */
export function changedBy1Percent({ members, ...rest }: Snapshot): { snapshot: Snapshot, gone: string[] } {
  const gone = members.filter((_, n) => n % 1000 === 500).map(({ userid }) => userid)
  const left = new Set(gone)
  const kept = members.filter(({ userid }) => !left.has(userid)).map((entry, n) => (n % 125 === 3 ? { ...entry, title: `${entry.title ?? ''}（新）`, mobile: `15${String(100_000_000 + n)}` } : entry))
  const came = gone.map((_, n) => ({ ...member(members.length + n, rest.departments.length), leaderIn: [] }))
  return { snapshot: { ...rest, members: [...kept, ...came] }, gone }
}
