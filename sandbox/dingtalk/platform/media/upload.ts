import type { Request } from 'express'
import type { Endpoint } from '../gateway/endpoint.ts'
import { z } from 'zod'
import { businessError } from '../gateway/answer.ts'
import { endpoint } from '../gateway/endpoint.ts'
import { opaque } from '../world/ids.ts'

const MB = 1024 * 1024
/** Sizes and extensions of dingtalk-server-api §11.4. */
const KINDS: Record<string, { maxBytes: number, extensions: string[] }> = {
  image: { maxBytes: 20 * MB, extensions: ['jpg', 'jpeg', 'gif', 'png', 'bmp'] },
  voice: { maxBytes: 2 * MB, extensions: ['amr', 'mp3', 'wav'] },
  video: { maxBytes: 20 * MB, extensions: ['mp4'] },
  file: { maxBytes: 20 * MB, extensions: ['doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx', 'zip', 'pdf', 'rar'] },
}

async function formOf(request: Request): Promise<FormData> {
  const body: unknown = request.body
  const type = request.headers['content-type'] ?? ''
  if (!Buffer.isBuffer(body) || !type.includes('multipart/form-data'))
    throw businessError(43008, '需要multipart类型')
  try {
    return await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
  }
  catch {
    throw businessError(40035, '不合法的参数')
  }
}

/** Media upload: the file is looked at and forgotten; only its id lives on. */
export const mediaUpload: Endpoint = endpoint({
  family: 'old',
  method: 'POST',
  path: '/media/upload',
  auth: 'app',
  permission: 'qyapi_base',
  metered: true,
  input: z.object({ type: z.string().optional() }),
  async handle({ type: typeInUrl }, { world, request }) {
    const form = await formOf(request)
    const file = form.get('media')
    if (file === null || typeof file === 'string')
      throw businessError(40035, '不合法的参数')
    const typeInForm = form.get('type')
    const type = typeInUrl ?? (typeof typeInForm === 'string' ? typeInForm : '')
    const kind = KINDS[type]
    const extension = file.name.split('.').pop()?.toLowerCase() ?? ''
    if (kind === undefined || !kind.extensions.includes(extension))
      throw businessError(40004, '不合法的媒体文件类型')
    if (file.size === 0 || file.size > kind.maxBytes)
      throw businessError(40006, '不合法的文件大小')
    return { media_id: `@lA${opaque()}`, created_at: world.clock.now(), type }
  },
})
