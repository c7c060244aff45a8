import type { AnnouncementWay, MessageFormat, ReceiverRole } from '#contract/messages/index.ts'

/* As the contract has them; spelled here so that zod stays out of the H5. */
export const formats = ['oa', 'action_card', 'action_card_multi', 'markdown', 'link', 'text'] as const satisfies readonly MessageFormat[]
export const roles = ['admin', 'manager', 'sales'] as const satisfies readonly ReceiverRole[]
export const ways = ['people', 'departments', 'inbox'] as const satisfies readonly AnnouncementWay[]
export const locales = ['zh-CN', 'en-US'] as const
