/** Presets avoid the full hour, when every scheduler of a company calls DingTalk (dingtalk-server-api §9). */
export const presets = { off: null, daily: '10 2 * * *', sixHours: '10 */6 * * *', hourly: '10 * * * *' } as const

export type Preset = keyof typeof presets | 'custom'

/** Which preset an expression is; anything else is the administrator's own. */
export function presetOf(cron: string | null): Preset {
  const plain = cron?.trim().replaceAll(/\s+/g, ' ') ?? null
  return (Object.keys(presets) as (keyof typeof presets)[]).find(name => presets[name] === plain) ?? 'custom'
}

/** Has the shape of five cron fields; whether they make sense, the server says. */
export function looksLikeCron(cron: string): boolean {
  return /^[\d*,/\-A-Z?#]+(?: +[\d*,/\-A-Z?#]+){4}$/i.test(cron.trim())
}
