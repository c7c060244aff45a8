import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { MockState } from './mock-crm.ts'
import { launchBrowser } from '../../support/browser.ts'
import { mockApi } from './mock-api.ts'
import { mockCrm } from './mock-crm.ts'
import { serveBuild } from './static-server.ts'

export interface TestPage extends Page {
  /** `GET /api/...` requests sent so far, oldest first, without their origin. */
  asked: string[]
  /** What scripts of the page threw. */
  errors: Error[]
}

/** The H5 as it was built, and a browser to look at it with the mock API. */
export async function startH5() {
  const server = await serveBuild('dist')
  const browser: Browser = await launchBrowser()

  async function open(path: string, state: MockState, options: BrowserContextOptions = {}): Promise<TestPage> {
    const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', ...options })
    const page = await context.newPage()
    const asked: string[] = []
    const errors: Error[] = []
    page.on('request', (request) => {
      const url = new URL(request.url())
      if (request.method() === 'GET' && url.pathname.startsWith('/api/'))
        asked.push(url.pathname + url.search)
    })
    page.on('pageerror', error => errors.push(error))
    await mockApi(page, mockCrm(state))
    await page.goto(server.url + path)
    return Object.assign(page, { asked, errors })
  }

  async function close() {
    await browser.close()
    await server.close()
  }

  return { open, close }
}

/** Pixels by which the page is wider than the window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
}
