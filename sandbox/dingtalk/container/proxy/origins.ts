/** The two addresses of one app: where it really listens, and where the device sees it. */
export interface Origins {
  /** e.g. `http://127.0.0.1:3000` */
  target: string
  /** e.g. `http://zhangsan-phone.localhost:3101` */
  device: string
}

/** Replaces the device's origin, also percent-encoded, by the target's: for everything that goes upstream. */
export function toTarget(text: string, origins: Origins): string {
  return swap(text, origins.device, origins.target)
}

/** The way back: for Location, CSP and Access-Control-Allow-Origin. */
export function toDevice(text: string, origins: Origins): string {
  return swap(text, origins.target, origins.device)
}

function swap(text: string, from: string, to: string): string {
  return [
    [from, to],
    [encodeURIComponent(from), encodeURIComponent(to)],
  ].reduce((result, [before = '', after = '']) => result.replace(originPattern(before), () => after), text)
}

/** Matches an origin only where it ends: `http://h:30` must not be found inside `http://h:3000`. */
function originPattern(origin: string): RegExp {
  const escaped = origin.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`${escaped}(?![\\w.:-])`, 'gi')
}
