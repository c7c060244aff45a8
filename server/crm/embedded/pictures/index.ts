import type { Actor, FileAnswer } from '../../gateway.ts'
import type { EmbeddedParts } from '../parts.ts'
import { Buffer } from 'node:buffer'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { tables } from '../../../db/index.ts'
import { AppError } from '../../../http/app-error.ts'
import { isId, readRecord } from '../access/read.ts'
import { kinds } from '../kinds/index.ts'
import { imageInfo } from './image-size.ts'

const { picture } = tables

/** Pixels beyond which a phone's browser gives up; a small file can unpack to any size. */
const mostPixels = 60_000_000

/** Pixels of a small picture's longer side: enough for three times the 80 points it is shown at. */
const longestThumbSide = 480

/** Pictures somebody uploaded that no record names yet: of drafts that were given up. */
const mostUnused = 60
const unusedFor = 7 * 24 * 3_600_000

/**
 * Keeps a picture until a record names it; what it is, its own bytes say.
 * @throws {AppError} unsupported_media_type for other bytes; payload_too_large for too many pixels; rate_limited
 */
export async function addPicture(parts: EmbeddedParts, actor: Actor, { bytes }: { bytes: Uint8Array }) {
  const info = imageInfo(bytes)
  if (!info || info.width === 0 || info.height === 0)
    throw new AppError('unsupported_media_type')
  if (info.width * info.height > mostPixels)
    throw new AppError('payload_too_large')
  const unused = and(eq(picture.uploadedById, actor.id), isNull(picture.recordId))
  const now = parts.now()
  await parts.db.delete(picture).where(and(unused, sql`${picture.createdAt} < ${new Date(now.getTime() - unusedFor).toISOString()}::timestamptz`))
  if ((await parts.db.$count(picture, unused)) >= mostUnused)
    throw new AppError('rate_limited', { retryAfter: 3600 })
  const [made] = await parts.db
    .insert(picture)
    .values({ ...info, size: bytes.byteLength, bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), uploadedById: actor.id, createdAt: now })
    .returning({ id: picture.id })
  return { id: made!.id, width: info.width, height: info.height, bytes: bytes.byteLength }
}

/**
 * Keeps the small form of a picture for lists. Its sender scales it: a phone has the picture drawn already, and the
 * server needs no image library. Only until a record names the picture, and only once.
 * @throws {AppError} not_found; unsupported_media_type; payload_too_large
 */
export async function addThumb({ db }: EmbeddedParts, actor: Actor, id: string, bytes: Uint8Array): Promise<undefined> {
  const mine = and(eq(picture.id, id), eq(picture.uploadedById, actor.id), isNull(picture.recordId), isNull(picture.thumb))
  if (!isId(id) || (await db.$count(picture, mine)) === 0)
    throw new AppError('not_found')
  const info = imageInfo(bytes)
  if (!info || info.width === 0 || info.height === 0)
    throw new AppError('unsupported_media_type')
  if (Math.max(info.width, info.height) > longestThumbSide)
    throw new AppError('payload_too_large')
  await db.update(picture).set({ thumb: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) }).where(mine)
  return undefined
}

/**
 * A picture of a record the reader may see, or one they have just uploaded.
 * @throws {AppError} not_found
 */
export async function readPicture(parts: EmbeddedParts, actor: Actor, id: string, size: 'full' | 'thumb'): Promise<FileAnswer> {
  const [found] = isId(id) ? await parts.db.select({ kind: picture.kind, recordId: picture.recordId, by: picture.uploadedById }).from(picture).where(eq(picture.id, id)) : []
  if (!found)
    throw new AppError('not_found')
  if (found.kind && found.recordId)
    await readRecord(parts, actor, kinds[found.kind], found.recordId)
  else if (found.by !== actor.id)
    throw new AppError('not_found')
  if (size === 'thumb') {
    const [small] = await parts.db.select({ bytes: picture.thumb }).from(picture).where(eq(picture.id, id))
    if (small?.bytes)
      return { type: imageInfo(small.bytes)!.type, body: small.bytes }
  }
  const [full] = await parts.db.select({ type: picture.type, bytes: picture.bytes }).from(picture).where(eq(picture.id, id))
  return { type: full!.type, body: full!.bytes }
}
