import type { SandboxPlatform } from '../../types.ts'
import type { Device } from '../device-store.ts'
import { randomBytes } from 'node:crypto'
import { isDesktop } from '../devices.ts'
import { readDingTalkLink } from './dingtalk-links.ts'

export type Surface = 'page' | 'slide' | 'modal' | 'external'

/** Where a link leads on one device: a URL for the browser to load, or why nothing opens. */
export type Opening = { surface: Surface, url: string } | { surface: 'invalid', reason: string }

/** What opened the link: the same address means different things in a message, in openLink and in a page. */
export type Opener = 'workbench' | 'message' | 'openLink' | 'page'

export interface LinkMap {
  /** Resolves any address the client understands (dingtalk-jsapi §7, dingtalk-server-api §5.4). */
  resolve: (device: Device, link: string, opener: Opener) => Opening
  /** The homepage as the workbench opens it: with `$CORPID$` replaced, unless the device's mode says otherwise. */
  home: (device: Device) => Opening
  /** The address a page has outside this container. */
  outside: (device: Device, url: string) => string
}

interface LinkOptions {
  platform: SandboxPlatform
  h5Url: string
  deviceOrigin: (device: Device) => string
}

export function createLinks({ platform, h5Url, deviceOrigin }: LinkOptions): LinkMap {
  const target = new URL(h5Url).origin

  function isOurs(url: URL): boolean {
    const { mobileHomepage, pcHomepage } = platform.app()
    return [h5Url, mobileHomepage, pcHomepage].some(own => URL.canParse(own) && sameOrigin(new URL(own), url))
  }

  /** Our own pages are loaded through the device's hostname, foreign ones as they are. */
  function inside(device: Device, url: URL): string {
    if (url.origin === deviceOrigin(device))
      return url.href
    return isOurs(url) ? `${deviceOrigin(device)}${url.pathname}${url.search}${url.hash}` : url.href
  }

  function resolve(device: Device, link: string, opener: Opener): Opening {
    const read = readDingTalkLink(link, { app: platform.app(), desktop: isDesktop(device.kind) })
    if (read) {
      return 'reason' in read ? { surface: 'invalid', reason: read.reason } : load(device, read.url, read.surface)
    }
    const plain = opener === 'page' || opener === 'workbench' || !isDesktop(device.kind) || (opener === 'openLink' && device.mode.linksInside)
    return load(device, link, plain ? 'page' : 'external')
  }

  function load(device: Device, link: string, surface: Surface): Opening {
    const base = deviceOrigin(device)
    if (!URL.canParse(link, base))
      return { surface: 'invalid', reason: `无法识别的链接：${link}` }
    const url = new URL(link, base)
    if (!/^https?:$/.test(url.protocol))
      return { surface: 'invalid', reason: `无法识别的链接：${link}` }
    const granted = silentGrant(url)
    if (granted)
      return load(device, granted, surface)
    // The system browser is not this client: it gets the app's real address.
    if (surface === 'external') {
      return { surface, url: url.origin === base ? `${target}${url.pathname}${url.search}${url.hash}` : url.href }
    }
    return { surface, url: inside(device, url) }
  }

  return {
    resolve,
    home(device) {
      const { mobileHomepage, pcHomepage, corpId } = platform.app()
      const homepage = isDesktop(device.kind) ? pcHomepage : mobileHomepage
      if (!homepage)
        return { surface: 'invalid', reason: '应用没有配置首页地址' }
      const replaced = device.mode.corpId === 'replaced'
      return resolve(device, replaced ? homepage.replaceAll('$CORPID$', corpId) : homepage, 'workbench')
    },
    outside(device, url) {
      const origin = deviceOrigin(device)
      return url.startsWith(origin) ? target + url.slice(origin.length) : url
    },
  }
}

/** On this machine `localhost` and `127.0.0.1` are one address. */
function sameOrigin(a: URL, b: URL): boolean {
  const name = (url: URL): string => url.origin.replace('//127.0.0.1', '//localhost')
  return name(a) === name(b)
}

/**
 * A homepage may be DingTalk's own sign-in page; inside the client it grants without asking and comes back with
 * a code and the fixed state. The code is a random word: no page of the app may exchange one it did not ask for.
 */
function silentGrant(url: URL): string | undefined {
  const redirect = url.searchParams.get('redirect_uri')
  if (url.hostname !== 'login.dingtalk.com' || url.pathname !== '/oauth2/auth' || !redirect || !URL.canParse(redirect))
    return undefined
  const back = new URL(redirect)
  const code = randomBytes(16).toString('hex')
  back.searchParams.set('code', code)
  back.searchParams.set('authCode', code)
  back.searchParams.set('state', url.searchParams.get('state') ?? '')
  return back.href
}
