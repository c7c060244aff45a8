import type { CoreTexts } from '../types.ts'

const texts: CoreTexts['common'] = {
  appName: 'CRM',
  back: 'Back',
  save: 'Save',
  cancel: 'Cancel',
  confirm: 'OK',
  edit: 'Edit',
  delete: 'Delete',
  close: 'Close',
  retry: 'Try again',
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'Could not copy; press and hold the text instead',
  loading: 'Loading…',
  noMore: 'That is all',
  loadMore: 'Load more',
  clear: 'Clear',
  loadFailed: 'Could not load',
  requestId: 'Request ID',
  /** Between the things of a list. */
  comma: ', ',
  nav: { label: 'Main navigation', workbench: 'Workbench', messages: 'Messages', unread: '{n} unread', mine: 'Me', admin: 'Admin' },
  notFound: { title: 'No such page', text: 'The link may be out of date, or you may not be allowed to see it.', home: 'Go to the workbench' },
  network: {
    offline: 'You are offline. Check the network and try again.',
    network: 'The server cannot be reached. Try again in a moment.',
    timeout: 'The server is slow to answer. Try again in a moment.',
    bad_answer: 'The server gave an answer we cannot read. Try again in a moment.',
    unavailable: 'The service is not available right now.',
  },
  networkHelp: {
    unavailable: 'The server may be restarting or under maintenance. Try again in a few seconds; if it stays, tell your administrator.',
  },
  notLoaded: {
    unreachable: 'The server cannot be reached, so the page did not open. Check the network and try again.',
    broken: 'The page did not load. Try again.',
  },
  refused: { title: 'DingTalk did not let this page use the phone', text: 'Load the page anew, then try again; what you were writing stays as a draft.', reload: 'Load anew' },
  operatorBanner: 'Emergency login: settings, diagnosis, sync and login codes only, until {time}.',
}

export default texts
