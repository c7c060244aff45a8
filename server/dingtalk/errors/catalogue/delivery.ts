import type { Catalogue } from './entry.ts'
import { same } from './entry.ts'

/** Why an accepted message did not reach somebody; only in the send result (dingtalk-server-api §5.3). */
export const delivery: Catalogue = {
  ...same(['143103', '143104', '143203', '143204'], {
    kind: 'throttle',
    cause: { zh: '每分钟的发送人次已满，这条消息没有送达。', en: 'The receivers per minute were used up; this message was not delivered.' },
    fix: { zh: '过几分钟再发一次。', en: 'Send it again in a few minutes.' },
  }),
  ...same(['143105', '143205'], {
    kind: 'quota',
    cause: { zh: '此人今天从该应用收到的消息已达上限（500 条）。', en: 'This person has reached today\'s limit of messages from the app (500).' },
    fix: { zh: '明天再发；平时可把多条提醒合并成一条。', en: 'Send it tomorrow; several reminders can be combined into one.' },
  }),
  ...same(['143106', '143206'], {
    kind: 'message',
    cause: {
      zh: '此人今天已经收到过内容完全相同的消息，钉钉不再重复送达。',
      en: 'This person has already received exactly this message today; DingTalk does not deliver it twice.',
    },
    fix: {
      zh: '确实需要再次提醒时，在内容里加上时间或编号再发。',
      en: 'If the reminder is really needed again, add a time or a number to the text.',
    },
  }),
  1430000: {
    kind: 'message',
    cause: { zh: '没有有效的接收人。', en: 'There is no valid receiver.' },
    fix: { zh: '先同步组织架构，再选择接收人发送。', en: 'Synchronise the organisation, then choose receivers again.' },
  },
  1430001: {
    kind: 'message',
    cause: { zh: '钉钉不认识这次发送的授权方式。', en: 'DingTalk does not know the kind of authorization of this message.' },
    fix: { zh: '把发送任务编号提供给系统维护人员。', en: 'Give the task number to whoever maintains this system.' },
  },
  1430003: {
    kind: 'throttle',
    cause: { zh: '钉钉启动了系统保护，暂时没有送达。', en: 'DingTalk protects its system at the moment and did not deliver the message.' },
    fix: { zh: '稍后再发一次。', en: 'Send it again later.' },
  },
  1430004: {
    kind: 'message',
    cause: { zh: '此人开启了高管保护，应用的消息不会送达。', en: 'This person is protected as an executive; messages of the app are not delivered.' },
    fix: {
      zh: '请管理员调整高管模式设置，或改用其他方式联系。',
      en: 'An administrator can change the executive mode, or reach the person another way.',
    },
  },
}
