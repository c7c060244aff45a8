import type { PersonRef } from '#contract/crm/kinds.ts'
import type { Caller } from './session/sessions.ts'
import { z } from 'zod'
import { explain } from './explain.ts'

const users = z.array(z.looseObject({ id: z.string(), name: z.string().nullish(), enable: z.boolean().nullish() }))

interface Node { id: string, name: string, children: Node[] }
const node: z.ZodType<Node> = z.looseObject({
  id: z.string(),
  name: z.string().nullish().transform(name => name ?? ''),
  get children() {
    return z.array(node).nullish().transform(children => children ?? [])
  },
}) as never

const shown = 50

/** Whether a name fits a keyword; blanks and case apart. */
export const fits = (name: string, q: string | undefined) => !q || name.toLowerCase().includes(q.trim().toLowerCase())

/** People of the Cordys organisation who are active, by keyword (`/user/option`, open to everybody logged in). */
export async function findPeople(cordys: Caller, q: string | undefined, limit = shown): Promise<PersonRef[]> {
  const found = await cordys.get('/user/option', { query: { includeDisabled: 'false' }, schema: users }).catch(explain)
  return found
    .filter(({ name, enable }) => enable !== false && fits(name ?? '', q))
    .slice(0, limit)
    .map(({ id, name }) => ({ id, name: name ?? '', avatar: null }))
}

/** Departments by keyword, each with the one above it to tell namesakes apart. */
export async function findDepartments(cordys: Caller, q: string | undefined, limit: number) {
  const tree = await cordys.get('/field/dept/tree', { schema: z.array(node).nullish() }).catch(explain)
  const flat = (nodes: Node[], above: string | null): { id: string, name: string, hint: string | null, avatar: null }[] =>
    nodes.flatMap(({ id, name, children }) => [{ id, name, hint: above, avatar: null }, ...flat(children, name)])
  return flat(tree ?? [], null).filter(({ name }) => fits(name, q)).slice(0, limit)
}
