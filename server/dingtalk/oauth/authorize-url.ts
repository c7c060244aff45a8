/** What the authorization page is asked for (dingtalk-server-api §3.1). */
export interface AuthorizeRequest {
  /** Must match a registered 重定向URL（回调域名）. */
  redirectUri: string
  /** Comes back unchanged; the caller binds it to the browser. */
  state: string
  /** Also ask which company the person acts for; costs an extra choice on the page. Default false. */
  withCorp?: boolean
  /** `consent` shows the consent page, which is required by the documentation. Default. */
  prompt?: string
}

/** The URL of DingTalk's authorization page. `login` is its base URL, `corpId` preselects our company. */
export function authorizeUrl(login: string, clientId: string, corpId: string, request: AuthorizeRequest): string {
  const query: [string, string][] = [
    ['redirect_uri', request.redirectUri],
    ['response_type', 'code'],
    ['client_id', clientId],
    ['scope', request.withCorp ? 'openid corpid' : 'openid'],
    ['state', request.state],
    ['prompt', request.prompt ?? 'consent'],
    // meaningful only with scope corpid
    ...(request.withCorp ? ([['corpId', corpId]] satisfies [string, string][]) : []),
  ]
  // not URLSearchParams: it writes the space in the scope as "+", DingTalk documents %20
  return `${login}/oauth2/auth?${query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`
}
