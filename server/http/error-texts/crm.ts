import type { ErrorCode } from '#contract/errors.ts'
import type { Text } from '../locale.ts'

/** Records, and the CRM behind them. */
export const crmTexts = {
  owner_unknown: {
    message: { 'zh-CN': '不能把客户分配给此人', 'en-US': 'This person cannot be the owner' },
    help: { 'zh-CN': '请选择一位在职且在你管理范围内的同事。', 'en-US': 'Choose an active colleague within your range.' },
  },
  mention_unseen: {
    message: { 'zh-CN': '提到的人看不到这条记录', 'en-US': 'Somebody mentioned may not see this record' },
    help: { 'zh-CN': '请先把记录共享给对方，或去掉这次提及。', 'en-US': 'Share the record with them first, or do not mention them.' },
  },
  keyword_too_short: {
    message: { 'zh-CN': '请再多输入一个字', 'en-US': 'Type one more character' },
    help: { 'zh-CN': '一个汉字即可搜索；字母、数字和符号至少要连续两个。', 'en-US': 'One Chinese character is enough to search; of letters, digits and signs it takes two in a row.' },
  },
  duplicate_found: {
    message: { 'zh-CN': '已有相同的记录', 'en-US': 'There is already a record like this' },
    help: { 'zh-CN': '请查看重复的记录，确认后再保存。', 'en-US': 'Look at the duplicate before saving.' },
  },
  record_locked: {
    message: { 'zh-CN': '该记录当前状态下不能这样修改', 'en-US': 'In its present state the record cannot be changed this way' },
  },
  plan_closed: {
    message: { 'zh-CN': '这条计划已经完成或取消', 'en-US': 'This plan is done or cancelled already' },
    help: { 'zh-CN': '请重新打开计划后再提交，或直接写一条跟进。', 'en-US': 'Reopen the plan and submit again, or write a follow-up of its own.' },
  },
  record_in_use: {
    message: { 'zh-CN': '该记录仍被其他记录引用，不能删除', 'en-US': 'Other records still refer to it, so it cannot be deleted' },
    help: { 'zh-CN': '请先删除或转移关联的商机、联系人等记录。', 'en-US': 'Delete or move what belongs to it first: deals, contacts and the like.' },
  },
  import_unreadable: {
    message: { 'zh-CN': '无法读取这个文件', 'en-US': 'The file cannot be read' },
    help: { 'zh-CN': '请使用下载的模板，保存为 .xlsx 后再上传。', 'en-US': 'Use the downloaded template and save it as .xlsx.' },
  },
  import_not_ready: {
    message: { 'zh-CN': '导入任务当前状态不支持该操作', 'en-US': 'The import is not in a state for this' },
    help: { 'zh-CN': '请刷新查看导入进度。', 'en-US': 'Reload to see how far it is.' },
  },
  crm_login_required: {
    message: { 'zh-CN': '需要连接你的 Cordys CRM 账号', 'en-US': 'Your Cordys CRM account has to be connected' },
    help: { 'zh-CN': '请用 Cordys CRM 的账号密码连接一次；密码不会被保存。', 'en-US': 'Connect once with your Cordys CRM password; it is not kept.' },
  },
  crm_login_refused: {
    message: { 'zh-CN': 'Cordys CRM 拒绝了登录', 'en-US': 'Cordys CRM refused the login' },
    help: { 'zh-CN': '{reason} 请核对账号和密码；账号被停用时请联系 CRM 管理员。', 'en-US': '{reason} Check name and password; ask the CRM administrator if the account is disabled.' },
  },
  crm_refused: {
    message: { 'zh-CN': 'CRM 没有接受这次修改', 'en-US': 'The CRM did not accept this' },
    help: { 'zh-CN': '{reason}', 'en-US': '{reason}' },
  },
  crm_unsupported: {
    message: { 'zh-CN': '当前连接的 CRM 不支持此功能', 'en-US': 'The connected CRM cannot do this' },
  },
  crm_unreachable: {
    message: { 'zh-CN': '暂时连不上 CRM 服务器', 'en-US': 'The CRM server cannot be reached' },
    help: { 'zh-CN': '请稍后重试；若持续出现，请联系管理员检查 CORDYS_URL 与网络。', 'en-US': 'Try again shortly; if it stays, an administrator should check CORDYS_URL and the network.' },
  },
  crm_bad_answer: {
    message: { 'zh-CN': 'CRM 的回应无法识别', 'en-US': 'The CRM gave an answer that cannot be read' },
    help: {
      'zh-CN': '可能是 CRM 前面的防火墙或代理拦下了这次请求：内容过长，或含有会被拦截的文字。请改短或改写后再试；仍不行请联系管理员。',
      'en-US': 'A firewall or proxy in front of the CRM may have stopped this request: too long, or with words that it stops. Shorten or reword it and try again; if it stays, ask an administrator.',
    },
  },
  sample_data_not_empty: {
    message: { 'zh-CN': 'CRM 中已有客户，未载入示例数据', 'en-US': 'The CRM already has customers; no sample data was loaded' },
  },
} satisfies Partial<Record<ErrorCode, { message: Text, help?: Text }>>
