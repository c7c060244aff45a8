import { readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'

const html = readFileSync(new URL('../../../index.html', import.meta.url), 'utf8')
const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)]
const script = scripts[0]?.[1] ?? ''

interface Early {
  foreignCode: boolean
  corpId: string | null
}

/** Runs index.html's inline script as the browser would at that address. */
function open(address: string) {
  const order: string[] = []
  const page = { __early: undefined as Early | undefined, fetch: true }
  let shown = address
  runInNewContext(script, {
    URL,
    location: { href: address },
    window: page,
    history: {
      state: null,
      replaceState: (_state: unknown, _title: string, url: string) => {
        shown = new URL(url, address).href
        order.push('url')
      },
    },
    fetch: (path: string) => {
      order.push(path)
      return new Promise(() => {})
    },
  })
  return { early: page.__early, shown, order }
}

describe('the inline script of index.html', () => {
  it('is the only one', () => {
    expect(scripts).toHaveLength(1)
    expect(html).not.toMatch(/\son\w+=/)
  })

  it.each(['code=abc&state=fixed', 'authCode=abc&state=fixed', 'code=a&authCode=b&state=c'])('takes %s out of the URL before asking anything', (query) => {
    const { early, shown, order } = open(`https://crm.example.com/customers/1?${query}&corpId=ding1&dd_full_screen=true#notes`)
    expect(shown).toBe('https://crm.example.com/customers/1?corpId=ding1&dd_full_screen=true#notes')
    expect(early?.foreignCode).toBe(true)
    expect(order).toEqual(['url', 'api/session', 'api/bootstrap'])
  })

  it('leaves other URLs alone', () => {
    const address = 'https://crm.example.com/customers?state=won&q=%E5%BC%A0&dd_orientation=auto'
    const { early, shown, order } = open(address)
    expect(shown).toBe(address)
    expect(early?.foreignCode).toBe(false)
    expect(order).toEqual(['api/session', 'api/bootstrap'])
  })

  it.each([
    ['corpId=ding1', 'ding1'],
    ['corpid=ding1', 'ding1'],
    ['corpId=$CORPID$', null],
    ['corpId=%24CORPID%24', null],
    ['corpId=', null],
    ['', null],
  ])('reads "%s" as %s', (query, corpId) => {
    expect(open(`https://crm.example.com/?${query}`).early?.corpId).toBe(corpId)
  })
})
