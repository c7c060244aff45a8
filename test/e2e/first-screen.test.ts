import { expect, it } from 'vitest'
import { measureSize, stylesheetsWithFonts } from '../bench/size.ts'

it('the first screen and the SDK stay within what a phone on a slow network was promised', () => {
  const over = measureSize().filter(({ gzipBytes, budgetBytes }) => budgetBytes !== null && gzipBytes > budgetBytes)
  expect(over).toEqual([])
  expect(stylesheetsWithFonts()).toEqual([])
})
