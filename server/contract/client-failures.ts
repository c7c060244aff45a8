/** Why somebody is not in, where the H5 alone notices it: the client refused, the browser did, or no answer came. */
export const clientFailures = [
  'container_timeout',
  'container_cancelled',
  'container_notInDingTalk',
  'container_unsupported',
  'container_domain',
  'container_corp',
  'container_notMember',
  'container_denied',
  'container_native',
  'cookies_blocked',
  'login_unfinished',
  'network',
  'timeout',
  'bad_answer',
  'unknown',
  'not_configured',
  'login_dingtalk_off',
  'login_browser_off',
  'wrong_corp',
] as const
export type ClientFailure = (typeof clientFailures)[number]
