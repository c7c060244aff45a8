import type { Json } from './open-platform.ts'
import { Buffer } from 'node:buffer'
import { decryptMessage, encryptMessage, signatureOf } from '../../../sandbox/dingtalk/platform/events/http/crypto.ts'
import { listen } from '../../../sandbox/listen.ts'

export const PUSH = { token: 'crmtoken01', aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG' }

/** How the receiver answers; `silent` never does. */
export type Manner = 'success' | 'otherWord' | 'otherOwner' | 'badSignature' | 'plain' | 'status' | 'redirect' | 'silent'

export interface Received {
  query: URLSearchParams
  message: Json
  owner: string
}

/** An app's callback address, as small as it can be. */
export interface Receiver {
  url: string
  manner: Manner
  received: Received[]
  close: () => Promise<void>
}

function replyOf(manner: Manner, clientId: string): object {
  const message = manner === 'otherWord' ? 'fine' : 'success'
  const encrypt = encryptMessage(message, PUSH.aesKey, manner === 'otherOwner' ? 'dingsomebodyelse' : clientId)
  const signature = signatureOf(manner === 'badSignature' ? 'wrong' : PUSH.token, '1700000000', 'n', encrypt)
  return manner === 'plain' ? { errcode: 0 } : { msg_signature: signature, timeStamp: '1700000000', nonce: 'n', encrypt }
}

/** Listens on a free port; answers `success` until told otherwise. */
export async function startReceiver(clientId: string): Promise<Receiver> {
  const receiver: Receiver = { url: '', manner: 'success', received: [], close: async () => {} }
  const server = await listen((request, response) => {
    void request.toArray().then((chunks: Buffer[]) => {
      const { encrypt } = JSON.parse(Buffer.concat(chunks).toString()) as { encrypt: string }
      const { message, owner } = decryptMessage(encrypt, PUSH.aesKey)
      const query = new URL(request.url ?? '', 'http://x').searchParams
      query.set('expected', signatureOf(PUSH.token, query.get('timestamp') ?? '', query.get('nonce') ?? '', encrypt))
      receiver.received.push({ query, message: JSON.parse(message) as Json, owner })
      if (receiver.manner === 'silent')
        return
      const status = { status: 500, redirect: 302 }[receiver.manner as string] ?? 200
      response.writeHead(status, { location: '/elsewhere' }).end(JSON.stringify(replyOf(receiver.manner, clientId)))
    })
  }, 0)
  return Object.assign(receiver, { url: `${server.url}/dingtalk/events?app=1`, close: server.close })
}
