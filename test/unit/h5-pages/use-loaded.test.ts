import { describe, expect, it } from 'vitest'
import { useLoaded } from '../../../src/pages/admin/use-loaded.ts'

/** Something fetched whose answers come when the test says so, in any order. */
function slow() {
  const asked: PromiseWithResolvers<string>[] = []
  const loaded = useLoaded(() => {
    const answer = Promise.withResolvers<string>()
    asked.push(answer)
    return answer.promise
  })
  return { ...loaded, asked }
}

describe('what a page has loaded', () => {
  it('is the latest load\'s answer, whichever comes last', async () => {
    const { value, load, asked } = slow()
    const both = Promise.all([load(), load()])
    asked[1]!.resolve('new')
    asked[0]!.resolve('old')
    await both
    expect(value.value).toBe('new')
  })

  it('does not turn into an error of an earlier load', async () => {
    const { value, error, load, asked } = slow()
    const both = Promise.all([load(), load()])
    asked[1]!.resolve('new')
    asked[0]!.reject(new Error('late'))
    await both
    expect([value.value, error.value]).toEqual(['new', null])
  })

  it('stays what a change was answered with, though a load was under way', async () => {
    const { value, load, asked } = slow()
    const loading = load()
    value.value = 'changed'
    asked[0]!.resolve('before the change')
    await loading
    expect(value.value).toBe('changed')
  })

  it('keeps the old value and says what went wrong when the latest load fails', async () => {
    const { value, error, load, asked } = slow()
    const first = load()
    asked[0]!.resolve('old')
    await first
    const second = load()
    asked[1]!.reject(new Error('gone'))
    await second
    expect([value.value, error.value]).toEqual(['old', new Error('gone')])
  })
})
