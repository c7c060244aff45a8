import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What a bench leaves behind is undone in reverse order, whether it ends, fails or is interrupted. */
export interface Scope {
  defer: (undo: () => unknown) => void
  /** A directory that goes away with the scope. */
  directory: () => string
  close: () => Promise<void>
}

export function createScope(): Scope {
  const undos: (() => unknown)[] = []
  const scope: Scope = {
    defer: undo => void undos.push(undo),
    directory() {
      const path = mkdtempSync(join(tmpdir(), 'crm-bench-'))
      scope.defer(() => rmSync(path, { recursive: true, force: true }))
      return path
    },
    async close() {
      for (let undo = undos.pop(); undo; undo = undos.pop()) {
        // One that fails must not keep the others from being undone.
        try {
          await undo()
        }
        catch (error) {
          console.error(error)
        }
      }
    },
  }
  return scope
}
