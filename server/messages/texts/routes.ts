import type { MessageFormat, MessageKind, MessagePreview, MessageTexts, TemplateView } from '#contract/messages/index.ts'
import type { Db } from '../../db/index.ts'
import type { Locale } from '../../http/locale.ts'
import type { Notifications } from '../../notifications/index.ts'
import type { LinkSettings } from '../links/links.ts'
import { randomUUID } from 'node:crypto'
import { templateRoutes as declared } from '#contract/messages/index.ts'
import { audit } from '../../audit/index.ts'
import { tables } from '../../db/index.ts'
import { messageBytes } from '../../dingtalk/index.ts'
import { invalid } from '../../http/app-error.ts'
import { locales } from '../../http/locale.ts'
import { implement } from '../../http/route.ts'
import { foreignLinks } from '../../notifications/index.ts'
import { markOf } from '../links/links.ts'
import { render } from '../publish/render.ts'
import { settingOut } from '../publish/setting-out.ts'
import { readWording, textsKey } from '../rules/store.ts'
import { variablesIn } from './fill.ts'
import { defaultTexts, sampleValues } from './index.ts'
import { variablesOf } from './variables.ts'

interface Parts {
  offered: readonly MessageKind[]
  db: Db
  sendTest: Notifications['admin']['sendTest']
  linkSettings: (tx: Db, pcOpens: LinkSettings['pcOpens']) => Promise<LinkSettings>
}

export function templateRoutes({ db, offered, sendTest, linkSettings }: Parts) {
  async function sample(kind: MessageKind, texts: MessageTexts, format: MessageFormat, tx: Db) {
    const links = await linkSettings(tx, (await readWording(tx)).rules.pcOpens)
    check(kind, texts, links.base)
    const values = sampleValues(kind)
    const at = new Date()
    return (locale: Locale) => {
      const { title, text } = render(texts[locale], values[locale], links.base)
      // DingTalk drops what somebody has received that day (dingtalk-server-api §5.1): each test is another content.
      return { title, text, message: settingOut(format, { title, text, author: values[locale].actor ?? '', at, link: 'xmessages', mark: markOf(randomUUID()) }, locale, links) }
    }
  }

  return implement(declared, {
    'GET /api/messages/templates': async (_, { locale }) => {
      const wording = await readWording(db)
      return { templates: offered.map(kind => view(kind, wording.edited[kind], locale)) }
    },

    'PUT /api/messages/templates/:kind': async ({ params: { kind }, body: { texts } }, { caller, locale, ip }) => {
      await db.transaction(async (tx) => {
        const { edited, rules } = await readWording(tx)
        if (texts)
          check(kind, texts, (await linkSettings(tx, rules.pcOpens)).base)
        const { [kind]: before, ...others } = edited
        const row = { key: textsKey, value: texts ? { ...others, [kind]: texts } : others, updatedAt: new Date(), updatedBy: caller.account.name }
        await tx.insert(tables.setting).values(row).onConflictDoUpdate({ target: tables.setting.key, set: row })
        await audit(tx, { actor: caller.account.name, action: 'messages.template.update', detail: { kind, before: before ?? null, after: texts }, ip })
      })
      return view(kind, texts ?? undefined, locale)
    },

    'POST /api/messages/templates/preview': async ({ body: { kind, texts, format } }) => {
      const of = await sample(kind, texts, format, db)
      const preview = (locale: Locale): MessagePreview => {
        const { title, text, message } = of(locale)
        return { title, text: text.inbox, message: { ...message }, bytes: messageBytes(message) }
      }
      return { 'zh-CN': preview('zh-CN'), 'en-US': preview('en-US') }
    },

    'POST /api/messages/test': async ({ body: { kind, texts, format } }, { caller, locale, ip }) => {
      const { title, message } = (await sample(kind, texts, format, db))(locale)
      return sendTest({ to: caller.account, kind, locale, title, message }, { name: caller.account.name, ip })
    },
  })
}

/** A template may name the variables its kind has, and no other site. */
function check(kind: MessageKind, texts: MessageTexts, base: string): void {
  const issues = locales.flatMap(locale => (['title', 'text'] as const).flatMap((part) => {
    const path = `texts.${locale}.${part}`
    const unknown = variablesIn(texts[locale][part]).filter(name => !Object.hasOwn(variablesOf[kind], name))
    const foreign = foreignLinks(texts[locale][part], base)
    return [
      ...unknown.map(name => ({ path, message: `unknown_variable:${name}` })),
      ...foreign.map(link => ({ path, message: `foreign_link:${link.replace(/^[a-z\d+.-]+:\/\//i, '').slice(0, 60)}` })),
    ]
  }))
  if (issues.length > 0)
    throw invalid(issues)
}

function view(kind: MessageKind, edited: MessageTexts | undefined, locale: Locale): TemplateView {
  const samples = sampleValues(kind)[locale]
  return {
    kind,
    texts: edited ?? defaultTexts(kind),
    defaults: defaultTexts(kind),
    edited: edited !== undefined,
    variables: Object.entries(samples).map(([name, sample]) => ({ name, sample })),
  }
}
