import type { ErrorCode } from '#contract/errors.ts'
import type { Text } from '../locale.ts'
import { peopleTexts } from './people.ts'

/** What is shown for each error: what happened, and what the reader can do. `{name}` is filled in. */
export const errorTexts: Record<ErrorCode, { message: Text, help?: Text }> = {
  bad_request: {
    message: { 'zh-CN': '请求格式不正确', 'en-US': 'The request could not be read' },
    help: { 'zh-CN': '请刷新页面后重试。', 'en-US': 'Reload the page and try again.' },
  },
  validation_failed: {
    message: { 'zh-CN': '有内容填写得不对', 'en-US': 'Some of the input does not fit' },
    help: {
      'zh-CN': '请按提示修改后再提交，目前没有任何改动被保存。',
      'en-US': 'Correct the marked fields and try again; nothing has been changed.',
    },
  },
  payload_too_large: {
    message: { 'zh-CN': '提交的内容太大', 'en-US': 'The request is too large' },
    help: { 'zh-CN': '单次提交不能超过 1 MB。', 'en-US': 'One request may carry at most 1 MB.' },
  },
  unsupported_media_type: { message: { 'zh-CN': '只接受 JSON 格式的请求', 'en-US': 'Only JSON is accepted' } },
  unauthenticated: {
    message: { 'zh-CN': '登录已失效', 'en-US': 'You are not logged in' },
    help: { 'zh-CN': '请重新登录。', 'en-US': 'Please log in again.' },
  },
  forbidden: {
    message: { 'zh-CN': '你没有权限进行此操作', 'en-US': 'You may not do this' },
    help: { 'zh-CN': '如有需要，请联系 CRM 管理员开通。', 'en-US': 'Ask a CRM administrator if you need it.' },
  },
  cross_site: {
    message: { 'zh-CN': '该请求来自其他网站，已被拒绝', 'en-US': 'The request came from another site and was refused' },
    help: {
      'zh-CN': '请直接打开 CRM 页面操作。如果你是管理员，请检查 PUBLIC_URL 是否与访问地址一致。',
      'en-US': 'Open the CRM itself. Administrators: check that PUBLIC_URL is the address people use.',
    },
  },
  not_found: {
    message: { 'zh-CN': '没有找到', 'en-US': 'Not found' },
    help: { 'zh-CN': '它可能已被删除，或者不在你的可见范围内。', 'en-US': 'It may have been removed, or you may not see it.' },
  },
  method_not_allowed: { message: { 'zh-CN': '此地址不支持这种操作', 'en-US': 'This address does not support that method' } },
  stale_edit: {
    message: { 'zh-CN': '在你编辑期间，有人修改了这条记录', 'en-US': 'Somebody changed this record while you were editing' },
    help: {
      'zh-CN': '请对比两个版本后再保存，你填写的内容仍在页面上。',
      'en-US': 'Compare both versions before saving; what you typed is still on the page.',
    },
  },
  rate_limited: {
    message: { 'zh-CN': '操作过于频繁', 'en-US': 'Too many attempts' },
    help: { 'zh-CN': '请在 {retryAfter} 秒后重试。', 'en-US': 'Try again in {retryAfter} seconds.' },
  },
  internal: {
    message: { 'zh-CN': '系统出了点问题', 'en-US': 'Something went wrong on our side' },
    help: {
      'zh-CN': '请稍后重试；若仍然如此，请把请求编号发给管理员。',
      'en-US': 'Try again in a moment; if it stays, give the request id to your administrator.',
    },
  },
  unavailable: {
    message: { 'zh-CN': '服务正在启动或停止', 'en-US': 'The service is starting or stopping' },
    help: { 'zh-CN': '请几秒后重试。', 'en-US': 'Try again in a few seconds.' },
  },

  not_configured: {
    message: { 'zh-CN': '尚未连接钉钉', 'en-US': 'DingTalk is not connected yet' },
    help: { 'zh-CN': '请管理员完成首次设置。', 'en-US': 'An administrator has to complete the first-time setup.' },
  },
  setup_done: {
    message: { 'zh-CN': '首次设置已经完成', 'en-US': 'The first-time setup is already done' },
    help: {
      'zh-CN': '请以管理员身份登录后修改；无法登录时，在服务器上运行 npm run admin:link。',
      'en-US': 'Log in as an administrator to change it; if you cannot, run `npm run admin:link` on the server.',
    },
  },
  setup_token_invalid: {
    message: { 'zh-CN': '设置口令不正确', 'en-US': 'The setup token is wrong' },
    help: { 'zh-CN': '请从服务器启动日志中复制最新的设置口令。', 'en-US': 'Copy the current token from the server\'s start-up output.' },
  },
  admin_link_invalid: {
    message: { 'zh-CN': '此链接无效、已过期或已被使用', 'en-US': 'This link is wrong, expired or already used' },
    help: {
      'zh-CN': '请在服务器上重新运行 npm run admin:link，链接 10 分钟内有效且只能使用一次。',
      'en-US': 'Run `npm run admin:link` on the server again; a link works once, for ten minutes.',
    },
  },
  logins_off: {
    message: { 'zh-CN': '不能同时关闭两种登录方式', 'en-US': 'Both ways to log in cannot be off' },
    help: {
      'zh-CN': '请至少保留一种：在钉钉内登录，或在浏览器登录。否则所有人都进不来。',
      'en-US': 'Keep at least one, in DingTalk or in the browser; otherwise nobody gets in.',
    },
  },
  login_unproven: {
    message: { 'zh-CN': '剩下的登录方式还没有人用成功过，或者最近一次失败了', 'en-US': 'Nobody has yet got in by the login that is left, or it has failed since' },
    help: {
      'zh-CN': '如果它不通，包括管理员在内的所有人都进不来，只能在服务器上运行 npm run admin:link 打开应急链接。请先用它登录一次，或者确认后再关闭。',
      'en-US':
        'If it does not work nobody gets in, administrators included, except with the emergency link that `npm run admin:link` prints on the server. Log in with it once first, or confirm.',
    },
  },
  doctor_not_manual: {
    message: { 'zh-CN': '这一项现在不需要人工确认', 'en-US': 'This check is not one to confirm by hand now' },
    help: { 'zh-CN': '请重新检查，按它现在的结果处理。', 'en-US': 'Run the check again and go by what it finds now.' },
  },
  corp_change: {
    message: { 'zh-CN': '更换企业需要确认', 'en-US': 'Changing the company needs a confirmation' },
    help: {
      'zh-CN': '更换后，原企业的成员不能再用钉钉登录，需要为新企业重新同步组织。已有的客户、账号和绑定都会保留，改回原来的企业即可恢复。',
      'en-US':
        'Members of the old company can then no longer log in with DingTalk, and the new company has to be synchronised. Records, accounts and bindings stay; changing back brings everything back.',
    },
  },
  connection_refused: {
    message: { 'zh-CN': '没有保存：用这些凭证连接钉钉没有成功', 'en-US': 'Not saved: DingTalk could not be reached with these credentials' },
    help: {
      'zh-CN': '请按下面的说明改正后再保存；如果确定要先保存，可以选择“仍然保存”。',
      'en-US': 'Correct them as explained and save again, or choose to save them all the same.',
    },
  },

  login_code_invalid: {
    message: { 'zh-CN': '登录凭证已过期或已被使用', 'en-US': 'The login code has expired or was already used' },
    help: { 'zh-CN': '请点击重试，系统会向钉钉重新获取凭证。', 'en-US': 'Tap retry: a new code is requested from DingTalk.' },
  },
  login_busy: {
    message: { 'zh-CN': '登录的人较多，正在排队', 'en-US': 'Many people are logging in; you are in the queue' },
    help: {
      'zh-CN': '约 {retryAfter} 秒后会自动重试，请不要关闭页面。',
      'en-US': 'It is tried again in about {retryAfter} seconds; keep this page open.',
    },
  },
  login_dingtalk_off: {
    message: { 'zh-CN': '管理员已关闭“在钉钉内登录”', 'en-US': 'Logging in inside DingTalk is switched off' },
    help: { 'zh-CN': '请改用浏览器登录，或联系 CRM 管理员。', 'en-US': 'Use the browser login, or ask a CRM administrator.' },
  },
  login_browser_off: {
    message: { 'zh-CN': '管理员已关闭“在浏览器登录”', 'en-US': 'Logging in with the browser is switched off' },
    help: { 'zh-CN': '请打开钉钉，从工作台进入 CRM。', 'en-US': 'Open DingTalk and start the CRM from its workbench.' },
  },
  login_not_visible: {
    message: { 'zh-CN': '你不在此应用的可见范围内', 'en-US': 'This app is not visible to you' },
    help: {
      'zh-CN': '请管理员在钉钉开发者后台 > 应用发布 > 版本管理与发布中，把你加入应用的可见范围。',
      'en-US': 'Ask an administrator to add you to the app\'s visible range: DingTalk developer console > 应用发布 > 版本管理与发布.',
    },
  },
  member_unknown: {
    message: { 'zh-CN': '你还没有 CRM 账号', 'en-US': 'You have no CRM account yet' },
    help: {
      'zh-CN': '新同事通常在下一次组织同步后即可登录。请联系管理员同步组织架构，或检查应用的通讯录授权范围是否包含你。',
      'en-US':
        'New colleagues can log in after the next organisation sync. Ask an administrator to run it, and to check that the app\'s authorized scope includes you.',
    },
  },
  member_external: {
    message: { 'zh-CN': '你不是该企业的内部成员', 'en-US': 'You are not a member of this company' },
    help: {
      'zh-CN': '外部联系人不能登录。请切换到所属企业的钉钉账号后重试。',
      'en-US': 'External contacts cannot log in. Switch to your company\'s DingTalk account and try again.',
    },
  },
  account_disabled: {
    message: { 'zh-CN': '你的 CRM 账号已停用', 'en-US': 'Your CRM account is disabled' },
    help: {
      'zh-CN': '你的客户资料仍然保留。如需恢复，请联系管理员。',
      'en-US': 'Your records are kept. Ask an administrator to enable the account again.',
    },
  },
  wrong_corp: {
    message: { 'zh-CN': '此链接属于另一家企业', 'en-US': 'This link belongs to another company' },
    help: {
      'zh-CN': '请在钉钉中切换到正确的企业，再从工作台打开应用。管理员请检查应用首页地址中的 corpId 参数。',
      'en-US':
        'Switch to the right company in DingTalk and open the app from its workbench. Administrators: check the corpId in the app\'s homepage address.',
    },
  },
  oauth_refused: {
    message: { 'zh-CN': '你在钉钉登录页取消了授权', 'en-US': 'The login was declined on DingTalk\'s page' },
    help: { 'zh-CN': '需要授权后才能进入 CRM，请点击重试。', 'en-US': 'The CRM needs your consent to know who you are. Tap retry.' },
  },
  oauth_state_invalid: {
    message: { 'zh-CN': '本次登录已失效', 'en-US': 'This login attempt is no longer valid' },
    help: {
      'zh-CN': '可能是停留过久、重复打开了链接，或浏览器禁用了 Cookie。请点击重试。',
      'en-US': 'It took too long, the link was opened twice, or cookies are blocked. Tap retry.',
    },
  },

  dingtalk_rejected: {
    message: { 'zh-CN': '钉钉拒绝了请求', 'en-US': 'DingTalk refused the request' },
    help: { 'zh-CN': '请联系管理员，并告知请求编号。', 'en-US': 'Tell your administrator, with the request id.' },
  },
  dingtalk_unreachable: {
    message: { 'zh-CN': '暂时连不上钉钉', 'en-US': 'DingTalk cannot be reached' },
    help: {
      'zh-CN': '请稍后重试。若持续出现，请管理员检查服务器网络与代理设置。',
      'en-US': 'Try again in a moment. If it stays, an administrator should check the server\'s network and proxy.',
    },
  },
  dingtalk_throttled: {
    message: { 'zh-CN': '钉钉正在限流', 'en-US': 'DingTalk is limiting our calls' },
    help: { 'zh-CN': '请在 {retryAfter} 秒后重试。', 'en-US': 'Try again in {retryAfter} seconds.' },
  },

  sync_running: {
    message: { 'zh-CN': '已有一次同步正在进行', 'en-US': 'A sync is already running' },
    help: { 'zh-CN': '请等待它完成，或先取消它。', 'en-US': 'Wait for it to finish, or cancel it first.' },
  },
  sync_not_running: { message: { 'zh-CN': '这次同步已经结束', 'en-US': 'This sync has already ended' } },
  sync_disabled: {
    message: { 'zh-CN': '组织同步已关闭', 'en-US': 'Organisation sync is switched off' },
    help: { 'zh-CN': '请在同步设置中开启后再试。', 'en-US': 'Switch it on in the sync settings first.' },
  },
  sync_not_applicable: {
    message: { 'zh-CN': '这次任务没有可应用的变更计划', 'en-US': 'This run has no plan that could be applied' },
    help: { 'zh-CN': '请重新预览。', 'en-US': 'Make a new preview.' },
  },
  sync_outdated: {
    message: { 'zh-CN': '预览之后组织数据有变化，此计划已过时', 'en-US': 'The organisation has changed since this preview' },
    help: { 'zh-CN': '没有任何改动被写入，请重新预览。', 'en-US': 'Nothing was written. Make a new preview.' },
  },
  sync_not_undoable: {
    message: { 'zh-CN': '这次任务不能撤销', 'en-US': 'This run cannot be undone' },
    help: { 'zh-CN': '它没有写入变更，或已经撤销过。', 'en-US': 'It changed nothing, or was undone before.' },
  },
  handover_outdated: {
    message: { 'zh-CN': '名下记录在预览之后有变化', 'en-US': 'The records have changed since the preview' },
    help: { 'zh-CN': '什么都没有移交。请看过新的分配后再确认。', 'en-US': 'Nothing was handed over. Look at the new division, then confirm again.' },
  },
  handover_undone: { message: { 'zh-CN': '这次移交已经撤回过', 'en-US': 'This handover has been taken back already' } },
  conflict_resolved: { message: { 'zh-CN': '这条冲突已经处理过', 'en-US': 'This conflict has been resolved already' } },
  account_bound: {
    message: { 'zh-CN': '该账号已绑定其他成员', 'en-US': 'This account is bound to another member' },
    help: { 'zh-CN': '一个成员只能对应一个账号，请先解除原绑定。', 'en-US': 'One member has one account; remove the other binding first.' },
  },
  ...peopleTexts,
  receiver_unbound: {
    message: { 'zh-CN': '你的账号还没有绑定钉钉成员', 'en-US': 'Your account is not bound to a DingTalk member' },
    help: { 'zh-CN': '请从钉钉里登录一次，或在同步中绑定后再试。', 'en-US': 'Log in from DingTalk once, or bind it by a synchronisation, then try again.' },
  },
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
    help: { 'zh-CN': '请先删除或转移关联的商机、联系人等记录。', 'en-US': 'Delete or move what belongs to it first: opportunities, contacts and the like.' },
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
  sample_data_not_empty: {
    message: { 'zh-CN': 'CRM 中已有客户，未载入示例数据', 'en-US': 'The CRM already has customers; no sample data was loaded' },
  },
  notifications_off: {
    message: { 'zh-CN': '工作通知已关闭', 'en-US': 'Work notifications are switched off' },
    help: { 'zh-CN': '先在钉钉设置中打开"工作通知"开关。', 'en-US': 'Switch "work notifications" on in the DingTalk settings first.' },
  },
  notification_no_status: {
    message: { 'zh-CN': '这条消息没有可更新的状态栏', 'en-US': 'This message has no status bar to change' },
    help: {
      'zh-CN': '只有 7 天内发给最多 5 人的 OA 消息可以更新状态。',
      'en-US': 'Only an oa message sent to at most five people within seven days has one.',
    },
  },
}
