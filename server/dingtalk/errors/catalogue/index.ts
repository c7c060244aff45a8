import type { Catalogue } from './entry.ts'
import { callbacks } from './callbacks.ts'
import { contacts } from './contacts.ts'
import { delivery } from './delivery.ts'
import { ip } from './ip.ts'
import { jsapi } from './jsapi.ts'
import { loginCode } from './login-code.ts'
import { messages } from './messages.ts'
import { own } from './own.ts'
import { permission } from './permission.ts'
import { requests } from './requests.ts'
import { throttle } from './throttle.ts'
import { token } from './token.ts'

/** The chapters; no code is in two of them. */
export const chapters: readonly Catalogue[] = [
  token,
  permission,
  ip,
  loginCode,
  contacts,
  messages,
  delivery,
  requests,
  throttle,
  jsapi,
  callbacks,
  own,
]

/** Every error we can explain, by its reason. */
export const catalogue: Catalogue = Object.assign({}, ...chapters)
