export type { Apps, InnerApp, VisibleRange } from './apps/index.ts'
export type { Clock } from './clock.ts'
export type { DepartmentDetail, SubDepartment } from './contacts/departments.ts'
export type { AuthScopes, Contacts, DepartmentLookup, UnionidLookup, UserLookup } from './contacts/index.ts'
export type { ListedMember, Member, MemberDetail } from './contacts/member.ts'
export { createDingTalk } from './create.ts'
export type { DingTalk } from './create.ts'
export type { ErrorKind } from './errors/catalogue/entry.ts'
export { agentCodes } from './errors/catalogue/messages.ts'
export { throttleOf } from './errors/classify.ts'
export { DingTalkError } from './errors/dingtalk-error.ts'
export type { DingTalkErrorDetails, Outcome } from './errors/dingtalk-error.ts'
export { explain, explainReason } from './errors/explain.ts'
export type { ExplainLocale, Explanation } from './errors/explain.ts'
export { permissionName, permissions } from './errors/permissions.ts'
export type { Permission } from './errors/permissions.ts'
export { contactEvents, isContactEvent } from './events/event.ts'
export type { PlatformEvent } from './events/event.ts'
export type { FailedBatch } from './events/failed.ts'
export { readPush } from './events/http-push.ts'
export type { Events } from './events/index.ts'
export { generateEventSecrets } from './events/secrets.ts'
export type { StreamTimings } from './events/stream/options.ts'
export type { StreamState } from './events/stream/state.ts'
export type { Stream } from './events/stream/stream.ts'
export type { LaneStats } from './limiter/limiter.ts'
export type { Login, LoginIdentity, LoginPressure } from './login.ts'
export { checkNotification, messageBytes, sendLimits } from './messages/check.ts'
export type { Messages } from './messages/index.ts'
export type { ActionCard, OaMessage, SendProgress, SendResult, WorkMessage, WorkNotification } from './messages/types.ts'
export type { AuthorizeRequest } from './oauth/authorize-url.ts'
export type { OAuth, OAuthIdentity } from './oauth/index.ts'
export type {
  CallInfo,
  CallOptions,
  DingTalkCredentials,
  DingTalkHosts,
  DingTalkLimits,
  DingTalkLogger,
  DingTalkOptions,
  DingTalkTimeouts,
  Priority,
} from './options.ts'
export type { JsapiConfig, Tickets } from './tickets/index.ts'
export { sign } from './tickets/sign.ts'
export type { ListedTodo, Todo, Todos } from './todos/index.ts'
export { createDispatcher } from './transport/dispatcher.ts'
export type { DispatcherOptions } from './transport/dispatcher.ts'
