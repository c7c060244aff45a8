import type { Catalogue } from './entry.ts'
import { same } from './entry.ts'
import { places } from './places.ts'

/** Reasons that this client gives itself: DingTalk said nothing, or nothing usable. */
export const own: Catalogue = {
  network: {
    kind: 'unavailable',
    cause: { zh: '本服务器连接不上钉钉{detail}。', en: 'This server cannot connect to DingTalk{detail}.' },
    fix: {
      zh: '检查服务器的外网、DNS、防火墙和代理 (HTTPS_PROXY)：须能访问 api.dingtalk.com 和 oapi.dingtalk.com 的 443 端口。',
      en: 'Check the server\'s internet access, DNS, firewall and proxy (HTTPS_PROXY): api.dingtalk.com and oapi.dingtalk.com must be reachable on port 443.',
    },
  },
  timeout: {
    kind: 'unavailable',
    cause: { zh: '钉钉没有在规定时间内回答。', en: 'DingTalk did not answer in time.' },
    fix: {
      zh: '稍后再试；若持续出现，请检查服务器到钉钉的网络。',
      en: 'Try again later; if it stays, check the network between this server and DingTalk.',
    },
  },
  ...same(['broken_answer', 'too_large', 'unexpected_shape'], {
    kind: 'unavailable',
    cause: { zh: '钉钉的回答不完整，或不是约定的格式{detail}。', en: 'DingTalk\'s answer was incomplete or not of the agreed form{detail}.' },
    fix: {
      zh: '稍后再试；若持续出现，可能是中间的代理改写了内容，请把请求编号提供给系统维护人员。',
      en: 'Try again later; if it stays, a proxy on the way may change contents. Give the request id to whoever maintains this system.',
    },
  }),
  ip_banned: {
    kind: 'throttle',
    cause: {
      zh: '钉钉暂时封禁了本服务器的出口 IP（同一 IP 上所有程序的调用合计过多），或者中间的代理返回了网页。',
      en: 'DingTalk has blocked this server\'s egress IP for a while (too many calls from all programs behind it), or a proxy on the way answered with a web page.',
    },
    fix: {
      zh: '系统已停止全部调用，约 {wait} 后自动恢复。若反复出现，请检查同一出口 IP 上的其他程序。',
      en: 'All calls have stopped and go on by themselves in about {wait}. If it comes back, look at the other programs behind the same IP.',
    },
  },
  jsapi_no_answer: {
    kind: 'unavailable',
    cause: {
      zh: '钉钉客户端没有回答页面签名的核对：既没有接受，也没有拒绝。',
      en: 'DingTalk\'s client gave no answer to the page\'s signature: it neither accepted nor refused it.',
    },
    fix: {
      zh: '从工作台重新打开应用再看一次；若每次都这样，请更新钉钉客户端，并检查手机的网络。',
      en: 'Open the app again from the workbench and look once more; if it stays, update the DingTalk client and check the phone\'s network.',
    },
  },
  not_configured: {
    kind: 'config',
    cause: { zh: '还没有填写钉钉应用的信息。', en: 'The DingTalk app is not configured yet.' },
    fix: {
      zh: '请管理员在系统设置里填写 CorpId、Client ID 和 Client Secret。',
      en: 'An administrator can enter CorpId, Client ID and Client Secret in the settings.',
    },
    where: places.credentials,
  },
  agent_id_missing: {
    kind: 'config',
    cause: {
      zh: '还没有填写 AgentId，不能发送工作通知，也不能给页面签名。',
      en: 'The AgentId is missing; work notifications and page signatures need it.',
    },
    fix: { zh: '请管理员在系统设置里填写 AgentId。', en: 'An administrator can enter the AgentId in the settings.' },
    where: places.credentials,
  },
  busy: {
    kind: 'throttle',
    cause: { zh: '此刻登录的人太多。', en: 'Too many people are logging in right now.' },
    fix: { zh: '约 {wait} 后会自动重试，请稍候。', en: 'It is tried again in about {wait}; please wait.' },
  },
  corp_not_of_app: {
    kind: 'config',
    cause: {
      zh: '应用凭证有效，但钉钉说这个应用不在该 CorpId 的企业里：CorpId 填错了，或凭证来自另一家企业的应用。',
      en: 'The app\'s credentials are right, but DingTalk does not know the app in the company of this CorpId: the CorpId is wrong, or the credentials are those of another company\'s app.',
    },
    fix: {
      zh: '从开发者后台首页重新复制 CorpId，并确认应用是在同一家企业里创建的。',
      en: 'Copy the CorpId again from the developer console\'s home page and make sure that the app was created in the same company.',
    },
    where: places.corpId,
  },
  corp_mismatch: {
    kind: 'code',
    cause: { zh: '登录时选择的不是本系统所属的企业。', en: 'Another company than ours was chosen when logging in.' },
    fix: { zh: '重新登录，并选择本系统所属的企业。', en: 'Log in again and choose the company this system belongs to.' },
  },
  bad_message: {
    kind: 'message',
    cause: { zh: '消息超出了钉钉的限制，没有发出{detail}。', en: 'The message exceeds DingTalk\'s limits and was not sent{detail}.' },
    fix: {
      zh: '缩短内容：整条消息不超过 2048 字节（一个汉字占 3 字节），按钮不超过 20 字。',
      en: 'Shorten it: the whole message within 2048 bytes (a Chinese character takes three), buttons within 20 characters.',
    },
  },
  bad_receivers: {
    kind: 'message',
    cause: { zh: '接收人不符合要求，没有发出{detail}。', en: 'The receivers do not fit and nothing was sent{detail}.' },
    fix: { zh: '一次选择 1 至 100 人，或最多 20 个部门。', en: 'Choose 1 to 100 people, or at most 20 departments, at once.' },
  },
}

/** For everything that is in no list; `{reason}` is DingTalk's code. */
export const unknownEntry = {
  kind: 'unknown',
  cause: { zh: '钉钉返回了一个未收录的错误 {reason}{detail}。', en: 'DingTalk reported an error that is not in our list: {reason}{detail}.' },
  fix: {
    zh: '在钉钉开放平台文档中搜索这个错误码，或把请求编号提供给钉钉技术支持。',
    en: 'Search for the code in DingTalk\'s open platform documentation, or give the request id to DingTalk\'s support.',
  },
} as const
