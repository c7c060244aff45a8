import type { ApiInput } from '#contract/index.ts'
import type { PhoneSdk, SignedConfig } from './types.ts'
import { AccessRefused, toContainerError } from '../errors.ts'
import { withTimeout } from '../timeout.ts'

/** What needs dd.config according to dingtalk-jsapi §6, under the classic names it wants. */
const methods = [
  'device.geolocation.get',
  'biz.map.view',
  'biz.util.scanCard',
  'biz.chat.openSingleChat',
  'biz.contact.complexPicker',
  'biz.util.open',
] as const

const limit = 10_000

type Verdict = ApiInput<'POST /api/jsapi/verdict'>['body']

export interface Access {
  /** Asks for permission once per page load. @returns the company's ids, which some calls want. @throws AccessRefused or ApiError */
  grant: (sdk: PhoneSdk) => Promise<SignedConfig>
}

/**
 * dd.config works once per page load and later calls are silently ignored (dingtalk-jsapi §5), so a
 * refusal stays until the page is loaded anew: which address the phones compare after the router
 * has changed it is not documented, and after a reload both are the same.
 * @param sign signs the address for dd.config
 * @param address the page's address without its hash, at the moment it is asked for
 * @param tell is told what the client said, for the doctor
 */
export function createAccess(sign: (url: string) => Promise<SignedConfig>, address: () => string, tell: (verdict: Verdict) => void = () => {}): Access {
  let granted: Promise<SignedConfig> | undefined
  let refused: AccessRefused | undefined

  async function configure(sdk: PhoneSdk): Promise<SignedConfig> {
    const signed = await sign(address())
    try {
      await withTimeout(() => sdk.config({ ...signed, jsApiList: methods }), limit)
    }
    catch (error) {
      const { kind, code, message } = toContainerError(error)
      refused = new AccessRefused(kind, code, message)
      tell({ ok: false, code: refused.code.slice(0, 64), message: refused.message.slice(0, 300) })
      throw refused
    }
    tell({ ok: true })
    return signed
  }

  return {
    grant(sdk) {
      if (refused)
        return Promise.reject(refused)
      granted ??= configure(sdk).catch((error: unknown) => {
        // Without a signature nothing was used up: the next call may ask again.
        granted = undefined
        throw error
      })
      return granted
    },
  }
}
