import type { Text } from './catalogue/entry.ts'

/** One permission point of DingTalk's console (dingtalk-server-api §8.1). */
export interface Permission {
  /** Absent for the two field permissions: their codes are not documented. */
  code?: string
  /** Exactly as the console shows it. */
  name: string
  neededFor: Text
  /**
   * `default` = on from the start; `unused` = what it is for is not in this version yet; `avoid` = other manuals ask for it,
   * this product has no use for it.
   */
  need: 'default' | 'required' | 'optional' | 'unused' | 'avoid'
}

/** What this product asks for, and what it does not. */
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
  {
    code: 'qyapi_get_microapp_list',
    name: '企业已安装的应用列表查询权限',
    need: 'optional',
    neededFor: { zh: '诊断时核对首页地址和发布状态', en: 'checking homepage and release state in the doctor' },
  },
  {
    code: 'qyapi_microapp_manage',
    name: '管理微应用的权限',
    need: 'optional',
    neededFor: { zh: '诊断时核对可见范围', en: 'checking the visible range in the doctor' },
  },
  {
    code: 'qyapi_get_member_by_mobile',
    name: '根据手机号获取成员基本信息权限',
    need: 'unused',
    neededFor: { zh: '按手机号查找成员', en: 'finding a member by mobile number' },
  },
  {
    code: 'qyapi_addresslist_search',
    name: '搜索企业通讯录的权限',
    need: 'unused',
    neededFor: { zh: '搜索通讯录', en: 'searching contacts' },
  },
  { code: 'Contact.Common.Read', name: '通讯录基本数据读权限', need: 'unused', neededFor: { zh: '离职记录', en: 'records of departures' } },
  {
    code: 'Contact.Org.Read',
    name: '通讯录组织基础信息读权限',
    need: 'unused',
    neededFor: { zh: '企业名称和认证状态', en: 'the company\'s name and certification' },
  },
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
  {
    code: 'Calendar.Event.Write',
    name: '日历应用中日程写权限',
    need: 'unused',
    neededFor: { zh: '把跟进计划写入钉钉日程', en: 'follow-up plans as calendar events' },
  },
  { code: 'Calendar.Event.Read', name: '日历应用中日程读权限', need: 'unused', neededFor: { zh: '读取日程', en: 'reading calendar events' } },
  { code: 'Card.Instance.Write', name: '互动卡片实例写权限', need: 'unused', neededFor: { zh: '互动卡片', en: 'interactive cards' } },
  {
    code: 'qyapi_hrm_read_user',
    name: '智能人事个人信息读权限',
    need: 'unused',
    neededFor: { zh: '智能人事里的离职人员', en: 'leavers from 智能人事' },
  },
  {
    code: 'qyapi_get_omp_sso_userinfo',
    name: '企业OA后台免登访问权限',
    need: 'avoid',
    neededFor: { zh: '从管理后台登录；这里用不到', en: 'login from the OA console; not used here' },
  },
  {
    code: 'qyapi_manage_addresslist',
    name: '通讯录数据管理权限',
    need: 'avoid',
    neededFor: { zh: '修改通讯录（敏感）；CRM 从不修改', en: 'writing contacts (sensitive); this CRM never does' },
  },
]

/** The console's name of a permission code; undefined when unknown. */
export function permissionName(code: string): string | undefined {
  return permissions.find(permission => permission.code === code)?.name
}
