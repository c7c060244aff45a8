import type { Catalogue } from './entry.ts'
import { same } from './entry.ts'
import { places } from './places.ts'

/** What says that the AgentId is missing, wrong or another app's: everything else the app does works all the same. */
export const agentCodes: readonly string[] = ['40056', '41011', '52019', '70003', '70004']

/** What asyncsend_v2 and its relatives may answer at once (dingtalk-server-api §5, §10.7). */
export const messages: Catalogue = {
  ...same(agentCodes, {
    kind: 'config',
    cause: {
      zh: 'AgentId 缺失、不正确，或与 Client ID 不是同一个应用。',
      en: 'The AgentId is missing, wrong, or belongs to another app than the Client ID.',
    },
    fix: { zh: '从同一个应用的凭证页重新复制 AgentId 并保存。', en: 'Copy the AgentId again from the credentials page of the same app and save it.' },
    where: places.credentials,
  }),
  ...same(['40008', '34014'], {
    kind: 'message',
    cause: { zh: '钉钉不认识这条消息的格式。', en: 'DingTalk does not understand the form of this message.' },
    fix: { zh: '检查通知模板；恢复为默认模板后再试。', en: 'Check the notification template; try again with the default one.' },
  }),
  34016: {
    kind: 'message',
    cause: { zh: '消息内容太长。', en: 'The message is too long.' },
    fix: {
      zh: '缩短标题（50 字以内）、按钮（20 字以内）或正文；整条消息不能超过 2048 字节，一个汉字占 3 字节。',
      en: 'Shorten the title (50 characters), the button (20) or the text; the whole message must stay within 2048 bytes, and a Chinese character takes three.',
    },
  },
  34009: {
    kind: 'message',
    cause: { zh: '链接消息缺少链接地址。', en: 'A link message has no link.' },
    fix: {
      zh: '填写链接；请确认已设置本系统的公网地址 (PUBLIC_URL)。',
      en: 'Fill in the link; make sure that this system\'s public address (PUBLIC_URL) is set.',
    },
  },
  40048: {
    kind: 'message',
    cause: { zh: '消息里的链接被钉钉判为不安全。', en: 'DingTalk considers a link in the message unsafe.' },
    fix: {
      zh: '使用企业自己的 HTTPS 域名，并确认该域名已备案、未被拦截。',
      en: 'Use a domain of your own with HTTPS, and check that it is registered (ICP) and not blocked.',
    },
  },
  ...same(['41049', '1430002'], {
    kind: 'message',
    cause: { zh: '消息含有钉钉不允许的内容。', en: 'The message holds content that DingTalk does not allow.' },
    fix: { zh: '修改文字后重新发送。', en: 'Change the wording and send it again.' },
  }),
  ...same(['40007', '40004', '40006'], {
    kind: 'message',
    cause: { zh: '图片或文件无效、类型不支持或太大。', en: 'The picture or file is invalid, of an unsupported type, or too large.' },
    fix: { zh: '换一个文件重新上传：图片不超过 1 MB，文件不超过 10 MB。', en: 'Upload another one: pictures up to 1 MB, files up to 10 MB.' },
  }),
  41029: {
    kind: 'message',
    cause: { zh: '接收人太多，一次最多 5000 人。', en: 'Too many receivers; at most 5000 at once.' },
    fix: { zh: '缩小范围，或分几次发送。', en: 'Choose fewer receivers or send in several parts.' },
  },
  41045: {
    kind: 'quota',
    cause: { zh: '今天发给全员的消息已达上限（每天 3 次）。', en: 'Today\'s limit for messages to the whole company (three) is reached.' },
    fix: { zh: '明天再发，或只发给相关部门和人员。', en: 'Send it tomorrow, or only to the departments and people concerned.' },
  },
  ...same(['41046', '41047'], {
    kind: 'throttle',
    cause: { zh: '这一分钟内发送的人次太多。', en: 'Too many receivers within this minute.' },
    fix: { zh: '等一分钟再发；大批量通知请分批发送。', en: 'Wait a minute; send large numbers in parts.' },
  }),
  41052: {
    kind: 'message',
    cause: {
      zh: '消息状态暂时不能更新：发送尚未完成，或接收人超过 5 人。',
      en: 'The status of the message cannot be changed yet: sending is not finished, or there are more than five receivers.',
    },
    fix: { zh: '稍后再试；接收人较多时，请另发一条新消息。', en: 'Try again later; with more receivers send a new message instead.' },
  },
  ...same(['41044', '41028'], {
    kind: 'message',
    cause: { zh: '该应用不允许发送消息，或不允许发给全员。', en: 'The app may not send messages, or not to the whole company.' },
    fix: {
      zh: '确认使用的是企业内部应用，并改为发给指定的部门或人员。',
      en: 'Make sure that it is an internal app, and choose departments or people as receivers.',
    },
    where: places.permissions,
  }),
}
