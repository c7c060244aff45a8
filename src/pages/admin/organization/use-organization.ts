import type { PlacedAccount } from '#contract/directory.ts'
import type { Tree } from './tree.ts'
import { computed, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { request } from '../../../api/index.ts'
import { usePaginator } from '../../../components/record-list/use-paginator.ts'
import { organizationChanges } from '../sync/finished.ts'
import { useFreshOrganization } from '../sync/use-fresh-organization.ts'
import { useLoaded } from '../use-loaded.ts'
import { buildTree } from './tree.ts'

/** Departments, the chosen one (in the URL), and the members in it or below. */
export function useOrganization() {
  const route = useRoute()
  const router = useRouter()
  const { value: tree, error, load } = useLoaded<Tree>(async () => buildTree((await request('GET /api/directory/departments')).departments))

  const one = (name: string) => (typeof route.query[name] === 'string' ? route.query[name] : '')
  const departmentId = computed(() => one('department'))
  const keyword = computed({ get: () => one('q'), set: q => void router.replace({ query: { ...route.query, q: q || undefined } }) })
  const department = computed(() => tree.value?.byId.get(departmentId.value) ?? null)

  const pager = usePaginator<PlacedAccount, { departmentId: string, q: string }>({
    query: () => ({ departmentId: departmentId.value, q: keyword.value }),
    load: (query, cursor, signal) =>
      request('GET /api/directory/accounts', {
        query: {
          limit: 30,
          ...(query.departmentId && { departmentId: query.departmentId }),
          ...(query.q && { q: query.q }),
          ...(cursor && { cursor }),
        },
        signal,
      }),
    key: account => account.id,
  })

  /** Where a department (all of them without one) is looked at; the keyword stays. */
  const linkTo = (id: string | null) => ({
    name: 'admin-organization',
    query: { ...(id && { department: id }), ...(keyword.value && { q: keyword.value }) },
  })

  useFreshOrganization()
  watch(organizationChanges, () => {
    void load()
    void pager.renew(0)
  })
  void load()
  return { tree, error, load, department, keyword, pager, linkTo }
}
