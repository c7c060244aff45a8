import type { Db } from '../../../db/index.ts'
import type { SnapshotMember } from '../snapshot.ts'
import type { ComparedField } from './lines.ts'
import type { Places } from './places.ts'
import { eachRow } from '../rows.ts'
import { lineFurther, linePeople, saysOf, userIn } from './lines.ts'

export interface Sifted {
  /** userid → account of those who are as the snapshot shows them. */
  unchanged: Map<string, string>
  /** The accounts of everybody else who has a binding. */
  others: string[]
}

interface Expected {
  /** By userid. */
  members: ReadonlyMap<string, SnapshotMember>
  isCompared: (member: SnapshotMember) => boolean
  fields: ComparedField[]
  places: Places
}

/**
 * Who is as the snapshot shows them: active, seen, no administrator, with DingTalk's values and departments. A plan has
 * nothing to say of them, and in most runs that is nearly everybody; so the database makes one short text of each
 * person, and only those whose text is not the expected one are worth reading in full. Whoever is called unchanged is;
 * that somebody is not proves nothing.
 */
export async function sift(tx: Db, { members, isCompared, fields, places }: Expected): Promise<Sifted> {
  const sifted: Sifted = { unchanged: new Map(), others: [] }
  const further = new Map<string, string>()
  await eachRow(tx, lineFurther(), ({ id, line }) => further.set(id, line))
  await eachRow(tx, linePeople(fields), ({ id, line }) => {
    const member = members.get(userIn(line))
    if (member && isCompared(member) && saysOf(line, member, fields) && places.fit(member, line, further.get(id)))
      sifted.unchanged.set(member.userid, id)
    else sifted.others.push(id)
  })
  return sifted
}
