interface Node {
  id: string
  parentId: string | null
  name: string
  order: number
}

/**
 * Parents before children, siblings by DingTalk's order (small first) and then by name. What no root leads
 * to (a cycle, which a sync never writes) follows at the end, so that nothing is hidden.
 */
export function treeOrder<T extends Node>(nodes: T[]): T[] {
  const children = Map.groupBy(
    nodes.toSorted((a, b) => a.order - b.order || a.name.localeCompare(b.name, 'zh-CN')),
    ({ parentId }) => parentId,
  )
  const ordered = new Set<T>()
  const pending = (children.get(null) ?? []).toReversed()
  for (let node = pending.pop(); node; node = pending.pop()) {
    ordered.add(node)
    pending.push(...(children.get(node.id) ?? []).toReversed())
  }
  return [...ordered, ...nodes.filter(node => !ordered.has(node))]
}
