import { beforeEach, describe, expect, it, vi } from 'vitest'
import { watch } from 'vue'
import { ContainerError } from '../../../src/container/errors.ts'
import { fakeSession, fakeStorage, person, refusal, unauthenticated } from './fake-session.ts'

beforeEach(() => {
  vi.stubGlobal('localStorage', fakeStorage())
  vi.stubGlobal('sessionStorage', fakeStorage())
})

const goal = { returnTo: '/customers/1' }

describe('a failure that only the page sees', () => {
  it('is reported once, and shows the short code it was written down under', async () => {
    const { api, container, machine } = fakeSession()
    container.requestLoginCode.mockRejectedValue(new ContainerError('domain', '1009', 'x'.repeat(400)))
    expect(await machine.enter(goal)).toBe('problem')
    await vi.waitFor(() => expect(machine.problem.value).toMatchObject({ code: 'container_domain', loginCode: 'ABC234' }))
    expect(api.report).toHaveBeenCalledExactlyOnceWith({ way: 'dingtalk', code: 'container_domain', detail: `1009: ${'x'.repeat(194)}` })
  })

  it('is shown all the same when it cannot be reported; what the server saw is not reported again', async () => {
    const { api, container, machine } = fakeSession()
    api.report.mockRejectedValue(new Error('no network'))
    container.requestLoginCode.mockRejectedValue(new Error('nobody foresaw this'))
    expect(await machine.enter(goal)).toBe('problem')
    expect(machine.problem.value).toEqual({ code: 'unknown', detail: 'nobody foresaw this' })

    const known = fakeSession()
    known.api.exchange.mockRejectedValue(refusal('member_unknown', 403))
    expect(await known.machine.enter(goal)).toBe('problem')
    expect(known.api.report).not.toHaveBeenCalled()
  })
})

describe('getting in inside the container', () => {
  it('uses the stored session without asking DingTalk', async () => {
    const { api, container, machine } = fakeSession()
    api.current.mockResolvedValue(person('zhang'))
    expect(await machine.enter(goal)).toBe('in')
    expect(container.requestLoginCode).not.toHaveBeenCalled()
  })

  it('exchanges one code when there is no session', async () => {
    const { api, container, machine } = fakeSession({ corpId: 'ding1' })
    expect(await machine.enter(goal)).toBe('in')
    expect(container.requestLoginCode).toHaveBeenCalledWith({ corpId: 'ding1', clientId: 'client1' })
    expect(api.exchange).toHaveBeenCalledExactlyOnceWith('code1', 'ding1')
    expect(machine.session.value).toEqual(person('zhang'))
  })

  it('does not ask twice whether there is a session when the guard has just asked', async () => {
    const { api, machine } = fakeSession()
    expect(await machine.restore()).toBe('out')
    expect(await machine.enter(goal)).toBe('in')
    expect(api.current).toHaveBeenCalledTimes(1)
  })

  it('shares one attempt between callers', async () => {
    const { api, machine } = fakeSession()
    await Promise.all([machine.enter(goal), machine.enter(goal)])
    expect(api.exchange).toHaveBeenCalledTimes(1)
  })

  it('replaces a stale code once, then explains', async () => {
    const { api, machine } = fakeSession()
    api.exchange.mockRejectedValueOnce(refusal('login_code_invalid', 401))
    expect(await machine.enter(goal)).toBe('in')
    expect(api.exchange.mock.calls.map(([code]) => code)).toEqual(['code1', 'code2'])

    const second = fakeSession()
    second.api.exchange.mockRejectedValue(refusal('login_code_invalid', 401))
    expect(await second.machine.enter(goal)).toBe('problem')
    expect(second.api.exchange).toHaveBeenCalledTimes(2)
    expect(second.machine.problem.value).toMatchObject({ code: 'login_code_invalid', requestId: 'r1' })
  })

  it('waits in the queue as long as told, visibly, with a new code each time', async () => {
    const { api, page, machine } = fakeSession()
    api.exchange
      .mockRejectedValueOnce(refusal('login_busy', 503, { retryAfter: 3 }))
      .mockRejectedValueOnce(refusal('login_busy', 503, { retryAfter: 2 }))
    const seconds: number[] = []
    watch(
      machine.progress,
      (progress) => {
        if (progress?.seconds)
          seconds.push(progress.seconds)
      },
      { flush: 'sync' },
    )
    expect(await machine.enter(goal)).toBe('in')
    expect(seconds).toEqual([3, 2, 1, 2, 1])
    expect(page.sleep).toHaveBeenCalledTimes(5)
    expect(api.exchange.mock.calls.map(([code]) => code)).toEqual(['code1', 'code2', 'code3'])
  })

  it('does not queue for ever', async () => {
    const { api, machine } = fakeSession()
    api.exchange.mockRejectedValue(refusal('login_busy', 503, { retryAfter: 1 }))
    expect(await machine.enter(goal)).toBe('problem')
    expect(machine.problem.value?.code).toBe('login_busy')
  })

  it.each(['member_unknown', 'member_external', 'account_disabled', 'wrong_corp', 'login_not_visible', 'dingtalk_unreachable'] as const)(
    'explains %s without trying again',
    async (code) => {
      const { api, machine } = fakeSession()
      api.exchange.mockRejectedValue(refusal(code, 403, { ask: ['李雷'] }))
      expect(await machine.enter(goal)).toBe('problem')
      expect(api.exchange).toHaveBeenCalledTimes(1)
      expect(machine.problem.value).toMatchObject({ code, ask: ['李雷'] })
    },
  )

  it('explains what the client said', async () => {
    const { container, machine } = fakeSession()
    container.requestLoginCode.mockRejectedValue(new ContainerError('domain', '3', '没有域名微应用'))
    expect(await machine.enter(goal)).toBe('problem')
    expect(machine.problem.value).toMatchObject({ code: 'container_domain', detail: '3: 没有域名微应用' })
  })

  it('names a wrong corp before bothering the client', async () => {
    const { container, machine } = fakeSession({ corpId: 'ding2' })
    expect(await machine.enter(goal)).toBe('problem')
    expect(machine.problem.value?.code).toBe('wrong_corp')
    expect(container.requestLoginCode).not.toHaveBeenCalled()
  })

  it('lets people in who ask to without the corp of the address', async () => {
    const { api, machine } = fakeSession({ corpId: 'ding2' })
    await machine.enter(goal)
    expect(await machine.enter({ ...goal, asked: true, anyCorp: true })).toBe('in')
    expect(api.exchange).toHaveBeenCalledExactlyOnceWith('code1', null)
  })

  it.each([
    [true, { dingtalk: false, browser: true }, 'login_dingtalk_off'],
    [false, { dingtalk: true, browser: false }, 'login_browser_off'],
  ])('says so when this way in is switched off (in the client: %s)', async (inContainer, logins, code) => {
    const { machine, container, page } = fakeSession({ inContainer, bootstrap: { logins } })
    expect(await machine.enter({ returnTo: '/' })).toBe('problem')
    expect(machine.problem.value?.code).toBe(code)
    expect(container.requestLoginCode).not.toHaveBeenCalled()
    expect(page.startOAuth).not.toHaveBeenCalled()
  })

  it('says so when nothing is configured', async () => {
    const { machine } = fakeSession({ bootstrap: { configured: false, corpId: null, clientId: null } })
    expect(await machine.enter(goal)).toBe('problem')
    expect(machine.problem.value?.code).toBe('not_configured')
  })

  it('can be tried again after a problem', async () => {
    const { api, machine } = fakeSession()
    api.exchange.mockRejectedValueOnce(refusal('dingtalk_unreachable', 502))
    await machine.enter(goal)
    expect(await machine.enter({ ...goal, asked: true })).toBe('in')
    expect(machine.problem.value).toBeNull()
  })
})

