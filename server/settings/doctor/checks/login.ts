import type { Text } from '../../../http/locale.ts'
import type { Finding } from '../finding.ts'
import type { Check, Patient } from '../patient.ts'
import { loginFailedSince } from '../../sightings/index.ts'
import { notSaved, refusedThen, text } from '../finding.ts'
import { places } from '../places.ts'

const switchedOff: Finding = {
  result: 'untried',
  idle: true,
  tried: text('没有尝试', 'Not tried'),
  means: text('这种登录方式已在设置里关闭。', 'This way to log in is switched off in the settings.'),
}

const unsaved = notSaved(text('登录', 'logins'))

/** What a login of somebody, somewhere, has shown; never what one ought to show. */
function seen(kind: 'loginCode' | 'browserLogin', tried: Text, { works, open }: { works: Text, open: Omit<Finding, 'tried' | 'result'> }): (patient: Patient) => Finding {
  return ({ sightings }) => {
    const known = sightings.get(kind)
    const since = loginFailedSince(known)
    if (since)
      return { ...refusedThen(tried, since.failed, since.at), action: open.action }
    if (known?.okAt)
      return { result: 'seen', tried, means: works, seenAt: known.okAt, action: open.action }
    return { result: 'manual', tried, ...open }
  }
}

const codeLogin = seen('loginCode', text('查看最近一次在钉钉内的登录', 'Looked at the last login inside DingTalk'), {
  works: text('有人在钉钉内登录成功。', 'Somebody logged in inside DingTalk.'),
  open: {
    means: text('还没有人在钉钉内登录过；登录码只能由钉钉客户端发出，从这里试不了。', 'Nobody has logged in inside DingTalk yet; only DingTalk\'s client issues login codes, so it cannot be tried from here.'),
    manual: text('用手机钉钉扫下面的二维码，或从工作台打开 CRM；登录成功后这里会自动显示。', 'Scan the code below with DingTalk, or open the CRM from the workbench; a successful login shows here by itself.'),
    where: text('手机或电脑上的钉钉', 'DingTalk on a phone or computer'),
    action: 'openInDingTalk',
  },
})

const oauthLogin = seen('browserLogin', text('查看最近一次浏览器登录', 'Looked at the last login in the browser'), {
  works: text('有人在浏览器登录成功，所以 open_app_api_base 和 Contact.User.Read 已开通。', 'Somebody logged in with the browser, so open_app_api_base and Contact.User.Read are enabled.'),
  open: {
    means: text('还没有人在浏览器登录过；需要一个真人在钉钉的登录页确认，从这里试不了。', 'Nobody has logged in with the browser yet; a person has to confirm on DingTalk\'s page, so it cannot be tried from here.'),
    manual: text('点“试一次浏览器登录”，在钉钉的页面上确认；成功或失败的原因都会显示在这里。', 'Choose "Try the browser login" and confirm on DingTalk\'s page; success, or why it failed, shows here.'),
    where: text('浏览器', 'A browser'),
    action: 'browserLogin',
  },
})

const loginCode: Check = async (patient) => {
  if (!patient.stored)
    return { finding: unsaved }
  return { finding: patient.logins.dingtalk ? codeLogin(patient) : switchedOff }
}

const browserLogin: Check = async (patient) => {
  if (!patient.stored)
    return { finding: unsaved }
  return { finding: patient.logins.browser ? oauthLogin(patient) : switchedOff }
}

const redirectUrl: Check = async ({ stored, logins, sightings, publicUrl }) => {
  if (!stored)
    return { finding: unsaved }
  if (!logins.browser)
    return { finding: switchedOff }
  const url = `${publicUrl}/api/session/oauth/callback`
  const known = sightings.get('oauthCallback')
  const tried = text(`查看钉钉最近一次跳转回 ${url}`, `Looked when DingTalk last sent somebody back to ${url}`)
  if (known?.okAt && known.ok.url === url)
    return { finding: { result: 'seen', tried, means: text('钉钉把人带回来过，所以重定向 URL 已登记。', 'DingTalk sent somebody back, so the redirect URL is registered.'), seenAt: known.okAt, action: 'browserLogin' } }
  return {
    finding: {
      result: 'manual',
      tried,
      means: text('还没有人从钉钉的登录页跳转回来；是否登记只有钉钉知道。', 'Nobody has come back from DingTalk\'s login page yet; only DingTalk knows what is registered.'),
      fix: text(`在重定向 URL 里填写 ${url},${publicUrl}/`, `Register ${url},${publicUrl}/ as redirect URL.`),
      where: places.redirectUrl,
      about: [url],
      manual: text('在安全设置里核对后确认，或者试一次浏览器登录。', 'Compare it under 安全设置 and confirm, or try the browser login.'),
      action: 'browserLogin',
    },
  }
}

/** What only people's logins can show. */
export const loginChecks = { loginCode, redirectUrl, browserLogin }
