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
  followUpWaits: 'Kept on this device; it is sent when the network is back',
  draftKept: 'Kept as a draft',
  draftRestored: 'A draft kept on this device, not sent yet.',
  noNumber: 'This number cannot be dialled',
  afterCall: { title: 'Note down the call?', text: 'While it is fresh: what did you and {name} talk about?', yes: 'Write it down', no: 'Later' },
  drafts: {
    untitled: 'Follow-up without a name',
    states: { writing: 'Draft', waiting: 'Waiting', refused: 'Refused' },
    writing: '{n} draft not finished | {n} drafts not finished',
    waiting: '{n} follow-up is sent when the network is back | {n} follow-ups are sent when the network is back',
    sending: 'Sending {n} follow-up… | Sending {n} follow-ups…',
    refused: '{n} follow-up was refused, please correct it | {n} follow-ups were refused, please correct them',
  },
} satisfies CoreTexts['crm']
