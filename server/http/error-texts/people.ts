import type { ErrorCode } from '#contract/errors.ts'
import type { Text } from '../locale.ts'

/** Accounts, bindings, roles, and asking to be let in. */
export const peopleTexts = {
  account_bound: {
    message: { 'zh-CN': '该账号已绑定其他成员', 'en-US': 'This account is bound to another member' },
    help: { 'zh-CN': '一个成员只能对应一个账号，请先解除原绑定。', 'en-US': 'One member has one account; remove the other binding first.' },
  },
  member_bound: {
    message: { 'zh-CN': '该钉钉成员已绑定账号「{name}」', 'en-US': 'This DingTalk member is bound to the account “{name}” already' },
    help: {
      'zh-CN': '一个成员只能对应一个账号。请先解除那个账号的绑定，或者合并两个账号。',
      'en-US': 'One member has one account. Remove that binding first, or merge the two accounts.',
    },
  },
  member_not_found: {
    message: { 'zh-CN': '钉钉通讯录中没有这位成员', 'en-US': 'DingTalk\'s contacts do not know this member' },
    help: {
      'zh-CN': '请核对 UserID；如果填写无误，请在钉钉后台把此人加入应用的通讯录授权范围。',
      'en-US': 'Check the UserID. If it is right, add the person to the app\'s authorized scope in DingTalk\'s console.',
    },
  },
  account_unbound: { message: { 'zh-CN': '该账号没有绑定钉钉成员', 'en-US': 'This account is bound to no DingTalk member' } },
  account_merged: {
    message: { 'zh-CN': '该账号已合并到另一个账号', 'en-US': 'This account has been merged into another one' },
    help: { 'zh-CN': '请到保留的那个账号上操作。', 'en-US': 'Use the account that was kept.' },
  },
  accounts_not_mergeable: {
    message: { 'zh-CN': '这两个账号不能合并', 'en-US': 'These two accounts cannot be merged' },
    help: {
      'zh-CN': '请选择两个不同的、都没有被合并过的账号；保留的账号必须处于启用状态。',
      'en-US': 'Choose two different accounts that have not been merged before; the one to keep must be active.',
    },
  },
  binding_not_undoable: {
    message: { 'zh-CN': '这一步不能撤销了', 'en-US': 'This step can no longer be undone' },
    help: {
      'zh-CN': '之后绑定又有变化，或者已经撤销过。请直接绑定或解绑。',
      'en-US': 'The binding has changed since, or this was undone before. Bind or unbind directly.',
    },
  },
  last_administrator: {
    message: { 'zh-CN': '这是最后一位能登录的管理员', 'en-US': 'This is the last administrator who can log in' },
    help: { 'zh-CN': '请先把另一位同事设为管理员。', 'en-US': 'Make another colleague an administrator first.' },
  },
  own_account: {
    message: { 'zh-CN': '不能对自己的账号这样操作', 'en-US': 'You cannot do this to your own account' },
    help: {
      'zh-CN': '这会让你自己失去管理权限或无法登录，请由另一位管理员操作。',
      'en-US': 'It would lock you out. Another administrator can do it.',
    },
  },
  rights_elsewhere: {
    message: { 'zh-CN': '这些权限由 Cordys CRM 决定', 'en-US': 'Cordys CRM decides about these rights' },
    help: { 'zh-CN': '请在 Cordys CRM 的角色里修改数据范围和操作权限；这里只能修改谁可以发公告。', 'en-US': 'Change the data scope and what people may do in the roles of Cordys CRM; here only who may announce can be changed.' },
  },
  rights_changed: {
    message: { 'zh-CN': '此人的角色刚刚被改过，没有保存', 'en-US': 'This person\'s roles were changed meanwhile; nothing was saved' },
    help: { 'zh-CN': '例如合并账号会带来对方的角色。请核对最新的角色后再保存。', 'en-US': 'Merging accounts brings roles along, for example. Look at the roles as they are now, then save again.' },
  },
  department_unknown: {
    message: { 'zh-CN': '所选部门已不存在', 'en-US': 'A chosen department no longer exists' },
    help: { 'zh-CN': '请刷新页面后重新选择。', 'en-US': 'Reload the page and choose again.' },
  },
  not_in_department: {
    message: { 'zh-CN': '这位同事已不在所选部门', 'en-US': 'The person is not in the chosen department any more' },
    help: { 'zh-CN': '请刷新页面后重新选择。', 'en-US': 'Reload the page and choose again.' },
  },
  access_request_decided: { message: { 'zh-CN': '这条申请已经处理过', 'en-US': 'This request has been decided already' } },
  visitor_unknown: {
    message: { 'zh-CN': '需要重新确认你的身份', 'en-US': 'We need to confirm again who you are' },
    help: {
      'zh-CN': '距离上次打开已超过 15 分钟，请重新打开 CRM 后再试。',
      'en-US': 'More than 15 minutes have passed. Open the CRM anew and try again.',
    },
  },
  bind_code_invalid: {
    message: { 'zh-CN': '绑定码不正确', 'en-US': 'This code is not right' },
    help: {
      'zh-CN': '绑定码只能使用一次，并会过期。请核对后再输入，或向管理员要一个新的。',
      'en-US': 'A code works once and expires. Check it, or ask an administrator for a new one.',
    },
  },
} satisfies Partial<Record<ErrorCode, { message: Text, help?: Text }>>
