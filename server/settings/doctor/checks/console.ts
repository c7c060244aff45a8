import type { DingTalkError, InnerApp } from '../../../dingtalk/index.ts'
import type { Text } from '../../../http/locale.ts'
import type { Check, Patient } from '../patient.ts'
import { DingTalkError as Refusal } from '../../../dingtalk/index.ts'
import { dependsOn, text } from '../finding.ts'
import { places } from '../places.ts'

type OwnApp = { kind: 'found', app: InnerApp } | { kind: 'absent' } | { kind: 'not_told', error: DingTalkError }

/** One question for the three checks of an examination. */
const asked = new WeakMap<Patient, Promise<OwnApp>>()

/** Our app in the company's list, by the optional permission qyapi_get_microapp_list (dingtalk-server-api §8.4). */
export function ownApp(patient: Patient): Promise<OwnApp> {
  const known = asked.get(patient) ?? askForApp(patient)
  asked.set(patient, known)
  return known
}

async function askForApp({ dingtalk, credentials: { agentId }, signal }: Patient): Promise<OwnApp> {
  try {
    const app = (await dingtalk.apps.list({ signal })).find(candidate => candidate.agentId === agentId)
    return app ? { kind: 'found', app } : { kind: 'absent' }
  }
  catch (error) {
    if (error instanceof Refusal)
      return { kind: 'not_told', error }
    throw error
  }
}

const tried = text('在企业的应用列表里查看这个应用 (microApp/allInnerApps)', 'Looked the app up among the company\'s apps (microApp/allInnerApps)')

/** Where people have opened the app from the workbench at this address, per device: what no other login proves. */
function opened({ stored, sightings, configuredUrl }: Patient) {
  const at = (kind: 'homepageMobile' | 'homepagePc') => {
    const known = stored ? sightings.get(kind) : undefined
    // Without PUBLIC_URL the address is whatever the browser called us, and any that got here is right.
    return known?.okAt && (!configuredUrl || leadsTo(known.ok.url ?? '', configuredUrl)) ? known.okAt : undefined
  }
  return { mobile: at('homepageMobile'), pc: at('homepagePc') }
}

/** What the list of apps said where it does not help. */
function notHelped(app: Exclude<OwnApp, { kind: 'found' }>): Text {
  return app.kind === 'absent'
    ? text('列表里没有这个 AgentId', 'The list has no such AgentId')
    : notTold(app.error, '企业已安装的应用列表查询权限', 'qyapi_get_microapp_list')
}

/** Why one of the optional calls told nothing: its permission is not there, or whatever else DingTalk says. */
function notTold({ reason, text: said, requiredScopes }: DingTalkError, name: string, code: string): Text {
  if (requiredScopes)
    return text(`${reason}：没有“${name}”（可选）`, `${reason}: the optional permission ${code} is not enabled`)
  return text(`${reason}：${said}`, `${reason}: ${said}`)
}

const published: Check = async (patient, ask) => {
  if ((await ask('tokenNew')).value === undefined)
    return { finding: dependsOn('tokenNew') }
  const app = await ownApp(patient)
  const where = places.release
  const about = [patient.credentials.agentId ?? '']
  if (app.kind !== 'found' || app.app.enabled === undefined) {
    const step = text('在“版本管理与发布”里确认最新版本是“已发布”；没有发布的应用在工作台里看不到。', 'Make sure that the newest version is released (已发布); an unreleased app is not in the workbench.')
    const answered = app.kind === 'found' ? text('列表没有说明应用的状态', 'The list does not tell the app\'s state') : notHelped(app)
    const { mobile, pc } = opened(patient)
    const seenAt = [mobile, pc].filter(at => at !== undefined).sort((a, b) => Number(b) - Number(a))[0]
    if (seenAt)
      return { finding: { result: 'seen', tried, answered, means: text('有人从工作台打开应用并登录成功过，所以应用已发布。', 'Somebody opened the app from the workbench and logged in, so it is released.'), seenAt, where, manual: step } }
    return { finding: { result: 'manual', tried, answered, means: text('从这里看不到，请在控制台核对；有人从工作台打开应用后，这里会自动显示。', 'It cannot be seen from here; look at it in the console. Once somebody has opened the app from the workbench, it shows here.'), where, manual: step, about } }
  }
  if (app.app.enabled)
    return { finding: { result: 'ok', tried, answered: text('已启用', 'Enabled'), means: text('应用处于启用状态。', 'The app is enabled.') } }
  return {
    finding: {
      result: 'failed',
      tried,
      answered: text('已停用', 'Stopped'),
      means: text('应用已停用或还没有发布，大家在工作台里看不到它。', 'The app is stopped or not released; nobody sees it in the workbench.'),
      fix: text('创建新版本并发布，或在管理后台重新启用应用。', 'Create a version and release it, or enable the app again in the admin console.'),
      where,
    },
  }
}

