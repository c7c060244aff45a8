/**
 * How the HTTP client has the person connect to a CRM with accounts of its own, in place, when a
 * request is answered `crm_login_required`. Resolves to true when repeating the request makes sense.
 */
export interface CrmLink {
  connect: () => Promise<boolean>
}

export const crmLink: CrmLink = { connect: async () => false }
