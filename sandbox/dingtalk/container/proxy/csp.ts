import { randomBytes } from 'node:crypto'

interface CspOptions {
  /** Origin of the device's hostname: where the bridge script and its endpoint live. */
  deviceOrigin: string
  /** Origin of the workbench page that frames the device. */
  containerOrigin: string
  /** Phone webviews are top-level documents, so frame-ancestors never stops them; PC frames need DingTalk listed. */
  desktop: boolean
  nonce: string
}

type Directives = Map<string, string[]>

/** A nonce for the injected script, used only under 'strict-dynamic'. */
export function createNonce(): string {
  return randomBytes(16).toString('base64')
}

/**
 * Opens one policy just enough for the bridge: its script, its endpoint, and the workbench in place of the
 * DingTalk hosts as an ancestor. upgrade-insecure-requests goes, because this container speaks plain HTTP.
 */
export function relaxPolicy(policy: string, options: CspOptions): string {
  return policy
    .split(',')
    .map(part => relaxOne(part, options))
    .join(', ')
}

/** Whether a policy lets DingTalk's own hosts frame the page, so that X-Frame-Options no longer counts. */
export function allowsDingTalkFrames(policy: string | undefined): boolean {
  const ancestors = policy && parse(policy).get('frame-ancestors')
  return Boolean(ancestors && ancestors.some(isDingTalkSource))
}

function relaxOne(policy: string, options: CspOptions): string {
  const directives = parse(policy)
  directives.delete('upgrade-insecure-requests')
  const scripts = directives.has('script-src-elem') ? 'script-src-elem' : 'script-src'
  const strict = effective(directives, scripts)?.some(source => source.toLowerCase() === '\'strict-dynamic\'')
  allow(directives, scripts, strict ? `'nonce-${options.nonce}'` : `${options.deviceOrigin}/__container/bridge.js`)
  allow(directives, 'connect-src', `${options.deviceOrigin}/__container/`)
  allowAncestor(directives, options)
  return [...directives].map(([name, sources]) => [name, ...sources].join(' ')).join('; ')
}

function allowAncestor(directives: Directives, options: CspOptions): void {
  const ancestors = directives.get('frame-ancestors')
  if (!ancestors || (options.desktop && !ancestors.some(isDingTalkSource)))
    return
  const kept = ancestors.filter(source => !isDingTalkSource(source) && source.toLowerCase() !== '\'none\'')
  directives.set('frame-ancestors', [...kept, options.containerOrigin])
}

/** Adds a source where a fetch directive is restricted; a missing directive without default-src is already open. */
function allow(directives: Directives, name: string, source: string): void {
  const sources = effective(directives, name)
  if (sources) {
    directives.set(name, [...sources.filter(existing => existing.toLowerCase() !== '\'none\''), source])
  }
}

function effective(directives: Directives, name: string): string[] | undefined {
  return directives.get(name) ?? directives.get('default-src')
}

function parse(policy: string): Directives {
  const directives: Directives = new Map()
  for (const part of policy.split(';')) {
    const [name, ...sources] = part.trim().split(/\s+/)
    if (name && !directives.has(name.toLowerCase()))
      directives.set(name.toLowerCase(), sources)
  }
  return directives
}

function isDingTalkSource(source: string): boolean {
  return source === '*' || /^(?:https?:\/\/)?(?:[\w*-]+\.)*dingtalk\.com(?::[\d*]+)?(?:\/.*)?$/i.test(source)
}
