import type { AreaTexts } from '../types.ts'

export default {
  required: 'Required',
  noDate: 'Choose date and time',
  noAccount: 'Choose a person',
  searchAccount: 'Search by name',
  accountNotFound: 'Nobody by that name',
  chosen: 'Current',
  day: 'Day',
  time: 'Time',
  moments: { today: 'Today 18:00', tomorrow: 'Tomorrow 09:00', inThreeDays: 'In three days', nextWeek: 'In a week', none: 'No time' },
  issues: {
    required: 'Please fill in: {label}',
    too_long: 'At most {max} characters, {n} too many',
    control_characters: 'Contains invisible control characters; please delete and type it again',
    owner_unknown: 'This person cannot be found, please choose again',
    corp_id_format: 'A CorpId starts with “ding” and has letters and digits only',
    client_id_format: 'A Client ID has letters, digits, - or _, at least 8 of them',
    client_secret_format: 'A Client Secret has at least 8 characters, without spaces',
    agent_id_format: 'An AgentId is a number',
    invalid: 'This is not right, please check it',
  },
  connection: { title: 'These credentials did not connect', yes: 'Save anyway', no: 'Back to correct' },
  leave: { title: 'Discard unsaved changes?', text: 'What you have typed is not kept when you leave.', yes: 'Discard', no: 'Keep editing' },
} satisfies AreaTexts<'forms'>
