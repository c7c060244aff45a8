import type { BrowserContext } from 'playwright-core'

export interface Visit {
  /** What went over the network, headers included; answers from the browser's cache do not count. */
  requests: number
  bytes: number
  apiRequests: string[]
  /** Milliseconds since navigation began: anything painted, text painted, the largest thing painted. */
  firstPaint: number
  fcp: number
  lcp: number
  /** When the awaited text was on the page. */
  usable: number
  /** Long tasks beyond 50 ms each. */
  blocking: number
}

interface Marks {
  lcp: number
  usable: number
  blocking: number
}

/** Lighthouse's slow phone: the published figures were taken with it. */
const slow = { cpu: 4, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8, offline: false }

/** Milliseconds without a request after which a page has said all it wanted. */
const quietMs = 1500

/** Opens `url` on a slow phone and waits until `text` is on it and the network is quiet. */
export async function visit(context: BrowserContext, url: string, text: string): Promise<Visit> {
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', slow)
  await session.send('Emulation.setCPUThrottlingRate', { rate: slow.cpu })

  const fromNetwork = new Map<string, string>()
  let bytes = 0
  let lastAt = performance.now()
  session.on('Network.responseReceived', ({ requestId, response }) => {
    if (!response.fromDiskCache && !response.fromPrefetchCache && response.url.startsWith('http'))
      fromNetwork.set(requestId, response.url)
    lastAt = performance.now()
  })
  session.on('Network.requestServedFromCache', ({ requestId }) => void fromNetwork.delete(requestId))
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (fromNetwork.has(requestId))
      bytes += encodedDataLength
    lastAt = performance.now()
  })

  await page.addInitScript(observe, text)
  await page.goto(url)
  await page.waitForFunction(() => (window as unknown as { benchMarks: Marks }).benchMarks.usable > 0, undefined, { polling: 100 })
  while (performance.now() - lastAt < quietMs) await page.waitForTimeout(100)
  const marks = await page.evaluate(() => ({
    ...(window as unknown as { benchMarks: Marks }).benchMarks,
    firstPaint: performance.getEntriesByName('first-paint')[0]?.startTime ?? Number.NaN,
    fcp: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
  }))
  await page.close()
  const urls = [...fromNetwork.values()].map(found => new URL(found))
  return { ...marks, requests: urls.length, bytes, apiRequests: urls.map(({ pathname }) => pathname).filter(path => path.startsWith('/api/')) }
}

/** Runs in the page, before its scripts. */
function observe(text: string): void {
  const marks: Marks = { lcp: Number.NaN, usable: 0, blocking: 0 }
  Object.assign(window, { benchMarks: marks })
  new PerformanceObserver(list => list.getEntries().forEach(entry => (marks.lcp = entry.startTime))).observe({
    type: 'largest-contentful-paint',
    buffered: true,
  })
  new PerformanceObserver(list => list.getEntries().forEach(entry => (marks.blocking += Math.max(0, entry.duration - 50)))).observe({
    type: 'longtask',
    buffered: true,
  })
  const watch = new MutationObserver(() => {
    if (!document.body?.textContent?.includes(text))
      return
    watch.disconnect()
    marks.usable = performance.now()
  })
  watch.observe(document, { childList: true, subtree: true, characterData: true })
}
