import type { AuthScopes } from '../../../dingtalk/index.ts'
import type { Check } from '../patient.ts'
import { explain } from '../../../dingtalk/index.ts'
import { attempt } from '../attempt.ts'
import { dependsOn, moment, refusedThen, text } from '../finding.ts'
import { places } from '../places.ts'

/** More seconds than this, and a signature or an event's time stamp may be refused. */
const clockToleranceSeconds = 60

const credentials: Check = ({ dingtalk, signal }) =>
  attempt(
    text('用 Client ID 和 Client Secret 向钉钉换取应用凭证', 'Asked DingTalk for an app token with the Client ID and the Client Secret'),
    () => dingtalk.token.get(signal),
    () => ({ result: 'ok', answered: text('已取得 access_token', 'An access_token'), means: text('这两项正确。', 'Both are right.') }),
  )

const clock: Check = async ({ lastCall }, ask) => {
  await ask('credentials')
  const tried = text('对比钉钉回答里的时间 (Date) 与本服务器的时间', 'Compared the time in DingTalk\'s answer (Date) with this server\'s')
  const date = lastCall()?.date
  if (date === undefined)
    return { finding: { result: 'untried', tried, means: text('没有收到钉钉的回答，无法比较。', 'DingTalk did not answer, so there is nothing to compare with.') } }
  const apart = Math.round((Date.now() - date) / 1000)
  const answered = text(`${moment(new Date(date))}，相差 ${Math.abs(apart)} 秒`, `${moment(new Date(date))}, ${Math.abs(apart)} seconds apart`)
  if (Math.abs(apart) <= clockToleranceSeconds)
    return { finding: { result: 'ok', tried, answered, means: text('时间一致。', 'The clocks agree.') } }
  return {
    finding: {
      result: 'failed',
      tried,
      answered,
      means: text(`本服务器的时间${apart > 0 ? '快' : '慢'}了，页面签名和登录可能失败。`, `This server\'s clock is ${apart > 0 ? 'ahead' : 'behind'}; page signatures and logins may fail.`),
      fix: text('在服务器上启用时间同步 (NTP)，例如 systemd-timesyncd 或 chrony。', 'Enable time synchronisation (NTP) on the server, for example systemd-timesyncd or chrony.'),
      where: text('运行本系统的服务器', 'The server this system runs on'),
    },
  }
}

const corp: Check = async ({ dingtalk, credentials: { corpId }, signal }, ask) => {
  if ((await ask('credentials')).value === undefined)
    return { finding: dependsOn('credentials') }
  return attempt(
    text(`用同一凭证，在企业 ${corpId} 中换取应用凭证`, `Asked for an app token in the company ${corpId} with the same credentials`),
    () => dingtalk.token.checkCorp(signal),
    () => ({ result: 'ok', answered: text('已取得 access_token', 'An access_token'), means: text('应用属于这家企业。', 'The app belongs to this company.') }),
  )
}

const tokenOld: Check = async ({ dingtalk, signal }, ask) => {
  if ((await ask('credentials')).value === undefined)
    return { finding: dependsOn('credentials') }
  const outcome = await attempt<AuthScopes>(
    text('用应用凭证读取通讯录授权范围 (auth/scopes)', 'Read the authorized scope with the app token (auth/scopes)'),
    () => dingtalk.contacts.authScopes({ signal, priority: 'interactive' }),
    () => ({ result: 'ok', answered: text('成功', 'Success'), means: text('旧版接口接受了应用凭证。', 'The old APIs accept the app token.') }),
  )
  return isIp(outcome.error) ? { finding: dependsOn('egressIp'), error: outcome.error } : outcome
}

const tokenNew: Check = async ({ dingtalk, signal }, ask) => {
  if ((await ask('credentials')).value === undefined)
    return { finding: dependsOn('credentials') }
  const outcome = await attempt(
    text('用应用凭证申请 jsapi_ticket (oauth2/jsapiTickets)', 'Asked for a jsapi_ticket with the app token (oauth2/jsapiTickets)'),
    () => dingtalk.tickets.jsapiTicket(signal),
    () => ({ result: 'ok', answered: text('成功', 'Success'), means: text('新版接口接受了应用凭证。', 'The new APIs accept the app token.') }),
  )
  return isIp(outcome.error) ? { finding: dependsOn('egressIp'), error: outcome.error } : outcome
}

