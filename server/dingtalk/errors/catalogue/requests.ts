import type { Catalogue } from './entry.ts'
import { same } from './entry.ts'

const report = {
  zh: '请把请求编号提供给系统维护人员；如果中间有代理，请确认它原样转发请求。',
  en: 'Give the request id to whoever maintains this system; if there is a proxy on the way, make sure that it passes requests on unchanged.',
}
const later = {
  zh: '系统会自动重试；若持续出现，请稍后再试，并留意钉钉的服务公告。',
  en: 'The call is repeated automatically where that is safe; if it stays, try later and watch DingTalk\'s service notices.',
}

/** The shape of our calls, and DingTalk's own trouble (dingtalk-server-api §10.5, §10.8). */
export const requests: Catalogue = {
  ...same(['-1', '400001', '500', 'system.error', 'server.error', 'unknownError', 'serviceBusy', 'ServiceUnavailable'], {
    kind: 'unavailable',
    cause: { zh: '钉钉系统繁忙或出现内部错误。', en: 'DingTalk is busy or has an internal error.' },
    fix: later,
  }),
  ...same(['15', 'isp.-1', 'isp.top-remote-connection-timeout', '503', '504'], {
    kind: 'unavailable',
    cause: { zh: '钉钉的后端服务没有及时响应。', en: 'A backend service of DingTalk did not answer in time.' },
    fix: later,
  }),
  ...same(['400002', '40035', '40036', '40038', '44002', '47001', '40033'], {
    kind: 'format',
    cause: { zh: '钉钉不接受请求里的参数。', en: 'DingTalk does not accept a parameter of the call.' },
    fix: report,
  }),
  ...same(['40068', '40069', '40070'], {
    kind: 'format',
    cause: { zh: '分页或排序参数不正确。', en: 'A paging or sorting parameter is wrong.' },
    fix: report,
  }),
  ...same(['43001', '43002', '43003', '43004', '43005', '43008', '43009'], {
    kind: 'format',
    cause: { zh: '请求方式或内容类型不符合钉钉的要求。', en: 'Method or content type of the call is not what DingTalk asks for.' },
    fix: report,
  }),
  ...same(['22', '404'], {
    kind: 'config',
    cause: { zh: '钉钉没有这个接口地址。', en: 'DingTalk knows no API at this address.' },
    fix: {
      zh: '检查服务器的 DINGTALK_API_BASE 和 DINGTALK_OAPI_BASE 设置：应分别指向 api.dingtalk.com 和 oapi.dingtalk.com。',
      en: 'Check DINGTALK_API_BASE and DINGTALK_OAPI_BASE on the server: they should point to api.dingtalk.com and oapi.dingtalk.com.',
    },
  }),
  ...same(['invalidRequest.duplicateClientToken', 'idempotencyProcessing'], {
    kind: 'format',
    cause: { zh: '同一个请求已经提交过，正在处理。', en: 'The same request was already handed in and is being worked on.' },
    fix: { zh: '不用重复提交，稍后查看结果即可。', en: 'There is no need to repeat it; look at the result a little later.' },
  }),
}
