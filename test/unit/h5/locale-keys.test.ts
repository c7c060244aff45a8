import type { Locale } from '../../../src/locales/types.ts'
import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/** Every text of a language by its dotted path, areas that are fetched later included. */
async function textsOf(locale: Locale): Promise<Map<string, string>> {
  const core = (await import(`../../../src/locales/${locale}/index.ts`)) as { default: object }
  const { lazy } = (await import(`../../../src/locales/${locale}/lazy.ts`)) as { lazy: Record<string, () => Promise<{ default: object }>> }
  const areas = await Promise.all(Object.entries(lazy).map(async ([area, load]) => [area, (await load()).default] as const))
  return new Map(flat({ ...core.default, ...Object.fromEntries(areas) }))
}

function flat(node: object, path = ''): [string, string][] {
  return Object.entries(node).flatMap(([name, value]: [string, string | object]) =>
    typeof value === 'string' ? [[path + name, value] as [string, string]] : flat(value, `${path}${name}.`))
}

/** What the H5 spells: whole keys, and templates as patterns (`crm.kinds.${kind}`). */
function spelled(): { keys: Set<string>, patterns: RegExp[] } {
  const sources = globSync('src/**/*.{ts,vue}').filter(file => !/src.locales./.test(file)).map(file => readFileSync(file, 'utf8')).join('\n')
  const keys = new Set([...sources.matchAll(/'([\w-]+(?:\.[\w-]+)+)'/g)].map(([, key]) => key!))
  const patterns = [...sources.matchAll(/`([a-z]+\.[^`]*\$\{[^`]*)`/gi)]
    .map(([, template]) => template!.replaceAll(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '*'))
    .filter(template => /^[\w.*]+$/.test(template))
    .map(template => new RegExp(`^${template.replaceAll('.', '\\.').replaceAll('*', '.+')}$`))
  return { keys, patterns }
}

const placeholders = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!))].sort()

describe('texts of the H5', async () => {
  const [zh, en] = await Promise.all([textsOf('zh-CN'), textsOf('en-US')])

  it('are there in both languages, with the same placeholders', () => {
    expect([...en.keys()].sort()).toEqual([...zh.keys()].sort())
    const differing = [...zh].filter(([key, text]) => placeholders(text).join() !== placeholders(en.get(key) ?? '').join()).map(([key]) => key)
    expect(differing).toEqual([])
  })

  it('are all shown somewhere', () => {
    const { keys, patterns } = spelled()
    expect([...zh.keys()].filter(key => !keys.has(key) && !patterns.some(pattern => pattern.test(key)))).toEqual([])
  })
})