/** DingTalk names our address only when it refuses it; a call it accepts proves that the list fits (dingtalk-server-api §8.5). */
const egressIp: Check = async ({ sightings }, ask) => {
  if ((await ask('credentials')).value === undefined)
    return { finding: dependsOn('credentials') }
  const [old, fresh] = [await ask('tokenOld'), await ask('tokenNew')]
  const tried = text('从本服务器调用需要检查 IP 的接口', 'Made calls that DingTalk checks the address of')
  const error = [old.error, fresh.error].find(isIp)
  if (error) {
    const [zh, en] = [explain(error, 'zh-CN'), explain(error, 'en-US')]
    return {
      finding: {
        result: 'failed',
        tried,
        answered: text(`${error.reason}：${error.text}`, `${error.reason}: ${error.text}`),
        means: text(zh.cause, en.cause),
        fix: text(zh.fix, en.fix),
        where: places.egressIp,
        code: error.reason,
        requestId: error.requestId,
      },
      error,
    }
  }
  if (old.value === undefined && fresh.value === undefined)
    return { finding: dependsOn('tokenOld') }
  const known = sightings.get('egressIp')?.failed?.ip
  return {
    finding: {
      result: 'ok',
      tried,
      answered: text('成功', 'Success'),
      means: text(
        `本服务器的出口 IP 在名单里${known ? `（钉钉之前看到的是 ${known}）` : ''}。`,
        `The list has this server\'s egress IP${known ? ` (DingTalk last named ${known})` : ''}.`,
      ),
    },
    value: true,
  }
}

function isIp(error: { reason: string } | undefined): boolean {
  return error !== undefined && ['60020', 'Forbidden.AccessDenied.IpNotInWhiteList'].includes(error.reason)
}

const jsapiTicket: Check = async ({ dingtalk, credentials: { agentId }, publicUrl, configuredUrl, stored, sightings, signal }, ask) => {
  const ticket = await ask<string>('tokenNew')
  if (ticket.value === undefined)
    return { finding: dependsOn('tokenNew') }
  if (!agentId)
    return { finding: dependsOn('agentId') }
  const outcome = await attempt(
    text('用 jsapi_ticket 为首页地址签名', 'Signed the homepage\'s address with the jsapi_ticket'),
    () => dingtalk.tickets.config(`${publicUrl}/`, signal),
    () => ({
      result: 'manual',
      answered: text('票据有效，签名已生成', 'The ticket is valid; a signature was made'),
      means: text('票据没问题；签名对不对，只有钉钉客户端打开页面时才会核对。', 'The ticket is fine; whether the signature is right only DingTalk\'s client can tell, when it opens a page.'),
      about: [agentId, publicUrl],
      manual: text(
        '用手机钉钉扫“在钉钉内登录”里的二维码：打开的页面会自动核对签名并报告结果。',
        'Scan the code of "Login inside DingTalk" with DingTalk: the page that opens tries the signature and reports the result.',
      ),
    }),
  )
  if (outcome.error || !stored)
    return outcome
  const known = sightings.get('jsapi')
  const verdict = text('查看钉钉客户端最近一次核对签名 (dd.config) 的结果', 'Looked at what DingTalk\'s client last said of a signature (dd.config)')
  if (known?.failed && known.failedAt && known.failed.agentId === agentId && (!known.okAt || known.failedAt > known.okAt)) {
    const told = refusedThen(verdict, known.failed, known.failedAt)
    // No answer is no refusal: it stays to be seen.
    return { finding: known.failed.reason === 'jsapi_no_answer' ? { ...outcome.finding, ...told, result: 'manual' } : { ...told, manual: outcome.finding.manual } }
  }
  if (known?.okAt && known.ok.agentId === agentId && (!configuredUrl || known.ok.url === configuredUrl)) {
    return {
      finding: {
        result: 'seen',
        tried: verdict,
        answered: text('签名通过 (dd.ready)', 'The signature was accepted (dd.ready)'),
        means: text('选人、扫名片、定位等手机功能可以鉴权。', 'Phone features such as choosing people, scanning cards and location can be authenticated.'),
        seenAt: known.okAt,
      },
    }
  }
  return outcome
}

/** Credentials, network, and both families of APIs. */
export const appChecks = { credentials, clock, corp, egressIp, tokenNew, tokenOld, jsapiTicket }
