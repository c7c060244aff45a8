import type { SandboxApp } from '../../types.ts'
import type { Surface } from './index.ts'

type Read = { url: string, surface: Surface } | { reason: string }

interface Context {
  app: SandboxApp
  desktop: boolean
}

const desktopTargets: Record<string, Surface> = { workbench: 'page', popupWindow: 'modal', panel: 'slide', slide: 'slide', browser: 'external' }

/** Reads `dingtalk://` and AppLink addresses; undefined when the link is an ordinary one. */
export function readDingTalkLink(link: string, context: Context): Read | undefined {
  if (!URL.canParse(link))
    return undefined
  const url = new URL(link)
  if (url.protocol === 'dingtalk:')
    return readScheme(url, context)
  if (url.hostname === 'applink.dingtalk.com')
    return readAppLink(url, context)
  return undefined
}

function readScheme(url: URL, { app, desktop }: Context): Read {
  // `dingtalk://dingtalkclient/page/link`: some parsers count the host into the path of a non-special scheme.
  const action = `${url.host}${url.pathname}`.replace(/^\/+/, '')
  const query = url.searchParams
  if (action === 'dingtalkclient/page/link') {
    return inner(query.get('url'), desktop ? (query.get('pc_slide') === 'true' ? 'slide' : 'external') : 'page')
  }
  if (action === 'dingtalkclient/action/openapp') {
    if (query.get('corpid') !== app.corpId)
      return { reason: 'openapp 链接的 corpid 不是当前企业' }
    if (query.get('app_id') !== `0_${app.agentId}`)
      return { reason: 'openapp 链接的 app_id 不是当前应用' }
    return inner(query.get('redirect_url') ?? (desktop ? app.pcHomepage : app.mobileHomepage), 'page')
  }
  return { reason: `不支持的钉钉链接：${action}` }
}

function readAppLink(url: URL, { app, desktop }: Context): Read {
  const query = url.searchParams
  if (url.pathname === '/page/link')
    return inner(query.get('url'), surfaceOf(query, desktop, 'browser'))
  if (url.pathname !== '/page/h5_app_open')
    return { reason: `不支持的 AppLink：${url.pathname}` }
  if (query.get('appId') !== String(app.agentId) || query.get('corpId') !== app.corpId)
    return { reason: 'AppLink 的 appId 或 corpId 不是当前应用' }
  const home = desktop ? app.pcHomepage : app.mobileHomepage
  const path = query.get(desktop ? 'pathPc' : 'pathIos') ?? query.get('path')
  if (!path)
    return inner(home, surfaceOf(query, desktop, 'workbench'))
  if (!URL.canParse(path, home))
    return { reason: 'AppLink 的 path 无效' }
  return inner(new URL(path, home).href, surfaceOf(query, desktop, 'workbench'))
}

/** `ddtab=true` in the inner URL asks for the workbench (dingtalk-jsapi §7). */
function inner(url: string | null, surface: Surface): Read {
  if (!url || !URL.canParse(url))
    return { reason: '链接缺少有效的 url 参数' }
  return { url, surface: new URL(url).searchParams.get('ddtab') === 'true' ? 'page' : surface }
}

function surfaceOf(query: URLSearchParams, desktop: boolean, fallback: string): Surface {
  return desktop ? (desktopTargets[query.get('targetDesktop') ?? fallback] ?? 'external') : 'page'
}
