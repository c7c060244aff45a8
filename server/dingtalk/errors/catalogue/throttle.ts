import type { Catalogue } from './entry.ts'
import { same } from './entry.ts'
import { places } from './places.ts'

/** Too fast, or used up (dingtalk-server-api §9). */
export const throttle: Catalogue = {
  ...same(
    [
      '90018',
      '90005',
      '90006',
      '90003',
      '90004',
      '90007',
      '90008',
      '90009',
      '90010',
      '90011',
      '90012',
      '90013',
      '90014',
      '90017',
      '45009',
      'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi',
      'Forbidden.AccessDenied.QpmLimitForAppkeyAndApi',
      'qps.exceed.limit',
      'request.overlimit',
      'oaplus.query.limit',
    ],
    {
      kind: 'throttle',
      cause: { zh: '应用调用这个接口太频繁，超过了钉钉的每秒限制。', en: 'The app called this API faster than DingTalk\'s limit per second.' },
      fix: {
        zh: '系统已自动放慢。若经常出现，说明有其他程序在用同一个应用，请为它另建应用，或调低本系统的每秒调用数。',
        en: 'The system has slowed down by itself. If this is frequent, something else uses the same app: give it an app of its own, or lower this system\'s calls per second.',
      },
    },
  ),
  ...same(['90002', '90001', 'Forbidden.AccessDenied.QpsLimitForApi', 'system.busy', 'systemBusy'], {
    kind: 'throttle',
    cause: { zh: '钉钉的这个接口目前整体繁忙，暂时限制了调用。', en: 'This API of DingTalk is busy as a whole and limits calls for the moment.' },
    fix: {
      zh: '稍等片刻会自动恢复；定时同步请避开整点。',
      en: 'It recovers by itself in a while; schedule synchronisations away from the full hour.',
    },
  }),
  ...same(['90020', 'Forbidden.AccessDenied.ApiCountLimitForOrg'], {
    kind: 'quota',
    cause: {
      zh: '企业本月的钉钉接口调用量已用完。登录和通讯录不受影响，工作通知会停发。',
      en: 'The company\'s monthly quota of DingTalk API calls is used up. Login and contacts go on; work notifications stop.',
    },
    fix: {
      zh: '等到下个月自动恢复，或升级钉钉专业版、购买调用量。',
      en: 'It starts again next month; or upgrade DingTalk\'s edition or buy more calls.',
    },
    where: places.developerConsole,
  }),
  20001: {
    kind: 'quota',
    cause: {
      zh: '企业本月的事件推送 (Webhook 与 Stream) 用量已用完。',
      en: 'The company\'s monthly quota of event pushes (webhook and Stream) is used up.',
    },
    fix: {
      zh: '组织变动改由定时同步更新；等到下个月恢复，或升级钉钉版本。',
      en: 'Changes still arrive with the scheduled synchronisation; it starts again next month, or upgrade DingTalk\'s edition.',
    },
    where: places.developerConsole,
  },
}