describe('getting in from a browser', () => {
  it('goes to DingTalk\'s login page once per two minutes by itself', async () => {
    const { page, machine } = fakeSession({ inContainer: false })
    expect(await machine.enter(goal)).toBe('leaving')
    expect(page.startOAuth).toHaveBeenCalledExactlyOnceWith('/customers/1')
    page.pass(60_000)
    expect(await machine.enter(goal)).toBe('problem')
    expect(machine.problem.value?.code).toBe('login_unfinished')
    page.pass(61_000)
    expect(await machine.enter(goal)).toBe('leaving')
    expect(page.startOAuth).toHaveBeenCalledTimes(2)
  })

  it('goes again whenever the person taps', async () => {
    const { page, machine } = fakeSession({ inContainer: false })
    await machine.enter(goal)
    expect(await machine.enter({ ...goal, asked: true })).toBe('leaving')
    expect(page.startOAuth).toHaveBeenCalledTimes(2)
  })

  it('does not start a trip that cannot be remembered', async () => {
    const { page, machine } = fakeSession({ inContainer: false })
    page.cookiesEnabled.mockReturnValue(false)
    expect(await machine.enter(goal)).toBe('problem')
    expect(machine.problem.value?.code).toBe('cookies_blocked')
    expect(page.startOAuth).not.toHaveBeenCalled()
  })

  it('is also the way around a broken client', async () => {
    const { page, machine } = fakeSession()
    expect(await machine.enter({ ...goal, asked: true, browser: true })).toBe('leaving')
    expect(page.startOAuth).toHaveBeenCalled()
  })

  it('explains an unreachable server instead of leaving', async () => {
    const { api, page, machine } = fakeSession({ inContainer: false })
    api.current.mockRejectedValue(refusal('unavailable', 503))
    expect(await machine.enter(goal)).toBe('problem')
    expect(page.startOAuth).not.toHaveBeenCalled()
  })
})

describe('after logging out', () => {
  it('stays out, through reloads, until asked', async () => {
    const first = fakeSession()
    await first.machine.enter(goal)
    await first.machine.logOut()
    expect(first.api.end).toHaveBeenCalledTimes(1)
    expect(first.page.show).toHaveBeenLastCalledWith('logged-out')

    const reloaded = fakeSession()
    expect(await reloaded.machine.enter(goal)).toBe('logged-out')
    expect(reloaded.container.requestLoginCode).not.toHaveBeenCalled()
    reloaded.machine.allowLogin()
    expect(await reloaded.machine.enter(goal)).toBe('in')
  })

  it('stays in when the server could not be told', async () => {
    const { api, page, machine } = fakeSession()
    await machine.enter(goal)
    api.end.mockRejectedValue(refusal('unavailable', 503))
    await expect(machine.logOut()).rejects.toMatchObject({ code: 'unavailable' })
    expect(machine.session.value).not.toBeNull()
    expect(page.show).not.toHaveBeenCalled()
  })

  it('does not log in silently from another tab', async () => {
    const { api, page, machine } = fakeSession()
    await machine.enter(goal)
    machine.prove(machine.epoch())
    const otherTab = fakeSession()
    otherTab.api.current.mockResolvedValue(person('zhang'))
    await otherTab.machine.enter(goal)
    await otherTab.machine.logOut()
    api.current.mockRejectedValue(unauthenticated())
    expect(await machine.recover(machine.epoch())).toBe(false)
    expect(page.show).toHaveBeenLastCalledWith('logged-out')
    expect(api.exchange).toHaveBeenCalledTimes(1)
  })
})
