import type { CheckId, DoctorCheck, GuidePermission } from '#contract/connection.ts'

/** Which checks show that a permission point is on; the others nobody has a use for before a feature asks. */
const shownBy: Readonly<Record<string, readonly CheckId[]>> = {
  'qyapi_base': ['tokenOld', 'tokenNew'],
  'open_app_api_base': ['browserLogin'],
  'Contact.User.Read': ['browserLogin'],
  'qyapi_get_department_list': ['departments'],
  'qyapi_get_department_member': ['members'],
  'qyapi_get_member': ['memberDetail', 'admins'],
  '企业员工手机号信息': ['mobile'],
  '邮箱等个人信息': ['email'],
}

/** `on`: a call that needs it worked. `off`: DingTalk said that it is missing. Undefined: nothing has shown it yet. */
export function permissionState({ code, name }: Pick<GuidePermission, 'code' | 'name'>, checks: readonly DoctorCheck[]): 'on' | 'off' | undefined {
  const ids = shownBy[code ?? name] ?? []
  const concerned = checks.filter(({ id }) => ids.includes(id))
  if (code && concerned.some(({ result, fix, link }) => result === 'failed' && `${fix} ${link}`.includes(code)))
    return 'off'
  return concerned.some(({ result }) => result === 'ok' || result === 'seen') ? 'on' : undefined
}
