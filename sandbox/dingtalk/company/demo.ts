import type { SandboxApp } from '../types.ts'

/** The company everyone sees in the demo. Nothing here is secret: the sandbox listens on this machine only. */
export const DEMO_CORP_ID = 'dingde3014c2a7b85f96d1e0f42ab8c5d7639'
export const DEMO_CORP_NAME = '星河智造科技有限公司'
export const DEMO_CLIENT_ID = 'dingdemo7k2q8x4w3n5m'
export const DEMO_CLIENT_SECRET = 'demo-Secret-Zx8Qv2Lr7Tn4Bw1Yk6Mh3Pd9Gc5Js0Fa2Ue8Ri4Ot6Xq1Wn7Lb3'
export const DEMO_AGENT_ID = 2718281828

export const DEMO_SEED = 20260601
/** The root counts as one of them. */
export const DEMO_DEPARTMENTS = 12
/** External contacts and departed people are not counted. */
export const DEMO_MEMBERS = 160

/** The demo app, with the homepages an administrator would register for this H5 address (no trailing slash). */
export function demoApp(h5Url: string): SandboxApp {
  return {
    corpId: DEMO_CORP_ID,
    corpName: DEMO_CORP_NAME,
    clientId: DEMO_CLIENT_ID,
    clientSecret: DEMO_CLIENT_SECRET,
    agentId: DEMO_AGENT_ID,
    name: 'Cordys CRM',
    mobileHomepage: `${h5Url}/?corpId=$CORPID$`,
    pcHomepage: `${h5Url}/?corpId=$CORPID$`,
  }
}
