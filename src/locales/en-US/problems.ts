import type { AreaTexts } from '../types.ts'

const codes: AreaTexts<'problems'>['codes'] = {
  unknown: {
    title: 'Something went wrong while logging in',
    text: 'This is a case we did not expect.',
    help: 'Try again; if it stays, send the details below to your administrator.',
  },
  not_configured: {
    title: 'DingTalk is not connected yet',
    text: 'Nobody has entered the DingTalk app\'s credentials, so nobody can log in.',
    help: 'An administrator completes the first-time setup with the setup token the server printed at start.',
  },
  login_code_invalid: {
    title: 'The login code is no longer valid',
    text: 'DingTalk\'s login codes work once; this one has expired or was used.',
    help: 'Tap “Try again”: a new code is requested.',
  },
  login_busy: {
    title: 'Too many people are logging in',
    text: 'The queue took too long, so we stopped waiting.',
    help: 'Try again in a minute or two.',
  },
  login_not_visible: {
    title: 'This app is not visible to you',
    text: 'DingTalk has not opened this app to you.',
    help: 'Ask an administrator to add you to the visible range: developer console > 版本管理与发布.',
  },
  login_dingtalk_off: {
    title: 'Logging in inside DingTalk is switched off',
    text: 'An administrator switched off the automatic login inside DingTalk.',
    help: 'Use the browser login: confirm once on DingTalk\'s login page.',
  },
  login_browser_off: {
    title: 'Please open it in DingTalk',
    text: 'An administrator switched off the browser login; this CRM is entered from DingTalk.',
    help: 'Open DingTalk on your phone or computer and find the CRM in its workbench.',
  },
  member_unknown: {
    title: 'You have no CRM account yet',
    text: 'DingTalk knows you, but you are not in the CRM\'s organisation yet.',
    help: 'New colleagues can usually log in after the next organisation sync. Ask an administrator to run it, and to check that the app\'s authorized scope includes you.',
  },
  member_external: {
    title: 'You are not a member of this company',
    text: 'External contacts cannot log in to this CRM.',
    help: 'If you work here, switch to your company\'s DingTalk account and try again.',
  },
  account_disabled: {
    title: 'Your CRM account is disabled',
    text: 'Your records are kept in full.',
    help: 'Ask an administrator to enable it again.',
  },
  wrong_corp: {
    title: 'This link belongs to another company',
    text: 'The page was opened from a company other than the one this CRM belongs to.',
    help: 'Switch to the right company in DingTalk and open the app from its workbench. Administrators: check the corpId in the app\'s homepage address.',
  },
  oauth_refused: {
    title: 'You did not give consent',
    text: 'The authorization was declined on DingTalk\'s page.',
    help: 'The CRM needs your consent to know who you are. Tap “Try again”.',
  },
  oauth_state_invalid: {
    title: 'This login attempt is no longer valid',
    text: 'It took too long, the link was opened twice, or the browser blocks cookies.',
    help: 'Tap “Try again” and finish the login in the same browser window.',
  },
  dingtalk_rejected: {
    title: 'DingTalk refused the login',
    text: 'Most likely a setting or permission of the app is wrong; it is not your fault.',
    help: 'Give the request ID to an administrator, who can test the connection in the DingTalk settings.',
  },
  dingtalk_unreachable: {
    title: 'DingTalk cannot be reached',
    text: 'Our server got no answer from DingTalk.',
    help: 'Try again in a moment. If it stays, an administrator should check the server\'s network and proxy.',
  },
  dingtalk_throttled: {
    title: 'DingTalk is limiting our calls',
    text: 'There were too many requests in a short time.',
    help: 'Try again in a little while.',
  },
  rate_limited: { title: 'Too many attempts', text: 'For safety, logging in pauses for a while.', help: 'Try again in a few minutes.' },
  forbidden: { title: 'The request was refused', text: 'The server does not allow this.', help: 'Ask an administrator.' },
  cross_site: {
    title: 'Wrong address',
    text: 'The server believes that the request came from another site.',
    help: 'Open the CRM from DingTalk\'s workbench. Administrators: check that PUBLIC_URL is the address people use.',
  },
  internal: {
    title: 'Something went wrong on the server',
    text: 'It is not your fault, and it has been recorded.',
    help: 'Try again in a moment; if it stays, give the request ID to your administrator.',
  },
  unavailable: { title: 'The service is not available', text: 'The server is starting, or being maintained.', help: 'Try again in a few seconds.' },
  offline: {
    title: 'You are offline',
    text: 'This device has no network connection.',
    help: 'Check the network; once it is back we try again by ourselves.',
  },
  network: {
    title: 'The server cannot be reached',
    text: 'The request did not get through.',
    help: 'Check the network and try again. If other sites work, tell your administrator.',
  },
  timeout: { title: 'The server is slow to answer', text: 'We waited long and got nothing.', help: 'Try again where the network is better.' },
  bad_answer: {
    title: 'We got an answer we cannot read',
    text: 'It did not come from the CRM; perhaps from a gateway, or a public network that wants a login.',
    help: 'Try another network; if it stays, tell your administrator.',
  },
  container_timeout: {
    title: 'DingTalk does not answer',
    text: 'We asked the DingTalk client to log you in and heard nothing.',
    help: 'Close the page and open it from the workbench again; if it stays, update DingTalk.',
  },
  container_cancelled: {
    title: 'The login was cancelled',
    text: 'The DingTalk client reported a cancellation.',
    help: 'The CRM needs the login. Tap “Try again”.',
  },
  container_notInDingTalk: {
    title: 'No connection to the DingTalk client',
    text: 'The page looks as if it were inside DingTalk, but there is no way to talk to the client.',
    help: 'Open it from the workbench again, or log in as in a browser.',
  },
  container_unsupported: {
    title: 'DingTalk is too old',
    text: 'This version of the DingTalk client cannot log you in.',
    help: 'Update DingTalk, or log in as in a browser.',
  },
  container_domain: {
    title: 'This address is not registered in the DingTalk app',
    text: 'The domain of this page differs from the app\'s homepage address.',
    help: 'Open the app from the workbench. Administrators: in the developer console, the web app\'s homepage must have the domain people use, and the version must be published.',
  },
  container_corp: {
    title: 'Wrong company ID',
    text: 'DingTalk does not know the CorpId that was used.',
    help: 'Open the app from the right company\'s workbench. Administrators: check the CorpId in the DingTalk settings.',
  },
  container_notMember: {
    title: 'You are no longer in this company',
    text: 'DingTalk says that your current account is not in the company this CRM belongs to. Your records are kept in full.',
    help: 'If you have just left the company, this is as it should be. If you still work here, switch to your company account in DingTalk, or ask an administrator to add you to the company\'s contacts again.',
  },
  container_native: {
    title: 'The DingTalk client reported an error',
    text: 'We did not get a login code.',
    help: 'Try again; if it stays, send the details below to your administrator.',
  },
  cookies_blocked: {
    title: 'The browser did not keep the login',
    text: 'The login worked, but the browser refused our cookie, so the server does not recognise you.',
    help: 'Allow cookies for this site (no private window, no “block all cookies”) and try again. Administrators: check HTTPS and COOKIE_SAMESITE.',
  },
  login_unfinished: {
    title: 'The login was not completed',
    text: 'You left DingTalk\'s login page before the last step.',
    help: 'Tap “Continue logging in” and confirm on DingTalk\'s page.',
  },
}

const texts: AreaTexts<'problems'> = {
  what: 'What to do',
  ask: 'Who can help',
  askNobody: 'Your company\'s CRM administrator or IT colleagues.',
  where: 'Where in DingTalk\'s console',
  openConsole: 'Open the setting',
  loginCode: 'Login code',
  loginCodeHint: 'Tell it to an administrator: in the login log of the admin area it shows each step of this login.',
  visitor: {
    ask: 'I am {name}: ask for access',
    note: 'A word to the administrators (optional)',
    asked: 'Your request was sent to the administrators. Once approved, tap “Try again”.',
    approved: 'You have access now. Tap “Try again”.',
    refused: 'Your last request was refused. If that was a mistake, you can ask again.',
    code: 'Got a code from an administrator?',
    enter: 'Bind and enter',
  },
  requestId: 'Request ID',
  requestIdHint: 'It finds this request in the server\'s log.',
  detail: 'Details',
  retry: 'Try again',
  proceed: 'Continue logging in',
  withoutCorp: 'Open the CRM',
  browser: 'Log in as in a browser',
  openInDingTalk: 'Open in DingTalk',
  setup: 'Do the first-time setup',
  codes,
}

export default texts
