import type { ApiCounts, LoggedCall } from '../gateway/call-log.ts'
import type { FaultInput } from '../gateway/faults.ts'
import type { Task } from '../messages/store.ts'
import type { SandboxTodo } from '../todos/store.ts'
import type { SettingsPatch } from '../world/settings.ts'
import type { World } from '../world/world.ts'
import type { CodeInput } from './code.ts'
import type { EventControl } from './events/control.ts'
import type { OperationInput } from './operations.ts'
import type { ResetInput } from './reset.ts'
import { issueCode } from './code.ts'
import { createEventControl } from './events/control.ts'
import { addFaults } from './faults.ts'
import { mutate } from './mutate.ts'
import { reset } from './reset.ts'
import { finishTodo } from './todos.ts'

/** The control API for tests in the same process; the same functions stand behind `/__sandbox/`. */
export interface PlatformControl {
  reset: (input?: ResetInput) => void
  /** A one-time code. Throws for unknown people. */
  code: (input: CodeInput) => string
  /** Carries out operations in order. */
  mutate: (...operations: OperationInput[]) => void
  /** Short for the `settings` operation: scope, permissions, rates, redirect URLs, latency, … */
  settings: (patch: SettingsPatch) => void
  /** Moves the sandbox clock, milliseconds. */
  shiftClock: (ms: number) => void
  /** Scripts faults. */
  faults: (...faults: FaultInput[]) => void
  clearFaults: () => void
  /** Newest last. */
  calls: () => LoggedCall[]
  /** Per API path. */
  counts: () => Record<string, ApiCounts>
  clearCalls: () => void
  /** Sent work notifications, oldest first. */
  tasks: () => Task[]
  todos: () => SandboxTodo[]
  /** The person ticks it off in DingTalk. Throws for a to-do nobody knows. */
  finishTodo: (taskId: string) => void
  /** Event subscription and its deliveries. */
  events: EventControl
}

export function createControl(world: World): PlatformControl {
  return {
    reset: input => void reset(world, input ?? {}),
    code: input => issueCode(world, input).code,
    mutate: (...operations) => void mutate(world, operations),
    settings: settings => void mutate(world, { op: 'settings', settings }),
    shiftClock: shiftMs => void mutate(world, { op: 'clock', shiftMs }),
    faults: (...faults) => void addFaults(world, faults),
    clearFaults: () => world.faults.clear(),
    calls: () => world.calls.calls(),
    counts: () => world.calls.counts(),
    clearCalls: () => world.calls.clear(),
    tasks: () => world.messages.tasks(),
    todos: () => world.todos.all(),
    finishTodo: taskId => finishTodo(world, { taskId }),
    events: createEventControl(world),
  }
}
