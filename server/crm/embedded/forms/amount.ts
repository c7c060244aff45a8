import type { FieldValue } from '#contract/crm/forms.ts'
import type { FieldDef } from '../kinds/index.ts'
import type { Checked } from './check.ts'

/**
 * An exact decimal, from text and never through a float: "1234567.8" → "1234567.80". Numbers of JSON are taken where
 * they are exact, which integers are up to 2^53.
 */
export function readAmount(value: FieldValue, { min, max = 9_999_999_999_999.99, decimals = 2 }: Pick<FieldDef, 'min' | 'max' | 'decimals'>): Checked {
  const text = typeof value === 'number' && Number.isFinite(value) ? String(value) : value
  if (typeof text !== 'string')
    return { issue: 'invalid_type' }
  const found = /^([+-]?)(\d+)(?:\.(\d*))?$/.exec(text.replaceAll(/[,，\s]/g, ''))
  if (!found)
    return { issue: 'amount_format' }
  const [, sign, digits = '0', decimalsGiven = ''] = found
  const whole = digits.replace(/^0+(?=\d)/, '')
  const fraction = trimZeros(decimalsGiven)
  if (fraction.length > decimals)
    return { issue: `too_many_decimals:${decimals}` }
  // Fourteen digits are compared as numbers without loss; longer ones are too big anyway.
  const about = Number(`${sign}${whole}.${fraction || '0'}`)
  if (whole.length > 15 || about > max)
    return sign === '-' && min !== undefined ? { issue: `too_small:${min}` } : { issue: `too_big:${max}` }
  if (min !== undefined && about < min)
    return { issue: `too_small:${min}` }
  const isZero = /^0*$/.test(whole + fraction)
  return { value: `${sign === '-' && !isZero ? '-' : ''}${whole}.${fraction.padEnd(decimals, '0')}` }
}

function trimZeros(digits: string): string {
  let end = digits.length
  while (end > 0 && digits[end - 1] === '0') end--
  return digits.slice(0, end)
}
