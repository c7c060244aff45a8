/** What a call is answered with when it is refused (cordys-api §1.3). */
export class CordysError extends Error {
  readonly status: number
  readonly code: number
  readonly detail: unknown

  constructor(status: number, code: number, message: string, detail: unknown = null) {
    super(message)
    this.status = status
    this.code = code
    this.detail = detail
  }
}

/** The default of most refusals: HTTP 500, told apart by its message alone. */
export const business = (message: string, code = 100500) => new CordysError(500, code, message)

/** Bean validation: `messageDetail` names the fields. */
export const invalid = (fields: Record<string, string>) => new CordysError(400, 100400, '参数校验失败', fields)

/** Cordys's own permission annotation (C, C+, B+). */
export const denied = (message = '权限认证失败') => new CordysError(403, 100403, message)

/** Shiro's annotation (R): another code with the same status. */
export const shiroDenied = (permission: string) => new CordysError(403, 403, `Subject does not have permission [${permission}]`)

/** Wrong credentials, disabled people, unknown people of an SSO. */
export const refusedLogin = (message: string) => new CordysError(401, 401, message)

/** An exception nobody handled; its detail may carry a Java stack trace. */
export function unhandled(exception: string): CordysError {
  const stack = `${exception}\n\tat cn.cordys.crm.sandbox.Fake.handle(Fake.java:42)\n\tat java.base/java.lang.Thread.run(Thread.java:1583)`
  return new CordysError(500, 100500, exception, stack)
}

export const envelope = (data: unknown) => ({ code: 100200, message: null, messageDetail: null, data: data ?? null })
