import { get, post } from '../http/endpoint.ts'
import { addRecord, deleteRecord, escaped, getRecord, getRecordOfCustomer, pageOfAll, pageOfCustomer, updateRecord } from './follow.ts'

const anyRead = { R: ['CLUE_MANAGEMENT:READ', 'CUSTOMER_MANAGEMENT:READ', 'OPPORTUNITY_MANAGEMENT:READ'] }

export const followEndpoints = [
  get('/follow/record/module/form', ({ world }) => world.forms.record),
  post('/follow/record/page', pageOfAll, anyRead),
  get('/follow/record/get/:id', getRecord, anyRead),
  post('/follow/record/add', addRecord),
  post('/follow/record/update', updateRecord),
  get('/follow/record/delete/:id', deleteRecord),
  post('/account/follow/record/page', pageOfCustomer),
  get('/account/follow/record/get/:id', getRecordOfCustomer),
  post('/account/follow/record/add', call => addRecord({ ...call, body: escaped(call.body) })),
  post('/account/follow/record/update', call => updateRecord({ ...call, body: escaped(call.body) })),
  get('/account/follow/record/delete/:id', deleteRecord),
]
