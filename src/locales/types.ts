import type zhCN from './zh-CN/index.ts'
import type { lazy } from './zh-CN/lazy.ts'

export type Locale = 'zh-CN' | 'en-US'

/** Texts fetched together with the pages that need them: `meta.texts` of a route names the area. */
export type LazyArea = keyof typeof lazy

type Text = string | { readonly [key: string]: Text }

/** The shape of a group of texts, whatever they say: what a translation has to fill in. */
export type Same<T> = { readonly [K in keyof T]: T[K] extends string ? string : Same<T[K]> }

type LazyTexts = { [A in LazyArea]: Awaited<ReturnType<(typeof lazy)[A]>>['default'] }

export type Texts = typeof zhCN & LazyTexts

/** What is in the first chunk of every language. */
export type CoreTexts = Same<typeof zhCN>

export type AreaTexts<A extends LazyArea> = Same<LazyTexts[A]>

type Paths<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Paths<T[K]>}` }[keyof T & string]

/** Every text by its dotted path: `customers.title`. */
export type TextKey = Paths<Texts>

export interface TextTree {
  readonly [key: string]: Text
}
