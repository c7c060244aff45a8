import type { ContainerGlobals } from '../detect.ts'
import type { Sdk } from '../types.ts'
import type { Access } from './access.ts'
import type { Destination } from './maps.ts'
import type { Card, Place } from './types.ts'
import { request } from '../../api/index.ts'
import { detectContainer } from '../detect.ts'
import { ContainerError, toContainerError } from '../errors.ts'
import { loadOnce } from '../load.ts'
import { withTimeout } from '../timeout.ts'
import { createAccess } from './access.ts'
import { readCard, readPeople, readPlace, readScan } from './answers.ts'
import { browserPlace } from './geolocation.ts'
import { mapLink } from './maps.ts'

export type { Destination } from './maps.ts'
export type { Card, Place } from './types.ts'
export { parseCard } from './vcard.ts'

/** Milliseconds: what only shows something; the satellites; what waits for a person. */
const limits = { show: 5000, place: 20_000, person: 600_000 }

export interface PhoneOptions {
  globals?: ContainerGlobals
  loadSdk?: () => Promise<Sdk>
  access?: Access
  browser?: {
    navigator: Partial<Pick<Navigator, 'geolocation' | 'share'>>
    open: (url: string) => unknown
  }
}

/** One grant per page load, whoever asks. */
let pageAccess: Access | undefined
function ownAccess(): Access {
  pageAccess ??= createAccess(
    url => request('POST /api/jsapi/config', { body: { url } }),
    () => location.href.split('#')[0] ?? location.href,
    // Nobody waits for it, and the person it happens to can do nothing about it.
    verdict => void request('POST /api/jsapi/verdict', { body: verdict }).catch(() => {}),
  )
  return pageAccess
}

/**
 * What a phone can do for a salesperson, through the DingTalk client where there is one and by the
 * browser's own means where that is possible; `can` says beforehand what makes sense to offer.
 * Every ability throws a ContainerError; `cancelled` is nothing to complain about.
 */
export function usePhone(options: PhoneOptions = {}) {
  const { globals = window, loadSdk = loadOnce, access = ownAccess(), browser = { navigator: window.navigator, open: url => window.open(url, '_blank', 'noopener') } } = options
  const { inContainer, platform } = detectContainer(globals)
  const phone = inContainer && platform === 'phone'

  async function client(): Promise<Sdk> {
    if (!inContainer)
      throw new ContainerError('notInDingTalk', '4040', 'not inside a DingTalk client')
    return loadSdk()
  }

  /** The SDK with dd.config done, and the ids of the company. */
  async function granted() {
    const sdk = await client()
    return { sdk, app: await access.grant(sdk) }
  }

  async function openLink(url: string): Promise<void> {
    if (!inContainer) {
      browser.open(url)
      return
    }
    const sdk = await client()
    await withTimeout(() => sdk.openLink({ url }), limits.show)
  }

  return {
    inContainer,

    /** Asks for nothing but the permission: whether the client accepts our signature. @throws ContainerError or ApiError */
    tryAccess: () => granted().then(() => {}),

    can: {
      locate: phone || Boolean(browser.navigator.geolocation),
      scanCard: phone,
      scan: phone,
      choosePeople: inContainer,
      chat: inContainer,
    },
    openLink,

    /** Where this phone is. @throws ContainerError `denied` when that may not be known */
    async locate(): Promise<Place> {
      if (!phone)
        return browserPlace(browser.navigator.geolocation, limits.place)
      const { sdk } = await granted()
      try {
        return readPlace(await withTimeout(() => sdk.getLocation(), limits.place))
      }
      catch (error) {
        const known = toContainerError(error)
        // 11: no location permission, for this method (dingtalk-jsapi §2.8).
        throw known.code === '11' || known.code === '7' ? new ContainerError('denied', known.code, known.message) : known
      }
    },

    /** Shows a place on the map, from where every map app navigates. */
    async showOnMap(destination: Destination): Promise<void> {
      const { latitude, longitude, datum, title, address } = destination
      // The client's own map knows 高德's coordinates alone; elsewhere it would show a place hundreds of metres off.
      if (phone && !datum && typeof latitude === 'number' && typeof longitude === 'number') {
        try {
          const { sdk } = await granted()
          await withTimeout(() => sdk.openLocation({ latitude, longitude, title, address }), limits.show)
          return
        }
        catch {
          // Without the native map the web's does.
        }
      }
      await openLink(mapLink(destination))
    },

    /** The text of a QR code. */
    async scan(): Promise<string> {
      const sdk = await client()
      return readScan(await withTimeout(() => sdk.scan(), limits.person))
    },

    /** A paper business card, read by the client's camera. */
    async scanCard(): Promise<Card> {
      const { sdk } = await granted()
      return readCard(await withTimeout(() => sdk.scanCard(), limits.person))
    },

    /** Colleagues by DingTalk's own picker: userids, of whom some may have no account here. */
    async choosePeople(wanted: { title: string, limitTips: string, multiple: boolean, max: number, picked?: string[] }): Promise<{ userid: string, name: string }[]> {
      const { sdk, app } = await granted()
      const { title, limitTips, multiple, max, picked = [] } = wanted
      const answer = await withTimeout(
        () => sdk.choosePeople({ corpId: app.corpId, appId: app.agentId, title, limitTips, multiple, maxUsers: max, pickedUsers: picked }),
        limits.person,
      )
      return readPeople(answer)
    },

    /** A colleague's chat; the PC client has no such call, so there it is the profile, from which one can write (§6). */
    async openChat(userId: string): Promise<void> {
      const { sdk, app } = await granted()
      const call = phone ? sdk.openChat : sdk.openProfile
      await withTimeout(() => call({ corpId: app.corpId, userId }), limits.show)
    },

    /** Offers an address to others. @returns false when there is no way but copying it */
    async share(what: { url: string, title: string, content: string }): Promise<boolean> {
      if (inContainer) {
        const sdk = await client()
        await withTimeout(() => sdk.share(what), limits.person)
        return true
      }
      if (typeof browser.navigator.share !== 'function')
        return false
      await browser.navigator.share({ url: what.url, title: what.title, text: what.content }).catch((error: unknown) => {
        throw error instanceof Error && error.name === 'AbortError' ? new ContainerError('cancelled', 'abort', error.message) : toContainerError(error)
      })
      return true
    },
  }
}

export type Phone = ReturnType<typeof usePhone>