const homepage: Check = async (patient, ask) => {
  if ((await ask('tokenNew')).value === undefined)
    return { finding: dependsOn('tokenNew') }
  const { publicUrl, configuredUrl } = patient
  const app = await ownApp(patient)
  const where = places.webApp
  const wanted = `${publicUrl}/?corpId=$CORPID$`
  if (app.kind !== 'found') {
    const { mobile, pc } = opened(patient)
    const answered = notHelped(app)
    if (mobile && pc) {
      const seenAt = mobile < pc ? mobile : pc
      return { finding: { result: 'seen', tried, answered, means: text('手机和电脑上都有人从工作台打开并登录成功过，所以两个首页地址可用。', 'People opened the app from the workbench on a phone and on a computer and logged in, so both homepages work.'), seenAt, where } }
    }
    const left = mobile ? text('PC 端首页', 'the homepage for PC is') : pc ? text('移动端首页', 'the homepage for mobile is') : text('移动端和 PC 端首页都', 'the homepages for mobile and for PC are')
    return {
      finding: {
        result: 'manual',
        tried,
        answered,
        means: mobile || pc
          ? text(`${mobile ? '移动端' : 'PC 端'}首页有人从工作台打开过；${mobile ? 'PC 端' : '移动端'}还没有。`, `The homepage for ${mobile ? 'mobile' : 'PC'} was opened from the workbench; the one for ${mobile ? 'PC' : 'mobile'} was not yet.`)
          : text('从这里看不到，请在控制台核对。扫码或点消息打开的页面不经过首页地址，不算数。', 'It cannot be seen from here; look at it in the console. A page opened by a QR code or a message does not use the homepage and does not count.'),
        where,
        about: [patient.credentials.agentId ?? '', wanted],
        manual: text(
          `在“网页应用”里确认${left['zh-CN']}是 ${wanted} ；或者从工作台打开一次，这里会自动显示。`,
          `Make sure under 网页应用 that ${left['en-US']} ${wanted}; or open the app from the workbench, and it shows here.`,
        ),
      },
    }
  }
  const { homepage: mobile, pcHomepage: pc } = app.app
  const answered = text(`移动端 ${mobile ?? '（空）'}；PC 端 ${pc ?? '（空）'}`, `mobile ${mobile ?? '(empty)'}; PC ${pc ?? '(empty)'}`)
  const fix = text(`把移动端和 PC 端首页都填成 ${wanted}，保存后发布新版本。`, `Enter ${wanted} for mobile and PC, save, and release a version.`)
  if (![mobile, pc].every(link => link === undefined || leadsTo(link, publicUrl))) {
    // Without PUBLIC_URL ours is whatever the browser called us: it may be the administrator who came another way.
    if (!configuredUrl) {
      return {
        finding: {
          result: 'manual',
          tried,
          answered,
          means: text(`你现在打开的地址是 ${publicUrl} ，和控制台里的首页不同；没有设置 PUBLIC_URL，无法判断哪个才是大家用的地址。`, `You are at ${publicUrl}, which is not what the console has as homepage; PUBLIC_URL is not set, so nobody can tell which of them people use.`),
          where,
          about: [mobile ?? '', pc ?? ''],
          manual: text('确认控制台里的首页是大家打开本系统的地址，并把它设为服务器的 PUBLIC_URL。', 'Make sure that the console has the address at which people open this system, and set it as PUBLIC_URL of the server.'),
        },
      }
    }
    return { finding: { result: 'failed', tried, answered, means: text('首页地址不指向本系统，免登会被钉钉拒绝。', 'The homepage does not lead to this system; DingTalk refuses the login there.'), fix, where } }
  }
  if (!mobile || !pc)
    return { finding: { result: 'failed', tried, answered, means: text(`没有填${mobile ? ' PC 端' : '移动端'}首页，应用在那里不显示。`, `The homepage for ${mobile ? 'PC' : 'mobile'} is empty, so the app is not shown there.`), fix, where } }
  return { finding: { result: 'ok', tried, answered, means: text('两个首页都指向本系统。', 'Both homepages lead to this system.') } }
}

