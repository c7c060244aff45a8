import process from 'node:process'
import { DataDirInUseError, withoutValues } from './db/index.ts'
import { EnvError } from './env.ts'

/** Ends a process that could not start; what says all there is to say is printed without a stack trace. */
export function fatal(error: unknown): never {
  if (error instanceof EnvError)
    console.error(`The environment does not fit:\n${error.message}`)
  else if (error instanceof DataDirInUseError)
    console.error(error.message)
  else console.error(withoutValues(error))
  process.exit(1)
}
