import type { z } from 'zod'
import type { FieldIssue } from '#contract/errors.ts'

/**
 * zod's problems as field issues. The message is a key (`too_long:200`, `required`, `invalid_type:string`) that
 * server/http/error-texts words in the reader's language.
 */
export function toIssues(error: z.ZodError): FieldIssue[] {
  return error.issues.map(issue => ({ path: issue.path.join('.'), message: issueKey(issue) }))
}

function issueKey(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'required' : `invalid_type:${issue.expected}`
    case 'too_big':
      return issue.origin === 'string' ? `too_long:${issue.maximum}` : `too_big:${issue.maximum}`
    case 'too_small':
      return issue.origin === 'string' ? (issue.minimum === 1 ? 'required' : `too_short:${issue.minimum}`) : `too_small:${issue.minimum}`
    case 'custom':
      return issue.params?.max === undefined ? issue.message : `${issue.message}:${issue.params.max}`
    case 'invalid_value':
      return 'not_an_option'
    case 'unrecognized_keys':
      return 'unknown_field'
    default:
      // Our own keys (`corp_id_format`) are single words; zod's sentences are not for users.
      return /^[a-z_]+$/.test(issue.message) ? issue.message : 'invalid'
  }
}
