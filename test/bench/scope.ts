import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What a bench leaves behind is undone in reverse order, whether it ends, fails or is interrupted. */
export interface Scope {
  defer: (undo: () => unknown) => void
  /** A directory that goes away with the scope. */
  directory: () => string
  /** Undoes everything; whoever calls it again waits for the same end. */
  close: () => Promise<void>
}

export function createScope(): Scope {
  const undos: (() => unknown)[] = []
  let closing: Promise<void> | undefined
  const scope: Scope = {
    defer: undo => void undos.push(undo),
    directory() {
      const path = mkdtempSync(join(tmpdir(), 'crm-bench-'))
      scope.defer(() => rmSync(path, { recursive: true, force: true }))
      return path
    },
    close: () => (closing ??= undoAll()),
  }

  async function undoAll(): Promise<void> {
    for (let undo = undos.pop(); undo; undo = undos.pop()) {
      // One that fails must not keep the others from being undone.
      try {
        await undo()
      }
      catch (error) {
        console.error(error)
      }
    }
  }
  return scope
}
