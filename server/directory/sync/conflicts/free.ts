interface Bound {
  userid: string
  /** Empty when DingTalk did not tell it. */
  unionid: string
}

/** Whether an account may be given to a member: nobody has it, or they themselves, under an old userid or with an old unionid. */
export function isFreeFor(bound: Bound | undefined, { userid, unionid }: Bound): boolean {
  return bound === undefined || bound.userid === userid || (bound.unionid !== '' && bound.unionid === unionid)
}
