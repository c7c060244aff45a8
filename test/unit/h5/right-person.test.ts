import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ContainerError } from '../../../src/container/errors.ts'
import { accountKey, read, write } from '../../../src/support/storage.ts'
import { fakeSession, fakeStorage, person, refusal, unauthenticated } from './fake-session.ts'

beforeEach(() => {
  vi.stubGlobal('localStorage', fakeStorage())
  vi.stubGlobal('sessionStorage', fakeStorage())
})

const goal = { returnTo: '/' }

/** Zhang is in with a stored session, as when the app is opened again. */
async function zhangIsIn(over: Parameters<typeof fakeSession>[0] = {}) {
  const fake = fakeSession(over)
  fake.api.current.mockResolvedValue(person('zhang'))
  await fake.machine.enter(goal)
  return fake
}

describe('the check in the background', () => {
  it('leaves everything as it is when DingTalk says the same person', async () => {
    const { api, page, machine } = await zhangIsIn()
    await machine.verify()
    expect(api.exchange).toHaveBeenCalledTimes(1)
    expect(page.reload).not.toHaveBeenCalled()
    expect(machine.session.value).toEqual(person('zhang'))
    expect(machine.confirmed()).toBe(true)
  })

  it('wipes what was kept and starts anew for another person', async () => {
    const { api, page, machine } = await zhangIsIn()
    write(accountKey('zhang', 'draft'), 'secret')
    write(accountKey('zhang', 'list'), 'secret', 'sessionStorage')
    write('locale', 'en-US')
    api.exchange.mockResolvedValue(person('li'))
    await machine.verify()
    expect(page.reload).toHaveBeenCalledTimes(1)
    expect(read(accountKey('zhang', 'draft'))).toBeNull()
    expect(read(accountKey('zhang', 'list'), 'sessionStorage')).toBeNull()
    expect(read('locale')).toBe('en-US')
  })

  it('keeps drafts of the same person over visits', async () => {
    await zhangIsIn()
    write(accountKey('zhang', 'draft'), 'mine')
    await zhangIsIn()
    expect(read(accountKey('zhang', 'draft'))).toBe('mine')
  })

  it('wipes when the next visitor logs in on the same device', async () => {
    await zhangIsIn()
    write(accountKey('zhang', 'draft'), 'secret')
    const next = fakeSession()
    next.api.exchange.mockResolvedValue(person('li'))
    await next.machine.enter(goal)
    expect(read(accountKey('zhang', 'draft'))).toBeNull()
  })

  it.each([
    ['a busy server', refusal('login_busy', 503, { retryAfter: 5 })],
    ['a stale code', refusal('login_code_invalid', 401)],
    ['DingTalk out of reach', refusal('dingtalk_unreachable', 502)],
    ['a lost connection', new TypeError('network')],
    ['a silent client', new ContainerError('timeout', 'timeout', '')],
  ])('does not disturb anybody because of %s', async (_, error) => {
    const { api, page, machine } = await zhangIsIn()
    api.exchange.mockRejectedValue(error)
    await machine.verify()
    expect(machine.session.value).toEqual(person('zhang'))
    expect(machine.problem.value).toBeNull()
    expect(page.show).not.toHaveBeenCalled()
    expect(page.sleep).not.toHaveBeenCalled()
  })

  it.each(['account_disabled', 'member_unknown', 'member_external', 'wrong_corp'] as const)('ends the session on %s', async (code) => {
    const { api, page, machine } = await zhangIsIn()
    write(accountKey('zhang', 'draft'), 'secret')
    api.exchange.mockRejectedValue(refusal(code, 403))
    await machine.verify()
    expect(machine.session.value).toBeNull()
    expect(machine.problem.value?.code).toBe(code)
    expect(page.show).toHaveBeenCalledExactlyOnceWith('entry')
    expect(api.end).toHaveBeenCalled()
    expect(read(accountKey('zhang', 'draft'))).toBeNull()
  })

  it('does not happen in a browser or for a break-glass session', async () => {
    const browser = await zhangIsIn({ inContainer: false })
    await browser.machine.verify()
    expect(browser.api.exchange).not.toHaveBeenCalled()

    const operator = fakeSession()
    operator.machine.adopt({ kind: 'operator', expiresAt: '2026-01-01T00:00:00.000Z' }, 'login')
    await operator.machine.verify()
    expect(operator.api.exchange).not.toHaveBeenCalled()
  })
})

describe('an address with a foreign corp', () => {
  it('does not put anybody out who is in', async () => {
    const { api, page, machine } = await zhangIsIn({ corpId: 'dingother' })
    await machine.verify()
    expect(machine.session.value).toEqual(person('zhang'))
    expect(api.exchange).toHaveBeenCalledExactlyOnceWith('code1', null)
    expect(page.show).not.toHaveBeenCalled()
  })
})

