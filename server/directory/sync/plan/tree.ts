/** A department with its parent; `movable` ones are placed by the snapshot, others stay where they are. */
export interface TreeNode {
  id: string
  parentId: string | null
  movable: boolean
  /** Decides which link of a cycle is cut: the smallest. */
  rank: number
}

/**
 * Cuts every cycle at one department, which then hangs under `rootId` (or is a root itself). DingTalk should
 * never answer a cycle, but a tree read while it is rearranged, or one of which we see a part, can contain one.
 * @returns the parent of every node
 */
export function cutCycles(nodes: TreeNode[], rootId: string | null): Map<string, string | null> {
  const byId = new Map(nodes.map(node => [node.id, node]))
  const parents = new Map(nodes.map(node => [node.id, node.parentId]))
  const safe = new Set<string>()
  for (const { id } of nodes) {
    const path = new Set<string>()
    let current: string | null = id
    while (current !== null && byId.has(current) && !safe.has(current) && !path.has(current)) {
      path.add(current)
      current = parents.get(current) ?? null
    }
    if (current !== null && path.has(current)) {
      const cycle = [...path].slice([...path].indexOf(current))
      parents.set(weakest(cycle, byId), rootId !== null && !cycle.includes(rootId) ? rootId : null)
    }
    for (const visited of path) safe.add(visited)
  }
  return parents
}

function weakest(cycle: string[], byId: Map<string, TreeNode>): string {
  const nodes = cycle.flatMap(id => byId.get(id) ?? [])
  nodes.sort((a, b) => Number(b.movable) - Number(a.movable) || a.rank - b.rank || (a.id < b.id ? -1 : 1))
  return nodes[0]!.id
}
