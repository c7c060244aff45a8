import type { PhoneOptions } from '../../../src/container/phone/index.ts'
import type { SignedConfig } from '../../../src/container/phone/types.ts'
import { describe, expect, it, vi } from 'vitest'
import { AccessRefused } from '../../../src/container/index.ts'
import { createAccess } from '../../../src/container/phone/access.ts'
import { parseCard, usePhone } from '../../../src/container/phone/index.ts'
import { mapLink } from '../../../src/container/phone/maps.ts'
import { fakeSdk } from './fake-sdk.ts'

const phone = { navigator: { userAgent: 'iPhone AliApp(DingTalk/7.6.0)' }, name: '' }
const pc = { navigator: { userAgent: 'Windows DingTalk(7.6.0)' }, name: '' }
const browser = { navigator: { userAgent: 'Chrome/140' }, name: '' }
const signed: SignedConfig = { agentId: '1', corpId: 'ding1', timeStamp: '1', nonceStr: 'n', signature: 's' }

function setUp(sdk = fakeSdk(), options: PhoneOptions = {}) {
  const sign = vi.fn(async () => signed)
  const access = createAccess(sign, () => 'https://crm.example.com/customers/1')
  return { sdk, sign, phone: usePhone({ globals: phone, loadSdk: async () => sdk, access, browser: { navigator: {}, open: vi.fn() }, ...options }) }
}

describe('dd.config', () => {
  it('happens once per page, for the address of the moment', async () => {
    const config = vi.fn(async () => {})
    const { phone, sign, sdk } = setUp(fakeSdk({ config, getLocation: async () => ({ latitude: '30.1', longitude: '120.2', accuracy: '15', address: '杭州' }) }))
    await expect(phone.locate()).resolves.toEqual({ latitude: 30.1, longitude: 120.2, accuracy: 15, address: '杭州' })
    await phone.locate()
    expect(sign).toHaveBeenCalledExactlyOnceWith('https://crm.example.com/customers/1')
    expect(config).toHaveBeenCalledOnce()
    expect(sdk.getLocation).toBeDefined()
  })

  it('asks for a signature again when there was none, and not after the client refused one', async () => {
    const sign = vi.fn().mockRejectedValueOnce(new Error('offline')).mockResolvedValue(signed)
    const config = vi.fn().mockRejectedValue({ errorCode: '52013', errorMessage: 'signature mismatch' })
    const access = createAccess(sign, () => 'https://crm.example.com/')
    const sdk = fakeSdk({ config })
    await expect(access.grant(sdk)).rejects.toThrow('offline')
    // Whoever is told knows that only a reload helps, the first time as later.
    for (let time = 0; time < 2; time++) {
      const error: unknown = await access.grant(sdk).catch((reason: unknown) => reason)
      expect(error).toBeInstanceOf(AccessRefused)
      expect(error).toMatchObject({ code: '52013' })
    }
    expect(sign).toHaveBeenCalledTimes(2)
    expect(config).toHaveBeenCalledOnce()
  })
})

