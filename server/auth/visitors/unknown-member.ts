import type { VisitingMember } from './store.ts'
import { AppError } from '../../http/app-error.ts'

/** The company knows them, the CRM does not; they may ask to be let in. */
export class UnknownMember extends AppError {
  readonly member: VisitingMember

  constructor(member: VisitingMember, ask: string[]) {
    super('member_unknown', { ask })
    this.member = member
  }
}