/** Both forms of README step 6: our address itself, or DingTalk's login page that sends people there. */
function leadsTo(link: string, publicUrl: string): boolean {
  if (link === publicUrl || link.startsWith(`${publicUrl}/`) || link.startsWith(`${publicUrl}?`))
    return true
  const target = URL.canParse(link) ? new URL(link).searchParams.get('redirect_uri') : null
  return target !== null && (target === publicUrl || target.startsWith(`${publicUrl}/`))
}

const visibleRange: Check = async (patient, ask) => {
  if ((await ask('tokenNew')).value === undefined)
    return { finding: dependsOn('tokenNew') }
  const where = places.release
  const step = text('在“版本管理与发布”里确认应用可见范围包含所有要使用 CRM 的人。', 'Make sure that the visible range (应用可见范围) holds everybody who will use the CRM.')
  const looked = text('读取应用可见范围 (microApp/apps/scopes)', 'Read the app\'s visible range (microApp/apps/scopes)')
  try {
    if (!patient.credentials.agentId)
      return { finding: dependsOn('agentId') }
    const { userids, deptIds, roleIds, onlyAdmins } = await patient.dingtalk.apps.visibleRange(patient.credentials.agentId, { signal: patient.signal })
    if (onlyAdmins) {
      return {
        finding: {
          result: 'failed',
          tried: looked,
          answered: text('仅限管理员', 'Administrators only (仅限管理员)'),
          means: text('只有管理员能打开应用，其他人登录时会得到 40079。', 'Only administrators can open the app; everybody else gets 40079.'),
          fix: text('改成全部员工，或加入要使用 CRM 的部门，然后发布新版本。', 'Choose 全部员工 (everybody) or add the departments that use the CRM, then release a version.'),
          where,
        },
      }
    }
    const all = deptIds.includes(1)
    return {
      finding: {
        result: all ? 'ok' : 'manual',
        tried: looked,
        answered: all
          ? text('全部员工', 'Everybody')
          : text(`${deptIds.length} 个部门、${userids.length} 人、${roleIds.length} 个角色`, `${deptIds.length} departments, ${userids.length} people, ${roleIds.length} roles`),
        means: all
          ? text('公司里的每个人都能打开应用。', 'Everybody in the company can open the app.')
          : text('只有这些人能打开应用，其他人登录时会得到 40079。', 'Only these can open the app; everybody else gets 40079.'),
        where,
        ...(!all && { manual: step, about: [patient.credentials.agentId, ...deptIds.toSorted((a, b) => a - b), ...userids.toSorted(), ...roleIds.map(String).toSorted()] }),
      },
    }
  }
  catch (error) {
    if (!(error instanceof Refusal))
      throw error
    return {
      finding: {
        result: 'manual',
        tried: looked,
        answered: notTold(error, '管理微应用的权限', 'qyapi_microapp_manage'),
        means: text('从这里看不到，请在控制台核对。', 'It cannot be seen from here; look at it in the console.'),
        where,
        manual: step,
        about: [patient.credentials.agentId ?? '', 'not told'],
      },
    }
  }
}

/** What the console says of the app, where the optional app-management permissions let us see it. */
export const consoleChecks = { published, homepage, visibleRange }
