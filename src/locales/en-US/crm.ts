import type { CoreTexts } from '../types.ts'

export default {
  kinds: { 'leads': 'Leads', 'customers': 'Customers', 'contacts': 'Contacts', 'opportunities': 'Deals', 'follow-ups': 'Follow-ups', 'plans': 'Plans' },
  one: { 'leads': 'Lead', 'customers': 'Customer', 'contacts': 'Contact', 'opportunities': 'Deal', 'follow-ups': 'Follow-up', 'plans': 'Plan' },
  create: { 'leads': 'New lead', 'customers': 'New customer', 'contacts': 'New contact', 'opportunities': 'New deal', 'follow-ups': 'Follow up', 'plans': 'New plan' },
  row: { followed: 'Last follow-up: {when}', notFollowed: 'Not followed up yet' },
  planDone: 'Plan completed',
  writeFor: 'Write a follow-up: {name}',
  completePlan: 'Complete the plan: {name}',
  planNext: 'Plan the next step',
  nextPlan: 'Next step',
  noNextPlan: 'No next step',
  followUpSaved: 'Follow-up saved',
  draftKept: 'Kept as a draft',
  draftRestored: 'A draft kept on this device, not sent yet.',
  noNumber: 'This number cannot be dialled',
  afterCall: { title: 'Note down the call?', text: 'While it is fresh: what did you and {name} talk about?', yes: 'Write it down', no: 'Later' },
  drafts: {
    untitled: 'Without a name',
    waits: 'Kept on this device; it is sent when the network is back',
    ask: { title: 'Keep it as a draft?', text: 'Drafts stay on this device only; you can go on later.', yes: 'Keep', no: 'Discard' },
    states: { writing: 'Draft', waiting: 'Waiting', refused: 'Refused' },
    writing: '{n} draft not finished | {n} drafts not finished',
    waiting: '{n} record is sent when the network is back | {n} records are sent when the network is back',
    sending: 'Sending {n} record… | Sending {n} records…',
    refused: '{n} record was refused, please correct it | {n} records were refused, please correct them',
  },
} satisfies CoreTexts['crm']
