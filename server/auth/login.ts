import type { Logger } from 'pino'
import type { DingTalk } from '../dingtalk/index.ts'
import type { Directory } from '../directory/index.ts'
import type { CallerAccount } from '../http/context.ts'
import type { DingTalkStore } from '../settings/index.ts'
import { DingTalkError } from '../dingtalk/index.ts'
import { AppError } from '../http/app-error.ts'
import { fromDingTalk } from '../http/dingtalk-error.ts'
import { know, step } from './trail/index.ts'
import { UnknownMember } from './visitors/unknown-member.ts'

/** A member as DingTalk has just vouched for them. */
interface Identity {
  userid: string
  unionid: string | undefined
  name: string
  /** 1 main administrator, 2 sub-administrator, 100 boss, 0 nothing (dingtalk-server-api §2.2). */
  sysLevel: number
}

interface Parts {
  dingtalk: DingTalk
  directory: Directory
  settings: DingTalkStore
}

/** From what DingTalk says to the account that may come in. Failures are AppErrors a person can act on. */
export function createLogin({ dingtalk, directory, settings }: Parts) {
  /** Finds the account of a member and lets them in, as a step of the login's trail. */
  function admit(identity: Identity, log: Logger): Promise<CallerAccount> {
    return step('account', () => find(identity, log), ({ role }) => role)
  }

  async function find({ userid, unionid, name, sysLevel }: Identity, log: Logger): Promise<CallerAccount> {
    know({ userid, name })
    const { subAdminsAreAdmins, bossIsAdmin } = await settings.read()
    const admin = sysLevel === 1 || (sysLevel === 2 && subAdminsAreAdmins) || (sysLevel === 100 && bossIsAdmin)
    const found = await directory.findMember({ userid, unionid })
    if (!found) {
      if (!admin || !unionid || (await directory.wasUnboundByHand({ userid, unionid })))
        throw new UnknownMember({ userid, unionid: unionid ?? '', name }, await directory.administratorNames())
      const made = await directory.createAdministrator({ userid, unionid, name })
      know({ accountId: made.id })
      return made
    }
    // A userid can be given to a new person after the old one left; their unionid differs.
    if (unionid && found.binding.unionid && found.binding.unionid !== unionid) {
      log.warn({ userid }, 'login refused: the userid now belongs to another person')
      throw new UnknownMember({ userid, unionid, name }, await directory.administratorNames())
    }
    know({ accountId: found.account.id, name: found.account.name })
    if (found.account.status !== 'active')
      throw new AppError('account_disabled', { ask: await directory.administratorNames() })
    if (unionid && !found.binding.unionid)
      await directory.learnUnionid(userid, unionid)
    if (unionid && found.binding.userid !== userid)
      await directory.followUserid(found, { userid, unionid })
    const role = admin ? 'admin' : found.account.role
    if (role !== found.account.role)
      await directory.promote(found.account.id)
    await directory.recordLogin(found.account.id)
    return { id: found.account.id, name: found.account.name, role }
  }

  return {
    /** The in-container login: exactly one call to DingTalk when the app token is warm. */
    async byCode({ code, corpId }: { code: string, corpId?: string | undefined }, log: Logger): Promise<CallerAccount> {
      const stored = await settings.read()
      if (stored.clientSecret === null)
        throw new AppError('not_configured')
      if (!stored.loginInDingTalk)
        throw new AppError('login_dingtalk_off')
      if (corpId && corpId !== stored.corpId)
        throw new AppError('wrong_corp')
      const identity = await step('identity', () => dingtalk.login.exchangeCode(code).catch(fromDingTalk), ({ userid }) => userid)
      return admit({ userid: identity.userid, unionid: identity.unionid, name: identity.name ?? identity.userid, sysLevel: identity.sysLevel }, log)
    },

    /** The browser login; whether the person is an administrator is asked only where it could change something. */
    async byAuthCode(authCode: string, log: Logger): Promise<CallerAccount> {
      const exchange = () => dingtalk.oauth.exchangeAuthCode(authCode).catch((error: unknown) => {
        // Not in this company's contacts at all.
        if (error instanceof DingTalkError && error.reason === '60121')
          throw new AppError('member_external', { cause: error })
        return fromDingTalk(error)
      })
      const identity = await step('identity', exchange, ({ userid }) => userid)
      if (identity.contactType === 'external')
        throw new AppError('member_external')
      const known = await directory.findMember(identity)
      const sysLevel = known?.account.role === 'admin' ? 0 : await step('administrators', () => adminLevel(identity.userid, log), level => String(level))
      return admit({ userid: identity.userid, unionid: identity.unionid, name: identity.nick ?? identity.userid, sysLevel }, log)
    },
  }

  /**
   * getuserinfo tells the level; the browser login has to learn it from listadmin, and whether somebody is
   * the boss from user/get. Without the permissions for these nobody is promoted.
   */
  async function adminLevel(userid: string, log: Logger): Promise<number> {
    try {
      const admins = await dingtalk.contacts.listAdmins({ priority: 'login' })
      const level = admins.find(admin => admin.userid === userid)?.sysLevel ?? 0
      if (level === 1 || !(await settings.read()).bossIsAdmin)
        return level
      const looked = await dingtalk.contacts.getUser(userid, { priority: 'login' })
      return looked.status === 'found' && looked.member.boss ? 100 : level
    }
    catch (error) {
      log.warn({ err: error }, 'the list of administrators could not be read')
      return 0
    }
  }
}

export type Login = ReturnType<typeof createLogin>
