/** What kind of picture bytes are, and how large it is; read from its head, whatever its sender calls it. */
export interface ImageInfo {
  type: 'image/jpeg' | 'image/png' | 'image/webp'
  width: number
  height: number
}

export function imageInfo(bytes: Uint8Array): ImageInfo | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    return png(view) ?? webp(view) ?? jpeg(view)
  }
  catch (error) {
    // It ends in the middle of its head.
    if (error instanceof RangeError)
      return undefined
    throw error
  }
}

function png(view: DataView): ImageInfo | undefined {
  const isPng = view.getUint32(0) === 0x89504E47 && view.getUint32(4) === 0x0D0A1A0A && view.getUint32(12) === 0x49484452
  return isPng ? { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) } : undefined
}

function webp(view: DataView): ImageInfo | undefined {
  if (view.getUint32(0) !== 0x52494646 || view.getUint32(8) !== 0x57454250)
    return undefined
  const type = 'image/webp'
  const three = (at: number) => view.getUint16(at, true) + (view.getUint8(at + 2) << 16)
  switch (view.getUint32(12)) {
    case 0x56503858: // VP8X
      return { type, width: three(24) + 1, height: three(27) + 1 }
    case 0x5650384C: { // VP8L
      const bits = view.getUint32(21, true)
      return { type, width: (bits & 0x3FFF) + 1, height: ((bits >>> 14) & 0x3FFF) + 1 }
    }
    case 0x56503820: // VP8
      return { type, width: view.getUint16(26, true) & 0x3FFF, height: view.getUint16(28, true) & 0x3FFF }
    default:
      return undefined
  }
}

/** The size stands in the first frame header; the segments before it are skipped by their lengths. */
function jpeg(view: DataView): ImageInfo | undefined {
  if (view.getUint16(0) !== 0xFFD8)
    return undefined
  for (let at = 2; ;) {
    if (view.getUint8(at) !== 0xFF)
      return undefined
    const marker = view.getUint8(at + 1)
    const isFrame = marker >= 0xC0 && marker <= 0xCF && marker !== 0xC4 && marker !== 0xC8 && marker !== 0xCC
    if (isFrame)
      return { type: 'image/jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    at += marker === 0xFF ? 1 : 2 + view.getUint16(at + 2)
  }
}
