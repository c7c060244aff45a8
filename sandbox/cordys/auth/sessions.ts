import { randomUUID } from 'node:crypto'

export interface Session {
  id: string
  /** undefined: an anonymous session, as an OAuth state makes one. */
  userId: string | undefined
  seenAt: number
  /** OAuth states waiting for their callback: state → when it was made. */
  states: Map<string, number>
}

/** Sessions in the manner of Spring Session: an id in a header, ended when not used for a while (cordys-api §2.5). */
export function createSessions({ now, idleMs }: { now: () => number, idleMs: () => number }) {
  const sessions = new Map<string, Session>()
  return {
    open(userId?: string): Session {
      const session: Session = { id: randomUUID(), userId, seenAt: now(), states: new Map() }
      sessions.set(session.id, session)
      return session
    },
    /** Finds a session and extends its life. */
    find(id: string | undefined): Session | undefined {
      const session = sessions.get(id ?? '')
      if (!session)
        return undefined
      if (now() - session.seenAt > idleMs()) {
        sessions.delete(session.id)
        return undefined
      }
      session.seenAt = now()
      return session
    },
    end: (id: string) => void sessions.delete(id),
    /** All sessions of a person, or of everybody. @returns how many ended */
    endAll(userId?: string): number {
      const ended = [...sessions.values()].filter(session => userId === undefined || session.userId === userId)
      ended.forEach(session => sessions.delete(session.id))
      return ended.length
    },
    list: () => [...sessions.values()],
  }
}

export type Sessions = ReturnType<typeof createSessions>
