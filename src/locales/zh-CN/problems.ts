import type { ProblemCode } from '../../stores/session/problem.ts'

export interface ProblemText {
  /** What happened. */
  title: string
  text: string
  /** What the person can do. */
  help: string
}

/** One for every way a login can end badly; where the server says more, its words replace text and help. */
const codes = {
  unknown: { title: '登录时出了点问题', text: '我们没有预料到这种情况。', help: '请重试；若仍然如此，请把下面的信息发给管理员。' },
  not_configured: {
    title: '还没有连接钉钉',
    text: '这套 CRM 还没有填写钉钉应用的信息，所以暂时无法登录。',
    help: '请管理员完成首次设置，需要服务器启动时打印的设置口令。',
  },
  login_code_invalid: {
    title: '登录凭证已失效',
    text: '钉钉给的登录凭证只能用一次，这一个已经过期或已被使用。',
    help: '请点击重试，系统会向钉钉要一个新的。',
  },
  login_busy: { title: '登录的人太多', text: '排队时间太长，先停下来了。', help: '请过一两分钟再试。' },
  login_not_visible: {
    title: '你不在应用的可见范围内',
    text: '钉钉没有把这个应用开放给你。',
    help: '请管理员在钉钉开发者后台的“版本管理与发布”中，把你加入可见范围。',
  },
  login_dingtalk_off: {
    title: '在钉钉内登录已关闭',
    text: '管理员关闭了钉钉内的自动登录。',
    help: '请改用浏览器登录，在钉钉的登录页确认一次即可。',
  },
  login_browser_off: {
    title: '请在钉钉里打开',
    text: '管理员关闭了浏览器登录，这套 CRM 只能从钉钉进入。',
    help: '打开手机或电脑上的钉钉，在工作台找到 CRM。',
  },
  member_unknown: {
    title: '你还没有 CRM 账号',
    text: '钉钉认识你，但 CRM 的组织架构里还没有你。',
    help: '新同事通常在下一次组织同步后就能登录。请管理员同步组织架构，并检查应用的通讯录授权范围是否包含你。',
  },
  member_external: { title: '你不是这家企业的成员', text: '外部联系人不能登录这套 CRM。', help: '如果你是公司员工，请切换到公司的钉钉账号后重试。' },
  account_disabled: { title: '你的 CRM 账号已停用', text: '你的客户资料仍然完整保留。', help: '如需恢复，请联系管理员。' },
  wrong_corp: {
    title: '这个链接属于另一家企业',
    text: '打开页面时所在的企业，与这套 CRM 所属的企业不同。',
    help: '请在钉钉里切换到正确的企业，再从工作台打开。管理员请检查应用首页地址里的 corpId。',
  },
  oauth_refused: { title: '你没有同意授权', text: '钉钉登录页上的授权被取消了。', help: 'CRM 需要你的同意才能知道你是谁，请点击重试。' },
  oauth_state_invalid: {
    title: '这次登录已经失效',
    text: '可能停留得太久、链接被打开了两次，或者浏览器禁用了 Cookie。',
    help: '请点击重试，并在同一个浏览器窗口里完成登录。',
  },
  dingtalk_rejected: {
    title: '钉钉拒绝了登录请求',
    text: '多半是应用的设置或权限有问题，不是你的问题。',
    help: '请把请求编号发给管理员；管理员可以在“钉钉设置”里测试连接。',
  },
  dingtalk_unreachable: {
    title: '暂时连不上钉钉',
    text: '我们的服务器没有收到钉钉的回应。',
    help: '请稍后重试。若持续出现，请管理员检查服务器的网络与代理。',
  },
  dingtalk_throttled: { title: '钉钉正在限流', text: '短时间内的请求太多，钉钉让我们等一等。', help: '请过一会儿再试。' },
  rate_limited: { title: '尝试得太频繁', text: '为了安全，登录暂停一会儿。', help: '请过几分钟再试。' },
  forbidden: { title: '请求被拒绝', text: '服务器不允许这个操作。', help: '请联系管理员。' },
  cross_site: {
    title: '访问地址不对',
    text: '服务器认为这个请求来自别的网站。',
    help: '请从钉钉工作台打开 CRM。管理员请检查 PUBLIC_URL 与大家使用的地址是否一致。',
  },
  internal: { title: '服务器出了点问题', text: '不是你的问题，错误已经记录下来。', help: '请稍后重试；若仍然如此，请把请求编号发给管理员。' },
  unavailable: { title: '服务暂时不可用', text: '服务器正在启动，或者正在维护。', help: '请过几秒再试。' },
  offline: { title: '网络已断开', text: '这台设备现在没有连接网络。', help: '请检查网络；恢复后会自动重试一次。' },
  network: { title: '连不上服务器', text: '请求没有到达服务器。', help: '请检查网络后重试。若其他网页正常，请联系管理员。' },
  timeout: { title: '服务器回应太慢', text: '等了很久没有收到回答。', help: '请换个网络好的地方重试。' },
  bad_answer: {
    title: '收到了看不懂的回答',
    text: '回答不是来自 CRM，可能来自中间的网关或需要登录的公共网络。',
    help: '请换一个网络重试；若仍然如此，请联系管理员。',
  },
  container_timeout: {
    title: '钉钉没有回应',
    text: '已经向钉钉客户端请求登录，但它没有回答。',
    help: '请关闭页面，从工作台重新打开；仍然如此时，请升级钉钉客户端。',
  },
  container_cancelled: { title: '登录被取消了', text: '钉钉客户端报告说登录被取消。', help: '需要登录才能使用 CRM，请点击重试。' },
  container_notInDingTalk: {
    title: '没有连上钉钉客户端',
    text: '页面像是在钉钉里，但找不到与客户端通信的通道。',
    help: '请从钉钉工作台重新打开，或者改用浏览器登录。',
  },
  container_unsupported: { title: '钉钉版本太旧', text: '这个版本的钉钉客户端不支持免登录。', help: '请升级钉钉客户端，或者改用浏览器登录。' },
  container_domain: {
    title: '这个地址没有登记在钉钉应用里',
    text: '当前网址的域名，与钉钉应用登记的首页地址不同。',
    help: '请从工作台打开应用。管理员请在开发者后台检查“网页应用”的首页地址，它的域名必须与访问地址相同，并且版本已发布。',
  },
  container_corp: {
    title: '企业 ID 不对',
    text: '钉钉不认识所用的企业 ID（CorpId）。',
    help: '请从正确企业的工作台打开。管理员请检查钉钉设置里的 CorpId。',
  },
  container_notMember: {
    title: '你已不在这家企业',
    text: '钉钉说，你当前的账号不在这套 CRM 所属的企业中。你留下的客户资料仍然完整保留。',
    help: '如果你刚刚离职或被移出企业，这是正常的。如果你仍在公司，请先在钉钉里切换到公司的账号，或请管理员把你加回企业通讯录。',
  },
  container_native: { title: '钉钉客户端报告了错误', text: '没有拿到登录凭证。', help: '请重试；若仍然如此，请把下面的信息发给管理员。' },
  cookies_blocked: {
    title: '浏览器没有保存登录状态',
    text: '登录成功了，但浏览器拒绝了 Cookie，所以服务器认不出你。',
    help: '请允许本网站使用 Cookie（关闭无痕模式或“阻止所有 Cookie”）后重试。管理员请检查是否通过 HTTPS 访问，以及 COOKIE_SAMESITE 设置。',
  },
  login_unfinished: { title: '登录没有完成', text: '你刚刚离开了钉钉的登录页，还差最后一步。', help: '请点击“继续登录”，在钉钉的页面上完成确认。' },
} as const satisfies { unknown: ProblemText } & Partial<Record<ProblemCode, ProblemText>>

export default {
  what: '怎么办',
  ask: '可以找谁',
  askNobody: '你公司的 CRM 管理员或 IT 同事。',
  where: '在钉钉后台的位置',
  openConsole: '打开对应的设置页',
  loginCode: '登录代码',
  loginCodeHint: '把它告诉管理员：在管理后台的登录日志里输入，就能看到这次登录的每一步。',
  visitor: {
    ask: '我是 {name}，申请开通',
    note: '给管理员的话（可不填），如：华东销售部新同事',
    asked: '申请已发给管理员。开通后点“重试”即可进入。',
    approved: '已经开通，请点“重试”进入。',
    refused: '上次的申请没有通过。如有误会，可以再申请一次。',
    code: '管理员给了你绑定码？',
    enter: '绑定并进入',
  },
  requestId: '请求编号',
  requestIdHint: '管理员用它可以在服务器日志里找到这次请求。',
  detail: '技术信息',
  retry: '重试',
  proceed: '继续登录',
  withoutCorp: '进入 CRM',
  browser: '改用浏览器登录',
  openInDingTalk: '在钉钉中打开',
  setup: '去完成首次设置',
  codes,
} as const
