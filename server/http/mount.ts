import type { IRouter, Request, Response } from 'express'
import type { BoundRoute, RouteOptions } from './route.ts'
import express from 'express'
import { AppError, invalid } from './app-error.ts'
import { toIssues } from './issues.ts'
import { openStream } from './sse.ts'

type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** Registers declared routes: caller first (so that nobody learns an input's shape without the right), then input, then the handler. */
export function mountRoutes(router: IRouter, routes: BoundRoute[], options: RouteOptions): void {
  for (const route of routes) {
    const [method, path] = route.key.split(' ') as [string, string]
    router[method.toLowerCase() as Verb](path, async (req, res) => {
      const ctx = await options.context(req, res, route.spec.access)
      if (route.spec.raw)
        await readBytes(route.spec.raw, req, res)
      const input = parseInput(route, req)
      const around = <T>(work: () => Promise<T>) => (options.around ? options.around(route, input, ctx, work) : work())
      if (route.spec.stream) {
        // Opened by the first event, so that a refusal before it is an ordinary error answer.
        let stream: ReturnType<typeof openStream> | undefined
        const opened = () => (stream ??= openStream(req, res))
        await around(() => route.handler(input, ctx, event => opened().send(checked(route, event, options))))
        opened().end()
        return
      }
      const output = await around(() => route.handler(input, ctx))
      if (!res.headersSent)
        answer(res, route, checked(route, output, options))
    })
  }
}

/** Reads bytes only once the caller may send them. */
async function readBytes({ types, limit }: NonNullable<BoundRoute['spec']['raw']>, req: Request, res: Response): Promise<void> {
  if (!req.is([...types]))
    throw new AppError('unsupported_media_type')
  await new Promise<void>((resolve, reject) => {
    express.raw({ type: [...types], limit })(req, res, (error?: unknown) => (error ? reject(error) : resolve()))
  })
}

function parseInput({ spec }: BoundRoute, req: Request): object {
  const input: Record<string, unknown> = {}
  const issues = (['params', 'query', 'body'] as const).flatMap((side) => {
    const schema = spec[side]
    if (!schema)
      return []
    const parsed = schema.safeParse(req[side])
    if (parsed.success) {
      input[side] = parsed.data
      return []
    }
    return toIssues(parsed.error)
  })
  if (issues.length > 0)
    throw invalid(issues)
  return input
}

function checked(route: BoundRoute, output: unknown, { checkResponses }: RouteOptions): unknown {
  if (!checkResponses)
    return output
  const parsed = route.spec.response.safeParse(output)
  if (!parsed.success)
    throw new Error(`${route.key} answered what its contract does not allow: ${parsed.error.message}`)
  return parsed.data
}

function answer(res: Response, { spec }: BoundRoute, output: unknown): void {
  res.status(spec.status ?? 200)
  if (output === undefined)
    res.end()
  else res.json(output)
}
