/** A name of which only the edges show: enough to recognise, too little to look up. "上海启远科技有限公司" → "上海****有限公司". */
export function maskName(name: string): string {
  const characters = [...name]
  const ending = /(?:股份|集团)?(?:有限)?公司$/.exec(name)?.[0] ?? ''
  const core = characters.slice(0, characters.length - [...ending].length)
  if (core.length <= 1)
    return `*${ending}`
  const kept = core.length <= 3 ? 1 : 2
  return `${core.slice(0, kept).join('')}${'*'.repeat(Math.min(core.length - kept, 4))}${ending}`
}

/** A phone of which the first three and last two digits show; shorter ones only show their last two. */
export function maskPhone(phone: string): string {
  const digits = phone.replaceAll(/\D/g, '')
  return digits.length >= 8 ? `${digits.slice(0, 3)}****${digits.slice(-2)}` : `****${digits.slice(-2)}`
}
