import type { Check, Patient } from '../patient.ts'
import { z } from 'zod'
import { text } from '../finding.ts'
import { places } from '../places.ts'

const answerMs = 5000
const bootstrap = z.object({ clientId: z.string().nullable() })

/** Hosts of this machine: fine for trying, out of everybody else's reach. */
const local = /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\])$/

type Answered = { ok: true } | { ok: false, said: string, certificate: boolean }

/** Asks our own configured address, nothing else, and follows nobody anywhere. */
async function knock(url: string, clientId: string, signal: AbortSignal): Promise<Answered> {
  try {
    const answer = await fetch(`${url}/api/bootstrap`, { redirect: 'manual', headers: { accept: 'application/json' }, signal: AbortSignal.any([signal, AbortSignal.timeout(answerMs)]) })
    if (answer.status !== 200)
      return { ok: false, said: `HTTP ${answer.status}`, certificate: false }
    const told = bootstrap.safeParse(await answer.json().catch(() => undefined))
    return told.success && told.data.clientId === clientId ? { ok: true } : { ok: false, said: 'not this system', certificate: false }
  }
  catch (error) {
    signal.throwIfAborted()
    const cause = error instanceof Error && error.cause instanceof Error && 'code' in error.cause ? String(error.cause.code) : 'timeout'
    return { ok: false, said: cause, certificate: /CERT|SIGNATURE|TLS/.test(cause) }
  }
}

const publicUrl: Check = async ({ publicUrl: base, configuredUrl, credentials, stored, signal }: Patient) => {
  const { protocol, hostname } = new URL(base)
  const tried = text(`查看访问地址 ${base}`, `Looked at the public address ${base}`)
  const fix = text('在反向代理上启用 HTTPS，并为服务器设置 PUBLIC_URL=https://…', 'Enable HTTPS at the reverse proxy and give the server PUBLIC_URL=https://…')
  const where = places.server
  if (protocol !== 'https:' && local.test(hostname)) {
    return {
      finding: {
        result: 'manual',
        tried,
        answered: text('只有这台电脑能访问的地址', 'An address only this machine can reach'),
        means: text('试用没有问题；给真正的钉钉用，必须换成手机能访问的 HTTPS 地址。', 'Fine for trying; real DingTalk clients need an HTTPS address that phones can reach.'),
        fix,
        where,
        manual: text('确认现在只是在这台电脑上试用。', 'Confirm that this is only being tried on this machine.'),
      },
    }
  }
  if (protocol !== 'https:') {
    return {
      finding: {
        result: 'failed',
        tried,
        answered: text('不是 HTTPS', 'Not HTTPS'),
        means: text('部分手机客户端会拦截，登录凭证在网络上也没有加密。', 'Some clients block it, and logins travel unencrypted.'),
        fix,
        where,
      },
    }
  }
  const byHand = text(`用手机流量（不要用公司 Wi-Fi）打开 ${base} ，能看到登录页即可。`, `Open ${base} on a phone over mobile data, not the office Wi-Fi; the login page has to show.`)
  if (!configuredUrl || !stored) {
    return {
      finding: {
        result: 'manual',
        tried,
        answered: text('HTTPS，来自浏览器的请求', 'HTTPS, as the browser\'s request says'),
        means: text('没有设置 PUBLIC_URL，所以从这里不能核对它。', 'PUBLIC_URL is not set, so it cannot be checked from here.'),
        fix: text(`为服务器设置 PUBLIC_URL=${base}`, `Give the server PUBLIC_URL=${base}`),
        where,
        manual: byHand,
      },
    }
  }
  const answered = await knock(configuredUrl, credentials.clientId, signal)
  const asked = text(`从服务器打开 ${configuredUrl}/api/bootstrap`, `Opened ${configuredUrl}/api/bootstrap from the server`)
  if (answered.ok)
    return { finding: { result: 'ok', tried: asked, answered: text('本系统', 'This system'), means: text('HTTPS 可用，并且回答的是本系统。', 'HTTPS works, and this system answers.') } }
  if (answered.certificate) {
    return {
      finding: {
        result: 'failed',
        tried: asked,
        answered: text(answered.said, answered.said),
        means: text('HTTPS 证书无效或不完整，手机钉钉会拒绝打开。', 'The HTTPS certificate is invalid or incomplete; DingTalk on phones refuses it.'),
        fix: text('更新证书，并配置完整的证书链。', 'Renew the certificate and serve its whole chain.'),
        where,
      },
    }
  }
  return {
    finding: {
      result: 'manual',
      tried: asked,
      answered: text(answered.said, answered.said),
      means: text('服务器自己打不开这个地址。有些网络不允许从内部访问自己的公网地址，所以这不一定是错的。', 'The server cannot open its own address. Some networks do not let that happen from inside, so it need not be wrong.'),
      fix: text('检查 DNS、反向代理和 PUBLIC_URL。', 'Check DNS, the reverse proxy and PUBLIC_URL.'),
      where,
      manual: byHand,
    },
  }
}

/** Where people and DingTalk reach this server. */
export const serverChecks = { publicUrl }
