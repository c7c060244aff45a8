import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { chromium } from 'playwright-core'
import { findChromium } from '../../scripts/chromium.ts'

/** The system's Chromium, with what it needs to run as root and without asking the network for anything. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath)
    throw new Error('no Chrome or Chromium: set CHROME_PATH')
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

/** A page of its own (its own cookies) that fails the test when a script of it throws. */
export async function openPage(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Page & { errors: Error[] }> {
  const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', ...options })
  const page = await context.newPage()
  const errors: Error[] = []
  page.on('pageerror', error => errors.push(error))
  await page.goto(url)
  return Object.assign(page, { errors })
}

export const phone = { viewport: { width: 375, height: 812 }, hasTouch: true, isMobile: true }
export const desktop = { viewport: { width: 1280, height: 800 } }