describe('the abilities of a phone', () => {
  it('offer in a browser only what a browser can', async () => {
    const open = vi.fn()
    const { phone } = setUp(fakeSdk(), { globals: browser, browser: { navigator: {}, open } })
    expect(phone.can).toEqual({ locate: false, scanCard: false, scan: false, choosePeople: false, chat: false })
    await phone.showOnMap({ title: '云栖', address: '杭州市滨江区' })
    expect(open).toHaveBeenCalledWith(expect.stringContaining('uri.amap.com/search?keyword=%E6%9D%AD%E5%B7%9E'))
    await expect(phone.share({ url: 'https://crm.example.com/', title: 'a', content: 'b' })).resolves.toBe(false)
  })

  it('tell the browser\'s coordinates from the client\'s, up to the map', async () => {
    const geolocation = { getCurrentPosition: (ok: (at: object) => void) => ok({ coords: { latitude: 30.1, longitude: 120.2, accuracy: 9.6 } }) } as unknown as Geolocation
    const { phone: inBrowser } = setUp(fakeSdk(), { globals: browser, browser: { navigator: { geolocation }, open: vi.fn() } })
    const here = await inBrowser.locate()
    expect(here).toEqual({ latitude: 30.1, longitude: 120.2, datum: 'wgs84', accuracy: 10, address: '' })
    const openLocation = vi.fn(async () => ({}))
    const sdk = fakeSdk({ openLocation })
    const { phone: inClient } = setUp(sdk)
    await inClient.showOnMap({ title: '云栖', address: '', latitude: 30, longitude: 120 })
    await inClient.showOnMap({ title: '云栖', ...here })
    expect(openLocation).toHaveBeenCalledOnce()
    expect(sdk.openLink).toHaveBeenCalledExactlyOnceWith({ url: expect.stringContaining('position=120.2,30.1&name=%E4%BA%91%E6%A0%96&coordinate=wgs84') })
    expect(mapLink({ title: '云栖', address: '', latitude: 30, longitude: 120 })).not.toContain('coordinate')
  })

  it('say that a position is denied, whoever denies it', async () => {
    const { phone } = setUp(fakeSdk({ getLocation: () => Promise.reject(Object.assign(new Error('no'), { errorCode: '11' })) }))
    await expect(phone.locate()).rejects.toMatchObject({ kind: 'denied' })
    const geolocation = { getCurrentPosition: (_ok: unknown, no: (error: { code: number, message: string }) => void) => no({ code: 1, message: 'denied' }) } as unknown as Geolocation
    const { phone: inBrowser } = setUp(fakeSdk(), { globals: browser, browser: { navigator: { geolocation }, open: vi.fn() } })
    await expect(inBrowser.locate()).rejects.toMatchObject({ kind: 'denied' })
  })

  it('take an answer without coordinates for none', async () => {
    const { phone } = setUp(fakeSdk({ getLocation: async () => ({ latitude: '', longitude: 'x' }) }))
    await expect(phone.locate()).rejects.toMatchObject({ code: 'no_place' })
  })

  it('open a chat on phones and a profile on PC', async () => {
    const openChat = vi.fn(async () => ({}))
    const openProfile = vi.fn(async () => ({}))
    const sdk = fakeSdk({ openChat, openProfile })
    await setUp(sdk).phone.openChat('zhangsan')
    await setUp(sdk, { globals: pc }).phone.openChat('zhangsan')
    expect(openChat).toHaveBeenCalledExactlyOnceWith({ corpId: 'ding1', userId: 'zhangsan' })
    expect(openProfile).toHaveBeenCalledExactlyOnceWith({ corpId: 'ding1', userId: 'zhangsan' })
  })

  it('read people and cards as the client spells them', async () => {
    const { phone } = setUp(fakeSdk({ choosePeople: async () => ({ users: [{ name: '张三', emplId: 'zhangsan' }, { name: 'nobody' }] }), scanCard: async () => ({ NAME: '周文博', COMPANY: '云岭', MPHONE: '13800000001' }) }))
    await expect(phone.choosePeople({ title: '', limitTips: '', multiple: true, max: 9 })).resolves.toEqual([{ userid: 'zhangsan', name: '张三' }])
    await expect(phone.scanCard()).resolves.toMatchObject({ name: '周文博', company: '云岭', mobile: '13800000001', email: '' })
  })

  it('fall back to the web\'s map when the client has none to show', async () => {
    const { phone, sdk } = setUp(fakeSdk({ openLocation: () => Promise.reject(Object.assign(new Error('no'), { errorCode: '1' })) }))
    await phone.showOnMap({ title: '云栖', address: '', latitude: 30, longitude: 120 })
    expect(sdk.openLink).toHaveBeenCalledWith({ url: mapLink({ title: '云栖', address: '', latitude: 30, longitude: 120 }) })
  })
})

describe('business cards in QR codes', () => {
  it('reads a vCard', () => {
    const text = 'BEGIN:VCARD\r\nVERSION:3.0\r\nN:周;文博;;;\r\nORG:杭州云岭科技;销售部\r\nTITLE:采购总监\r\nTEL;TYPE=CELL:138 0000 0001\r\nTEL;TYPE=WORK,FAX:0571-1\r\nTEL;TYPE=WORK:0571-8000\r\n 0001\r\nEMAIL:zhou@example.com\r\nADR;TYPE=WORK:;;江南大道 588 号;杭州;浙江;310000;中国\r\nEND:VCARD'
    expect(parseCard(text)).toEqual({ name: '周文博', company: '杭州云岭科技 销售部', title: '采购总监', mobile: '138 0000 0001', phone: '0571-80000001', email: 'zhou@example.com', address: '江南大道 588 号 杭州 浙江 310000 中国' })
  })

  it('reads quoted-printable and escaped values, and prefers the full name', () => {
    expect(parseCard('BEGIN:VCARD\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=BC=A0=E4=B8=89\nN:x;y\nORG:A\\; B\\, C\nEND:VCARD')).toMatchObject({ name: '张三', company: 'A; B, C' })
  })

  it('puts a quoted-printable value together that goes on in the next line, in the charset it names', () => {
    expect(parseCard('BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=BC=\r\n=A0=E4=B8=89\r\nORG;CHARSET=GBK;ENCODING=QUOTED-PRINTABLE:=BA=BC=D6=DD\r\nNOTE:a=\r\nTITLE:CEO\r\nEND:VCARD')).toMatchObject({ name: '张三', company: '杭州', title: 'CEO' })
  })

  it('reads MECARD', () => {
    expect(parseCard('MECARD:N:Tan,Grace;TEL:+6580000002;EMAIL:g@example.com;ORG:Harbour\\; Co;;')).toMatchObject({ name: 'TanGrace', phone: '+6580000002', company: 'Harbour; Co' })
  })

  it.each(['', 'https://example.com', 'BEGIN:VCALENDAR', '小明'])('takes %j for no card', (text) => {
    expect(parseCard(text)).toBeNull()
  })
})
