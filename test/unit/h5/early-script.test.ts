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

interface Device {
  /** What the browser keeps under crm:lastAccount; an Error refuses storage. */
  lastAccount?: string | Error
  base?: string
  userAgent?: string
  /** HTTP status of GET api/session; no answer unless told. */
  session?: number
  sdk?: string
}

/** Runs index.html's inline script as the browser would at that address. */
function open(address: string, { lastAccount, base = '/', userAgent = 'Safari', session, sdk }: Device = {}) {
  const order: string[] = []
  const links: { rel?: string, href?: string }[] = []
  const page = { __early: undefined as Early | undefined, fetch: true }
  let shown = address
  runInNewContext(script, {
    URL,
    location: { href: address },
    window: page,
    navigator: { userAgent },
    addEventListener: () => {},
    localStorage: {
      getItem: (key: string) => {
        if (lastAccount instanceof Error)
          throw lastAccount
        return key === 'crm:lastAccount' ? (lastAccount ?? null) : null
      },
    },
    document: {
      baseURI: new URL(base, address).href,
      querySelector: () => (sdk ? { content: sdk } : null),
      createElement: () => ({}),
      head: { appendChild: (link: object) => links.push(link) },
    },
    history: {
      state: null,
      replaceState: (_state: unknown, _title: string, url: string) => {
        shown = new URL(url, address).href
        order.push('url')
      },
    },
    fetch: (path: string) => {
      order.push(path)
      return session && path === 'api/session' ? Promise.resolve({ status: session }) : new Promise(() => {})
    },
  })
  return { early: page.__early, shown, order, links }
}

describe('the inline script of index.html', () => {
  it('is the only one', () => {
    expect(scripts).toHaveLength(1)
    expect(html).not.toMatch(/\son\w+=/)
  })

  it.each(['code=abc&state=fixed', 'authCode=abc&state=fixed', 'code=a&authCode=b&state=c'])(
    'takes %s out of the URL before asking anything',
    (query) => {
      const { early, shown, order } = open(`https://crm.example.com/customers/1?${query}&corpId=ding1&dd_full_screen=true#notes`)
      expect(shown).toBe('https://crm.example.com/customers/1?corpId=ding1&dd_full_screen=true#notes')
      expect(early?.foreignCode).toBe(true)
      expect(order).toEqual(['url', 'api/session', 'api/bootstrap'])
    },
  )

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

  it.each([
    ['/', '/', true],
    ['/?corpId=ding1', '/', true],
    ['/sales/', '/sales/', true],
    ['/customers', '/', false],
    ['/', '/sales/', false],
  ])('at %s below %s asks for the workbench: %s', (path, base, asked) => {
    const { order } = open(`https://crm.example.com${path}`, { base, lastAccount: 'zhang' })
    expect(order.includes('api/crm/today')).toBe(asked)
  })

  it('asks for no overview where nobody was logged in before or storage is refused', () => {
    for (const device of [{}, { lastAccount: new Error('SecurityError') }])
      expect(open('https://crm.example.com/', device).order).toEqual(['api/session', 'api/bootstrap'])
  })

  const client = 'Mozilla/5.0 (iPhone) AliApp(DingTalk/7.6.0)'
  it.each([
    ['the client without a session', { userAgent: client, session: 401, sdk: './assets/sdk-1a2b.js' }, ['./assets/sdk-1a2b.js']],
    ['the client with one', { userAgent: client, session: 200, sdk: './assets/sdk-1a2b.js' }, []],
    ['a browser', { session: 401, sdk: './assets/sdk-1a2b.js' }, []],
    ['development, which has no chunks', { userAgent: client, session: 401 }, []],
    [
      'a client with refused storage',
      { userAgent: client, session: 401, sdk: './assets/sdk-1a2b.js', lastAccount: new Error('SecurityError') },
      ['./assets/sdk-1a2b.js'],
    ],
  ])('preloads the SDK where a login is needed: %s', async (_, device, preloaded) => {
    const { links } = open('https://crm.example.com/', device)
    await new Promise(resolve => setImmediate(resolve))
    expect(links.map(({ rel, href }) => [rel, href])).toEqual(preloaded.map(href => ['modulepreload', href]))
  })
})
