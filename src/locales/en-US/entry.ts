import type { CoreTexts } from '../types.ts'

const texts: CoreTexts['entry'] = {
  title: 'Log in',
  steps: {
    session: 'Checking your session…',
    sdk: 'Connecting to DingTalk…',
    code: 'Asking DingTalk who you are…',
    exchange: 'Logging in to the CRM…',
    waiting: 'Many people are logging in; you are in the queue',
    redirecting: 'Taking you to DingTalk\'s login…',
  },
  wait: 'Trying again in {n} second | Trying again in {n} seconds',
  loggedOut: { title: 'You are logged out', text: 'Log in again when you want to go on.', again: 'Log in again' },
}

export default texts
