import type { Text } from './catalogue/entry.ts'

/** One permission point of DingTalk's console (dingtalk-server-api §8.1). */
export interface Permission {
  /** Absent for the two field permissions: their codes are not documented. */
  code?: string
  /** Exactly as the console shows it. */
  name: string
  neededFor: Text
  /** `default` = on from the start. */
  need: 'default' | 'required' | 'optional'
}

/** What this product asks for. */
export const permissions: readonly Permission[] = [
  {
    code: 'qyapi_base',
    name: '调用企业API时需要具备的基本权限',
    need: 'default',
    neededFor: {
      zh: '应用凭证、免登、授权范围、工作通知、页面签名',
      en: 'app token, in-app login, authorized scope, work notifications, page signature',
    },
  },
  {
    code: 'open_app_api_base',
    name: '获取钉钉开放接口用户访问凭证的基础权限',
    need: 'required',
    neededFor: { zh: '浏览器登录', en: 'browser login' },
  },
  {
    code: 'Contact.User.Read',
    name: '通讯录个人信息读权限',
    need: 'required',
    neededFor: { zh: '浏览器登录时识别本人', en: 'knowing who logs in with the browser' },
  },
  {
    code: 'qyapi_get_department_list',
    name: '通讯录部门信息读权限',
    need: 'required',
    neededFor: { zh: '同步部门', en: 'synchronising departments' },
  },
  {
    code: 'qyapi_get_department_member',
    name: '通讯录部门成员读权限',
    need: 'required',
    neededFor: { zh: '列出部门成员，同步人员', en: 'listing the members of departments, synchronising people' },
  },
  {
    code: 'qyapi_get_member',
    name: '成员信息读权限',
    need: 'required',
    neededFor: { zh: '成员详情、浏览器登录、管理员名单、人数核对', en: 'member details, browser login, list of administrators, head count' },
  },
  {
    code: 'Contact.User.mobile',
    name: '个人手机号信息',
    need: 'optional',
    neededFor: { zh: '浏览器登录时显示手机号', en: 'the mobile number at browser login' },
  },
  { name: '企业员工手机号信息', need: 'optional', neededFor: { zh: '同步手机号和国家码', en: 'synchronising mobile numbers' } },
  { name: '邮箱等个人信息', need: 'optional', neededFor: { zh: '同步邮箱、办公地点、备注', en: 'synchronising e-mail, work place, remark' } },
  { code: 'Contact.Common.Read', name: '通讯录基本数据读权限', need: 'optional', neededFor: { zh: '离职记录', en: 'records of departures' } },
  {
    code: 'Todo.Todo.Write',
    name: '待办应用中待办写权限',
    need: 'optional',
    neededFor: { zh: '把跟进计划写入钉钉待办', en: 'follow-up plans as DingTalk to-dos' },
  },
  {
    code: 'Todo.Todo.Read',
    name: '待办应用中待办读权限',
    need: 'optional',
    neededFor: { zh: '读取钉钉待办的完成状态', en: 'reading whether to-dos are done' },
  },
]

/** Points that DingTalk may name in an error although this product does not ask for them by itself. */
const others: Readonly<Record<string, string>> = {
  'qyapi_get_member_by_mobile': '根据手机号获取成员基本信息权限',
  'qyapi_addresslist_search': '搜索企业通讯录的权限',
  'Contact.Org.Read': '通讯录组织基础信息读权限',
  'qyapi_manage_addresslist': '通讯录数据管理权限',
  'qyapi_hrm_read_user': '智能人事个人信息读权限',
  'qyapi_microapp_manage': '管理微应用的权限',
  'qyapi_get_microapp_list': '企业已安装的应用列表查询权限',
  'Card.Instance.Write': '互动卡片实例写权限',
  'Calendar.Event.Write': '日历应用中日程写权限',
  'Calendar.Event.Read': '日历应用中日程读权限',
  'qyapi_get_omp_sso_userinfo': '企业OA后台免登访问权限',
}

/** The console's name of a permission code; undefined when unknown. */
export function permissionName(code: string): string | undefined {
  return permissions.find(permission => permission.code === code)?.name ?? others[code]
}
