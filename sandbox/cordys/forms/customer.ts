import type { FormConfig } from './types.ts'
import { formBuilder, options } from './build.ts'

/**
 * The customer form: the stock fields of cordys-api §6.8, and what an administrator of this company added, so
 * that every type, hidden fields, reference displays and types a phone cannot edit are there.
 */
export function customerForm(newId: () => string): FormConfig {
  const { add, form } = formBuilder(newId)
  add('INPUT', '客户名称', 'customerName', { businessKey: 'name', required: true, unique: true, mobile: true, defaultValueType: 'custom' })
  add('SELECT', '客户行业', 'customerIndustry', { options: options('制造业', '信息技术', '金融业', '零售业', '教育', '医疗'), optionSource: 'custom' })
  add('SELECT', '客户等级', 'customerLevel', { defaultValue: '1', options: options('普通客户', '重要客户', '战略客户'), optionSource: 'custom' })
  add('SELECT', '客户类型', 'customerType', { options: options('直客', '代理商', '合作伙伴'), optionSource: 'custom' })
  const source = add('SELECT', '客户来源', 'customerSource', { options: options('线上', '展会', '转介绍', '电话', '其他'), optionSource: 'custom' })
  const online = add('SELECT', '线上来源详情', 'customerOnlineSource', { options: options('官网', '搜索', '公众号'), optionSource: 'custom' })
  source.showControlRules = [{ value: '1', fieldIds: [online.id] }]
  add('INPUT_MULTIPLE', '客户标签', 'customerTag')
  add('LOCATION', '地区', 'customerArea', { locationType: 'detail', scope: null })
  add('MEMBER', '负责人', 'customerOwner', { businessKey: 'owner', required: true, mobile: true, hasCurrentUser: false, initialOptions: [] })

  add('DIVIDER', '企业信息', null, { mobile: true, dividerClass: 'solid', dividerColor: '#EDEDF1', titleColor: '#323535' })
  add('SERIAL_NUMBER', '客户编号', null, { mobile: true, serialNumberRules: ['KH', 6] })
  add('PHONE', '公司电话', null, { mobile: true, format: '255', unique: true })
  add('INPUT_NUMBER', '员工人数', null, { mobile: true, min: 0, max: 1_000_000, numberFormat: 'number', decimalPlaces: false, precision: 0, showThousandsSeparator: true })
  add('DATE_TIME', '成立日期', null, { mobile: true, dateType: 'date', dateDefaultType: 'custom' })
  add('CHECKBOX', '合作产品', null, { mobile: true, options: options('软件', '硬件', '服务'), direction: 'horizontal' })
  add('RADIO', '是否上市', null, { mobile: true, options: options('是', '否'), direction: 'horizontal' })
  add('MEMBER_MULTIPLE', '服务团队', null, { mobile: true, hasCurrentUser: false, initialOptions: [] })
  add('DEPARTMENT', '服务部门', null, { mobile: true, hasCurrentUserDept: false, initialOptions: [] })
  const parent = add('DATA_SOURCE', '上级客户', null, { mobile: true, dataSourceType: 'CUSTOMER', combineSearch: null, showFields: [], refFields: [], linkFields: [] })
  add('LINK', '官网', null, { mobile: true, linkSource: 'custom', openMode: 'openInNew' })
  add('INDUSTRY', '国标行业', null, { mobile: true })
  add('PICTURE', '门头照片', null, { mobile: true, pictureShowType: 'card', uploadLimitEnable: true, uploadLimit: 5, uploadSizeLimitEnable: true, uploadSizeLimit: 20 })
  add('ATTACHMENT', '资质文件', null, { mobile: true, onlyOne: false, accept: null, limitSize: '20MB' })
  add('FORMULA', '人均产值', null, { mobile: true, formula: '0', decimalPlaces: true, precision: 2 })
  add('TEXTAREA', '备注', null, { mobile: true })
  add('INPUT', '财务编码', null, { mobile: true, readable: false })
  const shown = add('INPUT', '上级客户等级', null, { mobile: true, resourceFieldId: parent.id })
  shown.id = `${parent.id}_ref_${shown.id}`
  return form()
}
