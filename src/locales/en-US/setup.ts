import type { AreaTexts } from '../types.ts'

const texts: AreaTexts<'setup'> = {
  title: 'First-time setup',
  intro:
    'Connect this CRM to your company\'s internal DingTalk app. All four values are in DingTalk\'s developer console (open-dev.dingtalk.com); you can change them later.',
  next: 'After saving, the guide leads through the other four steps and asks DingTalk about each.',
  submit: 'Save and connect',
  saving: 'Saving…',
  doneTitle: 'The setup is done',
  done: 'This CRM is already connected to DingTalk; there is nothing to fill in. Administrators change it in the DingTalk settings after logging in.',
  toLogin: 'Log in',
  toCrm: 'Open the CRM',
  toSettings: 'Open the DingTalk settings',
  fields: {
    setupToken: { label: 'Setup token', place: 'Printed in the server\'s log at start; it works once.' },
    corpId: { label: 'Company ID (CorpId)', place: 'Top right of the developer console\'s home page; starts with “ding”.' },
    clientId: { label: 'App ID (Client ID)', place: '应用开发 > your app > 凭证与基础信息; formerly AppKey.' },
    clientSecret: { label: 'App secret (Client Secret)', place: 'On the same page; formerly AppSecret. It is never shown again.' },
    agentId: { label: 'Internal app ID (AgentId)', place: 'On the same page, digits only; needed for work notifications.' },
  },
  required: 'Please fill this in',
  show: 'Show',
  hide: 'Hide',
  link: {
    title: 'Emergency login',
    text: 'This one-time link lets you into settings, diagnosis and sync without DingTalk. Its use is recorded.',
    enter: 'Go to administration',
    working: 'Checking the link…',
    missing: 'The link is incomplete: copy the whole address the server printed.',
  },
}

export default texts
