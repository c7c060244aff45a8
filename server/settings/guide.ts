import type { Guide } from '#contract/connection.ts'
import type { Locale, Text } from '../http/locale.ts'
import type { StoredDingTalk } from './store.ts'
import { permissions } from '../dingtalk/index.ts'
import { text } from './doctor/finding.ts'
import { places } from './doctor/places.ts'

interface Given {
  stored: Pick<StoredDingTalk, 'corpId' | 'clientId'>
  /** Where users reach this server. */
  base: string
  /** DingTalk's login host. */
  loginBase: string
  egressIp: Guide['egressIp']
  locale: Locale
}

interface Copy { id: string, label: Text, text: string, where: Text, note?: Text }

/** DingTalk's console page for a permission, in the form its own error messages use (dingtalk-server-api §1.7). */
function permissionLink(clientId: string | null, code: string | undefined): string | null {
  return clientId && code ? `https://open-dev.dingtalk.com/appscope/apply?content=${encodeURIComponent(`${clientId}#${code}`)}` : null
}

/** What the guide shows: exactly what is to be pasted where, and every permission point (README, the seven steps). */
export function buildGuide({ stored: { corpId, clientId }, base, loginBase, egressIp, locale }: Given): Guide {
  const oauthHomepage = `${loginBase}/oauth2/auth?${new URLSearchParams({
    redirect_uri: `${base}/`,
    response_type: 'code',
    client_id: clientId ?? '',
    scope: 'openid',
    state: 'dingtalk',
    prompt: 'consent',
  })}`
  const keep = text('$CORPID$ 原样保留，钉钉打开时会替换它', 'Keep $CORPID$ as it is; DingTalk replaces it when the app is opened')
  const fixed = text('没有 $CORPID$ 的写法；固定的 state 不会被信任，会重新走一次自己的登录', 'The form without $CORPID$; its fixed state is never trusted, a login of our own begins')
  const copies: Copy[] = [
    { id: 'mobileHomepage', label: text('移动端首页地址', 'Homepage for mobile'), text: `${base}/?corpId=$CORPID$`, where: places.webApp, note: keep },
    { id: 'pcHomepage', label: text('PC 端首页地址', 'Homepage for PC'), text: `${base}/?corpId=$CORPID$`, where: places.webApp, note: keep },
    ...(clientId
      ? [
          { id: 'mobileHomepageFixed', label: text('移动端首页地址（另一种写法）', 'Homepage for mobile (other form)'), text: oauthHomepage, where: places.webApp, note: fixed },
          { id: 'pcHomepageFixed', label: text('PC 端首页地址（另一种写法）', 'Homepage for PC (other form)'), text: oauthHomepage, where: places.webApp, note: fixed },
        ]
      : []),
    {
      id: 'redirectUrl',
      label: text('重定向 URL（回调域名）', 'Redirect URL (回调域名)'),
      text: `${base}/api/session/oauth/callback,${base}/`,
      where: places.redirectUrl,
      note: text('两个地址用英文逗号分开，整段粘贴', 'Two addresses with a comma between; paste all of it'),
    },
    {
      id: 'shareCallback',
      label: text('分享设置的回调（旧版控制台）', 'Callback of 分享设置 (older consoles)'),
      text: base,
      where: places.share,
      note: text('也可以填 https://login.dingtalk.com', 'https://login.dingtalk.com works as well'),
    },
  ]
  const word = (said: Text | undefined) => said?.[locale] ?? null
  return {
    copies: copies.map(({ id, label, text: value, where, note }) => ({ id, label: label[locale], text: value, where: where[locale], note: word(note) })),
    permissions: permissions.map(({ code, name, neededFor, need }) => ({
      code: code ?? null,
      name,
      neededFor: locale === 'zh-CN' ? neededFor.zh : neededFor.en,
      need,
      link: permissionLink(clientId, code),
    })),
    egressIp,
    // Marked: opened from here, the page says nothing about the homepage in the console.
    openUrl: `${base}/?${new URLSearchParams({ ...(corpId && { corpId }), via: 'qr' })}`,
  }
}
