import { shallowRef } from 'vue'
import { tell } from '../../../components/dialog/index.ts'
import { describeError } from '../../../components/feedback/describe-error.ts'

/** One change at a time: which one is under way, and a word about how it ended. */
export function useDoing() {
  const doing = shallowRef<string | null>(null)

  /** @returns whether it worked */
  async function run(name: string, work: () => Promise<unknown>, done?: string): Promise<boolean> {
    if (doing.value !== null)
      return false
    doing.value = name
    try {
      await work()
      if (done)
        await tell(done)
      return true
    }
    catch (reason) {
      const { message, help } = describeError(reason)
      await tell([message, help].filter(Boolean).join('\n'))
      return false
    }
    finally {
      doing.value = null
    }
  }

  return { doing, run }
}
