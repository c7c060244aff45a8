import type { Ability } from '#contract/people/rights.ts'
import type { LazyArea, TextKey } from '../locales/index.ts'
import 'vue-router'

/** Who may see a page: anybody, a person with an account, an administrator or operator. */
export type PageAccess = 'public' | 'account' | 'admin'

declare module 'vue-router' {
  interface RouteMeta {
    /** 'account' unless told. */
    access?: PageAccess
    /** What somebody's roles must allow them. */
    ability?: Ability
    /** Texts to fetch before the page shows. */
    texts?: readonly LazyArea[]
    /** The tab this page belongs to. */
    tab?: 'workbench' | 'customers' | 'leads' | 'opportunities' | 'messages' | 'mine' | 'admin'
    /** What the window is called until the page knows better (a record's name). */
    title?: TextKey
    /** Pages without navigation around them: login, setup. */
    bare?: boolean
  }
}
