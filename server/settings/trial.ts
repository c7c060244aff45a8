import type { CallInfo, DingTalk, DingTalkCredentials } from '../dingtalk/index.ts'
import { agentCodes, DingTalkError } from '../dingtalk/index.ts'

/** Makes a client for the given credentials, apart from the one in use; `observe` is told of each of its calls. */
export type Connect = (credentials: DingTalkCredentials, observe?: (info: CallInfo) => void) => DingTalk

/**
 * Tries credentials as far as three calls can tell: the app is known, in this company, and has this AgentId.
 * @returns DingTalk's refusal, if any
 */
export async function tryConnection(connect: Connect, credentials: DingTalkCredentials, signal: AbortSignal): Promise<DingTalkError | undefined> {
  const dingtalk = connect(credentials)
  try {
    await dingtalk.token.get(signal)
    await dingtalk.token.checkCorp(signal)
    return credentials.agentId ? await tryAgent(dingtalk, signal) : undefined
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

/** Where the address is not on the list yet, or a permission is missing, nothing is known of the AgentId; the doctor explains that. */
async function tryAgent({ messages }: DingTalk, signal: AbortSignal): Promise<DingTalkError | undefined> {
  try {
    await messages.probeAgent({ signal, priority: 'interactive' })
    return undefined
  }
  catch (error) {
    if (!(error instanceof DingTalkError))
      throw error
    return agentCodes.includes(error.reason) ? error : undefined
  }
}
