import type { Buffer as NodeBuffer } from 'node:buffer'
import { Buffer } from 'node:buffer'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, zstdDecompress } from 'node:zlib'

const decoders: Record<string, (data: NodeBuffer) => Promise<NodeBuffer>> = {
  gzip: promisify(gunzip),
  br: promisify(brotliDecompress),
  deflate: promisify(inflate),
  zstd: promisify(zstdDecompress),
}

/** Undoes Content-Encoding, for servers that compress although identity was asked for. Throws on unknown codings. */
export async function decodeBody(body: NodeBuffer, encoding: string | undefined): Promise<NodeBuffer> {
  const codings = (encoding ?? '')
    .split(',')
    .map(coding => coding.trim().toLowerCase())
    .filter(coding => coding && coding !== 'identity')
  let data = body
  for (const coding of codings.toReversed()) {
    const decode = decoders[coding]
    if (!decode)
      throw new Error(`unknown content-encoding ${coding}`)
    data = await decode(data)
  }
  return data
}

/**
 * Puts the bridge in front of every other script (dingtalk-jsapi §9 row 1). Works on bytes, so the document's
 * charset does not matter: the tags searched and inserted are ASCII.
 */
export function injectBridge(html: NodeBuffer, page: string, nonce: string): NodeBuffer {
  const text = html.toString('latin1')
  const tag = `<script src="/__container/bridge.js?page=${page}" nonce="${nonce}"></script>`
  const anchor = /<head(?:\s[^>]*)?>/i.exec(text) ?? /<html(?:\s[^>]*)?>/i.exec(text) ?? /<!doctype[^>]*>/i.exec(text)
  const at = anchor ? anchor.index + anchor[0].length : 0
  return Buffer.from(text.slice(0, at) + tag + text.slice(at), 'latin1')
}
