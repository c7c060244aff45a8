import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** Filters that live in the address, so that going back, reloading and sharing keep them. */
export function useQuery() {
  const route = useRoute()
  const router = useRouter()
  const read = (name: string) => (typeof route.query[name] === 'string' ? route.query[name] : '')
  const write = (values: Record<string, string | undefined>) => {
    const query = { ...route.query, ...values }
    void router.replace({ query: Object.fromEntries(Object.entries(query).filter(([, value]) => value)) })
  }
  return { read, write, param: (name: string) => computed({ get: () => read(name), set: value => write({ [name]: value || undefined }) }) }
}
