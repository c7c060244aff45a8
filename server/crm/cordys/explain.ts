import type { FieldIssue } from '#contract/errors.ts'
import { AppError, invalid } from '../../http/app-error.ts'
import { cordysCodes, CordysError } from './errors.ts'
import { ourKey } from './forms/config.ts'

/** A field by the label that Cordys's messages name it with. */
export interface LabelledField { key: string, label: string }

/** `没有操作权限`: a service's own check, as a business error (cordys-api §5.8). */
const noPermission = /没有.*权限|permission/i
const repeated = /重复值|duplicate|repeat/i
const notThere = /不存在|not exist|not found/i

/** What a failed call means to the person who caused it; for logins see {@link explainLogin}. */
export function explain(error: unknown, fields: LabelledField[] = []): never {
  if (!(error instanceof CordysError))
    throw error
  throw appError(error, fields)
}

function appError(error: CordysError, fields: LabelledField[]): AppError {
  const { failure, details: { code, message, fields: invalidFields } } = error
  switch (failure) {
    case 'session_ended':
    case 'login_refused':
      return new AppError('crm_login_required', { cause: error })
    case 'denied':
      return new AppError('forbidden', { cause: error })
    case 'not_found':
      return new AppError('not_found', { cause: error })
    case 'unsupported':
      return new AppError('crm_unsupported', { cause: error })
    case 'invalid':
      return invalidFields ? invalid(Object.keys(invalidFields).map(path => ({ path: `values.${ourKey(path)}`, message: 'invalid' }))) : refused(error)
    case 'business': {
      if (code === cordysCodes.inUse)
        return new AppError('record_in_use', { cause: error })
      if (message !== undefined && noPermission.test(message))
        return new AppError('forbidden', { cause: error })
      if (code === cordysCodes.customerExists)
        return invalid([{ path: 'values.name', message: 'taken' }])
      const issue = fieldIssue(error, fields)
      return issue ? invalid([issue]) : refused(error)
    }
    // The session was asked for after it (`sessions.ts`): Cordys is there, but somebody in between answered this call.
    case 'not_json':
      return new AppError('crm_bad_answer', { cause: error })
    default:
      return new AppError('crm_unreachable', { cause: error })
  }
}

function refused(error: CordysError): AppError {
  return new AppError('crm_refused', { cause: error, values: { reason: error.details.message ?? '' } })
}

/** The field a message is about: it names its label, the longest that fits. */
function fieldIssue({ details: { code, message = '' } }: CordysError, fields: LabelledField[]): FieldIssue | undefined {
  const kind = code === cordysCodes.wrongType ? 'invalid_type' : code === cordysCodes.notAnOption ? 'not_an_option' : repeated.test(message) ? 'taken' : undefined
  const field = kind && fields.filter(({ label }) => label !== '' && message.includes(label)).sort((a, b) => b.label.length - a.label.length)[0]
  return field && { path: `values.${field.key}`, message: kind }
}

const isAboutNothing = ({ message = '', isNullPointer }: CordysError['details']) => isNullPointer === true || noPermission.test(message) || notThere.test(message)

/**
 * Reading one record: what one may not see does not exist (the port's promise). Of a record that is not there Cordys has
 * no code of its own: an empty answer, a message, or the exception of a service that stumbles over nothing.
 */
export function explainMissing(error: unknown): never {
  if (error instanceof CordysError && (error.failure === 'denied' || (error.failure === 'business' && isAboutNothing(error.details))))
    throw new AppError('not_found', { cause: error })
  return explain(error)
}

/** Cordys's words before ours. */
function sentence(message: string | undefined): string {
  return message && !/[。.!！]$/.test(message) ? `${message}${/\p{Script=Han}/u.test(message) ? '。' : '.'}` : (message ?? '')
}

/** A login that failed: refused by Cordys, or never got there. */
export function explainLogin(error: unknown): never {
  if (!(error instanceof CordysError))
    throw error
  const refusedLogin = ['login_refused', 'denied', 'business', 'invalid', 'not_found'].includes(error.failure)
  throw new AppError(refusedLogin ? 'crm_login_refused' : 'crm_unreachable', { cause: error, values: { reason: sentence(error.details.message) } })
}
