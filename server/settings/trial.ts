import type { CallInfo, DingTalk, DingTalkCredentials } from '../dingtalk/index.ts'
import { DingTalkError } from '../dingtalk/index.ts'

/** Makes a client for the given credentials, apart from the one in use; `observe` is told of each of its calls. */
export type Connect = (credentials: DingTalkCredentials, observe?: (info: CallInfo) => void) => DingTalk

/** Tries credentials as far as two calls can tell: the app is known, and in this company. @returns DingTalk's refusal, if any */
export async function tryConnection(connect: Connect, credentials: DingTalkCredentials, signal: AbortSignal): Promise<DingTalkError | undefined> {
  const dingtalk = connect(credentials)
  try {
    await dingtalk.token.get(signal)
    await dingtalk.token.checkCorp(signal)
    return undefined
  }
  catch (error) {
    if (error instanceof DingTalkError)
      return error
    throw error
  }
  finally {
    await dingtalk.close()
  }
}
