const endSignature = 0x06054B50
const entrySignature = 0x02014B50
const endLength = 22
const longestComment = 65_535
const emptyDeflated = 2

/**
 * What a zip says it unpacks to, from its table of contents; undefined for what is no zip. A bomb of a few kilobytes is
 * refused by this number before anything is unpacked.
 */
export function unpackedSize(bytes: Uint8Array): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEnd(view)
  if (end === undefined)
    return undefined
  const entries = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  let total = 0
  for (let i = 0; i < entries; i++) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== entrySignature)
      return undefined
    const packed = view.getUint32(at + 20, true)
    const unpacked = view.getUint32(at + 24, true)
    // Compressed data of no size, or of a size that only comes after it, is not told the truth about here.
    if (view.getUint16(at + 10, true) !== 0 && unpacked === 0 && packed !== emptyDeflated)
      return undefined
    // 0xFFFFFFFF stands for a size beyond four gigabytes.
    total += unpacked
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return total
}

function findEnd(view: DataView): number | undefined {
  const first = Math.max(0, view.byteLength - endLength - longestComment)
  for (let at = view.byteLength - endLength; at >= first; at--) {
    if (view.getUint32(at, true) === endSignature)
      return at
  }
  return undefined
}