describe('moving about and coming back', () => {
  it('asks the server at most every half minute, and starts no new epoch', async () => {
    const { api, page, machine } = await zhangIsIn()
    const epoch = machine.epoch()
    api.current.mockClear()
    await machine.onMove()
    expect(api.current).not.toHaveBeenCalled()
    page.pass(30_000)
    await machine.onMove()
    await machine.onMove()
    expect(api.current).toHaveBeenCalledTimes(1)
    expect(api.exchange).not.toHaveBeenCalled()
    expect(machine.epoch()).toBe(epoch)
  })

  it('ends what is shown when the session was ended elsewhere and the way in is closed', async () => {
    const { api, page, machine } = await zhangIsIn()
    write(accountKey('zhang', 'draft'), 'secret')
    api.current.mockRejectedValue(unauthenticated())
    api.exchange.mockRejectedValue(refusal('account_disabled', 403))
    page.pass(30_000)
    await machine.onMove()
    expect(machine.session.value).toBeNull()
    expect(read(accountKey('zhang', 'draft'))).toBeNull()
    expect(page.show).toHaveBeenCalledExactlyOnceWith('entry')
    expect(api.exchange).toHaveBeenCalledTimes(1)
  })

  it('notices another person on coming back', async () => {
    const { api, page, machine } = await zhangIsIn()
    await machine.verify()
    page.pass(30_000)
    api.exchange.mockResolvedValue(person('li'))
    await machine.onReturn()
    expect(page.reload).toHaveBeenCalledTimes(1)
  })

  it('puts out who is no longer in the company', async () => {
    const { container, page, machine } = await zhangIsIn()
    container.requestLoginCode.mockRejectedValue(new ContainerError('notMember', '7', '没有权限，当前用户不在该企业中'))
    await machine.onReturn()
    expect(machine.problem.value?.code).toBe('container_notMember')
    expect(page.show).toHaveBeenCalledExactlyOnceWith('entry')
  })
})

describe('a session that ended elsewhere', () => {
  it('is renewed silently in the container', async () => {
    const { api, page, machine } = await zhangIsIn()
    expect(await machine.recover(machine.epoch())).toBe(true)
    expect(api.exchange).toHaveBeenCalledTimes(1)
    expect(page.show).not.toHaveBeenCalled()
  })

  it('is renewed once for all requests that noticed', async () => {
    const { api, machine } = await zhangIsIn()
    const epoch = machine.epoch()
    expect(await Promise.all([machine.recover(epoch), machine.recover(epoch)])).toEqual([true, true])
    expect(await machine.recover(epoch)).toBe(true)
    expect(api.exchange).toHaveBeenCalledTimes(1)
  })

  it('leads to the entry in a browser', async () => {
    const { page, machine } = await zhangIsIn({ inContainer: false })
    expect(await machine.recover(machine.epoch())).toBe(false)
    expect(machine.session.value).toBeNull()
    expect(page.show).toHaveBeenCalledExactlyOnceWith('entry')
  })

  it('starts anew when DingTalk names somebody else', async () => {
    const { api, page, machine } = await zhangIsIn()
    api.exchange.mockResolvedValue(person('li'))
    expect(await machine.recover(machine.epoch())).toBe(false)
    expect(page.reload).toHaveBeenCalledTimes(1)
  })

  it('is explained when the way in is closed', async () => {
    const { api, page, machine } = await zhangIsIn()
    api.exchange.mockRejectedValue(refusal('account_disabled', 403))
    expect(await machine.recover(machine.epoch())).toBe(false)
    expect(machine.problem.value?.code).toBe('account_disabled')
    expect(page.show).toHaveBeenCalledExactlyOnceWith('entry')
  })

  it('points at blocked cookies when a fresh login was never accepted', async () => {
    const { api, page, machine } = fakeSession()
    await machine.enter(goal)
    expect(await machine.recover(machine.epoch())).toBe(false)
    expect(machine.problem.value?.code).toBe('cookies_blocked')
    // The other requests of the same screen come back with 401 a moment later.
    expect(await machine.recover(machine.epoch())).toBe(false)
    expect(machine.problem.value?.code).toBe('cookies_blocked')
    expect(page.show).toHaveBeenCalledExactlyOnceWith('entry')
    expect(api.exchange).toHaveBeenCalledTimes(1)
  })

  it('is no cookie problem after the check in the background', async () => {
    const { machine } = await zhangIsIn()
    await machine.verify()
    expect(await machine.recover(machine.epoch())).toBe(true)
  })

  it('is no cookie problem once a request was accepted', async () => {
    const { machine } = fakeSession()
    await machine.enter(goal)
    machine.prove(machine.epoch())
    expect(await machine.recover(machine.epoch())).toBe(true)
  })
})

describe('a page from the back/forward cache', () => {
  it('starts anew when the session is somebody else\'s by now', async () => {
    const { api, page, machine } = await zhangIsIn({ inContainer: false })
    api.current.mockResolvedValue(person('li'))
    await machine.revalidate()
    expect(page.reload).toHaveBeenCalledTimes(1)
  })

  it('leaves when the session is gone', async () => {
    const { api, page, machine } = await zhangIsIn({ inContainer: false })
    api.current.mockRejectedValue(unauthenticated())
    await machine.revalidate()
    expect(page.show).toHaveBeenCalledExactlyOnceWith('entry')
  })

  it('stays when the server cannot be asked', async () => {
    const { api, page, machine } = await zhangIsIn({ inContainer: false })
    api.current.mockRejectedValue(refusal('unavailable', 503))
    await machine.revalidate()
    expect(page.show).not.toHaveBeenCalled()
    expect(machine.session.value).toEqual(person('zhang'))
  })
})
