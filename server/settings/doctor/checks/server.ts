import type { Finding } from '../finding.ts'
import type { Check, Patient } from '../patient.ts'
import { z } from 'zod'
import { notSaved, text } from '../finding.ts'
import { places } from '../places.ts'

const answerMs = 5000
const bootstrap = z.object({ clientId: z.string().nullable() })

/** Hosts of this machine: fine for trying, out of everybody else's reach. */
const local = /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\])$/

type Answered = { by: 'us' } | { by: Elsewhere, said: string } | { by: 'redirect', said: string, to: string }
type Elsewhere = 'other' | 'missing' | 'proxy' | 'certificate' | 'forbidden' | 'nobody'

/** Asks our own configured address, nothing else, and follows nobody anywhere. */
async function knock(url: string, clientId: string, signal: AbortSignal): Promise<Answered> {
  try {
    const answer = await fetch(`${url}/api/bootstrap`, { redirect: 'manual', headers: { accept: 'application/json' }, signal: AbortSignal.any([signal, AbortSignal.timeout(answerMs)]) })
    const said = `HTTP ${answer.status}`
    if (answer.status >= 300 && answer.status < 400)
      return { by: 'redirect', said, to: placeOf(answer.headers.get('location'), url) }
    if ([401, 403, 407].includes(answer.status))
      return { by: 'forbidden', said }
    if (answer.status === 404)
      return { by: 'missing', said }
    if ([502, 503, 504].includes(answer.status))
      return { by: 'proxy', said }
    if (answer.status !== 200)
      return { by: 'nobody', said }
    const told = bootstrap.safeParse(await answer.json().catch(() => undefined))
    return told.success && told.data.clientId === clientId ? { by: 'us' } : { by: 'other', said }
  }
  catch (error) {
    signal.throwIfAborted()
    const cause = error instanceof Error && error.cause instanceof Error && 'code' in error.cause ? String(error.cause.code) : 'timeout'
    return { by: /CERT|SIGNATURE|TLS/.test(cause) ? 'certificate' : 'nobody', said: cause }
  }
}

/** Where a redirect leads, without what stands behind the path: it may carry secrets. */
function placeOf(location: string | null, from: string): string {
  if (location === null || !URL.canParse(location, from))
    return '?'
  const { origin, pathname } = new URL(location, from)
  return `${origin}${pathname}`
}

/** What is wrong for certain when somebody else, or half of the way, answers at our own address. */
const wrong: Record<Exclude<Elsewhere, 'nobody' | 'forbidden'>, Pick<Finding, 'means' | 'fix'>> = {
  other: {
    means: text('这个地址上回答的是另一个系统（或另一套安装），不是本系统：从钉钉打开的会是它。', 'Another system (or another installation) answers at this address: that is what DingTalk would open.'),
    fix: text('检查域名解析和反向代理把这个地址转到了哪里，或更正 PUBLIC_URL。', 'Check where DNS and the reverse proxy send this address, or correct PUBLIC_URL.'),
  },
  missing: {
    means: text('这个地址上有网站，但没有本系统的接口：路径不对，或反向代理没有转发 /api。', 'A web site answers there, but it does not have this system\'s API: the path is wrong, or the reverse proxy does not pass /api on.'),
    fix: text('核对 PUBLIC_URL 里的路径，并让反向代理把整个路径（包括 /api 和 /dingtalk）转到本系统。', 'Check the path in PUBLIC_URL, and let the reverse proxy pass all of it on to this system, /api and /dingtalk included.'),
  },
  proxy: {
    means: text('反向代理在回答，但它连不上本系统。', 'The reverse proxy answers, but it cannot reach this system.'),
    fix: text('核对反向代理里填写的本系统地址和端口 (PORT)，以及两者之间的网络和防火墙。', 'Check the address and port (PORT) of this system in the reverse proxy, and the network and firewall between them.'),
  },
  certificate: {
    means: text('HTTPS 证书无效或不完整，手机钉钉会拒绝打开。', 'The HTTPS certificate is invalid or incomplete; DingTalk on phones refuses it.'),
    fix: text('更新证书，并配置完整的证书链。', 'Renew the certificate and serve its whole chain.'),
  },
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
        about: [base, 'local'],
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
  if (!stored)
    return { finding: notSaved(text('对外地址上的系统', 'those who open the public address')) }
  if (!configuredUrl) {
    return {
      finding: {
        result: 'manual',
        tried,
        answered: text('HTTPS，来自浏览器的请求', 'HTTPS, as the browser\'s request says'),
        means: text('没有设置 PUBLIC_URL，所以从这里不能核对它。', 'PUBLIC_URL is not set, so it cannot be checked from here.'),
        fix: text(`为服务器设置 PUBLIC_URL=${base}`, `Give the server PUBLIC_URL=${base}`),
        where,
        about: [base, 'not configured'],
        manual: byHand,
      },
    }
  }
  const answered = await knock(configuredUrl, credentials.clientId, signal)
  const asked = text(`从服务器打开 ${configuredUrl}/api/bootstrap`, `Opened ${configuredUrl}/api/bootstrap from the server`)
  if (answered.by === 'us')
    return { finding: { result: 'ok', tried: asked, answered: text('本系统', 'This system'), means: text('HTTPS 可用，并且回答的是本系统。', 'HTTPS works, and this system answers.') } }
  if (answered.by === 'redirect') {
    const { said, to } = answered
    return {
      finding: {
        result: 'failed',
        tried: asked,
        answered: text(`${said}，跳转到 ${to}`, `${said}, redirected to ${to}`),
        means: text(`这个地址不回答，而是跳转到 ${to}：页面签名会对不上，钉钉的事件推送也不跟随跳转。`, `This address does not answer but redirects to ${to}: page signatures will not match, and DingTalk\'s event pushes follow no redirects.`),
        fix: text('把 PUBLIC_URL（以及钉钉里的各个地址）改成跳转后的地址，或者去掉反向代理上的跳转。', 'Change PUBLIC_URL (and the addresses in DingTalk) to where it leads, or remove the redirect at the reverse proxy.'),
        where,
      },
    }
  }
  if (answered.by === 'forbidden') {
    return {
      finding: {
        result: 'manual',
        tried: asked,
        answered: text(answered.said, answered.said),
        means: text('本系统之前的代理、防火墙或登录网关拒绝了访问。它可能只拒绝来自服务器的请求，也可能拒绝所有人，包括钉钉。', 'A proxy, firewall or login gateway in front of this system refuses access. It may refuse only what comes from the server, or everybody, DingTalk included.'),
        fix: text('在那里放行这个地址的全部路径：不限来源 IP，也不要求先登录。', 'Let everything under this address pass there, from any IP address and without a login before it.'),
        where,
        about: [base, 'forbidden'],
        manual: byHand,
      },
    }
  }
  if (answered.by !== 'nobody')
    return { finding: { result: 'failed', tried: asked, answered: text(answered.said, answered.said), ...wrong[answered.by], where } }
  return {
    finding: {
      result: 'manual',
      tried: asked,
      answered: text(answered.said, answered.said),
      means: text('服务器自己打不开这个地址。有些网络不允许从内部访问自己的公网地址，所以这不一定是错的。', 'The server cannot open its own address. Some networks do not let that happen from inside, so it need not be wrong.'),
      fix: text('检查 DNS、反向代理和 PUBLIC_URL。', 'Check DNS, the reverse proxy and PUBLIC_URL.'),
      where,
      about: [base, 'nobody'],
      manual: byHand,
    },
  }
}

/** Where people and DingTalk reach this server. */
export const serverChecks = { publicUrl }
