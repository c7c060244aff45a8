/** Values of the audit log's details, by the field they stand in: the same word means another thing in another field. */
const role = { admin: 'administrator', manager: 'sales manager', sales: 'sales' }

export const values = { yes: 'yes', no: 'no', none: '(empty)' }

export const valuesOf = {
  changes: { all: 'all' },
  status: { active: 'active', disabled: 'disabled' },
  disabledBy: { sync: 'the organisation sync', admin: 'an administrator' },
  source: { sync: 'organisation sync', login: 'recognised at login', admin: 'administrator', code: 'binding code', request: 'access request', merge: 'merged accounts', undo: 'undone', followed: 'login under a new UserID', company: 'another company' },
  binding: { keep: 'the present one stays', moves: 'that of the merged account', none: 'neither has one' },
  scope: { own: 'own', department: 'department', tree: 'department and below', all: 'all' },
  abilities: { import: 'import', export: 'export', delete: 'delete', transfer: 'transfer', announce: 'announce' },
  role,
  roles: role,
  defaultRole: role,
  confirmed: { corp: 'another company', connection: 'credentials DingTalk refused', login: 'the login left was unproven' },
  result: { ok: 'OK', failed: 'failed', manual: 'to be confirmed', seen: 'seen working', untried: 'not tried' },
  kind: { ambiguous: 'several match', privileged: 'matches an administrator', recycled: 'userid of somebody else now', taken: 'account already bound', guard: 'beyond the guard', count: 'numbers differ' },
  action: { bind: 'bind', create: 'new account', ignore: 'ignore' },
  mode: { off: 'off', auto: 'when used up', on: 'always', preview: 'preview', apply: 'apply' },
  channel: { off: 'off', stream: 'Stream mode', http: 'HTTP push' },
  fields: { dingtalk: 'DingTalk', crm: 'CRM', fill: 'fill gaps only' },
  matchBy: { mobile: 'mobile', email: 'e-mail', jobNumber: 'job number' },
  unit: { runs: 'runs', days: 'days' },
  leaverRecords: { keep: 'keep', leader: 'to the department\'s leader' },
  pcOpens: { workbench: 'workbench', panel: 'side panel', browser: 'browser' },
  parts: { owner: 'owner', formerOwner: 'former owner', collaborators: 'collaborators', mentioned: 'people mentioned', leader: 'department leader' },
  format: { oa: 'card', action_card: 'card (one button)', action_card_multi: 'card (two buttons)', markdown: 'rich text', link: 'link', text: 'plain text' },
  way: { people: 'to each person', departments: 'by department', inbox: 'inbox only', password: 'password', dingtalk: 'DingTalk' },
  view: { all: 'all', mine: 'mine', department: 'department', shared: 'shared with me', deleted: 'deleted' },
}
