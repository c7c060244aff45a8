import type { CheckId, CheckResult, DoctorCheck } from '#contract/connection.ts'
import type { DingTalkError } from '../../dingtalk/index.ts'
import type { Text } from '../../http/locale.ts'
import type { Failure } from '../sightings/index.ts'
import type { Confirmation } from './confirmations.ts'
import { explain, explainReason } from '../../dingtalk/index.ts'
import { fingerprintOf } from './confirmations.ts'
import { asksDingTalk, steps, titles } from './titles.ts'

/** A text in both languages, beside the check it belongs to. */
export function text(zh: string, en: string): Text {
  return { 'zh-CN': zh, 'en-US': en }
}

/** What one check found; texts in both languages, so that the reader's is chosen last. */
export interface Finding {
  result: CheckResult
  /** Untried because there is nothing to look at, which is all right. */
  idle?: boolean
  tried: Text
  answered?: Text | undefined
  means: Text
  fix?: Text | undefined
  where?: Text | undefined
  link?: string | undefined
  code?: string | undefined
  requestId?: string | undefined
  seenAt?: Date | undefined
  /** How to find out by hand. */
  manual?: Text | undefined
  action?: DoctorCheck['action']
  /** What exactly a confirmation by hand would be about: of other values it says nothing. */
  about?: readonly (string | number)[]
}

/** A call DingTalk refused, explained: answer, cause, fix, place. */
export function refused(tried: Text, error: DingTalkError): Finding {
  const zh = explain(error, 'zh-CN')
  const en = explain(error, 'en-US')
  return { tried, answered: answerText(error.reason, error.text), ...explained(zh, en), result: 'failed', code: error.reason, requestId: error.requestId }
}

/** The same for a refusal that was noted earlier. */
export function refusedThen(tried: Text, failed: Failure, at: Date): Finding {
  const zh = explainReason(failed.reason, 'zh-CN', failed)
  const en = explainReason(failed.reason, 'en-US', failed)
  const answer = answerText(failed.reason, failed.text ?? '')
  return {
    tried,
    answered: text(`${moment(at)}：${answer['zh-CN']}`, `${moment(at)}: ${answer['en-US']}`),
    ...explained(zh, en),
    result: 'failed',
    code: failed.reason,
    requestId: failed.requestId,
  }
}

function explained(zh: ReturnType<typeof explain>, en: ReturnType<typeof explain>): Pick<Finding, 'means' | 'fix' | 'where' | 'link'> {
  return { means: text(zh.cause, en.cause), fix: text(zh.fix, en.fix), where: zh.where && en.where ? text(zh.where, en.where) : undefined, link: zh.link }
}

function answerText(reason: string, said: string): Text {
  // The apply link and the list of scopes are shown on their own.
  const short = said.replace(/[，,]?\s*点击链接[\s\S]*$/, '').slice(0, 300)
  return text(`${reason}${short ? `：${short}` : ''}`, `${reason}${short ? `: ${short}` : ''}`)
}

/** A moment as administrators in China read it, the same in both languages. */
export function moment(at: Date): string {
  return at.toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' })
}

/** Nothing was tried because something else has to work first. */
export function dependsOn(id: CheckId): Finding {
  return {
    result: 'untried',
    tried: text('没有尝试', 'Not tried'),
    means: text(`先解决“${titles[id]['zh-CN']}”，这一项才能检查。`, `"${titles[id]['en-US']}" has to work before this can be checked.`),
  }
}

/** Only what is stored can be looked at, and these credentials are not. */
export function notSaved(of: Text): Finding {
  return {
    result: 'untried',
    tried: text('没有尝试', 'Not tried'),
    means: text(`正在检查的值还没有保存，${of['zh-CN']}用的是已保存的值：保存后才能检查这一项。`, `What is being checked is not saved yet, and ${of['en-US']} use what is: this can be checked after saving.`),
  }
}

/** The check itself failed, which says nothing about the connection. */
export function broken(id: CheckId): Finding {
  return {
    result: 'failed',
    tried: text(`检查“${titles[id]['zh-CN']}”`, `Checked "${titles[id]['en-US']}"`),
    means: text('本系统检查这一项时出错，没有结果；这不代表钉钉那边有问题。', 'This system failed while checking it, so there is no result; nothing need be wrong in DingTalk.'),
    fix: text('稍后重新检查；如果仍然这样，把服务器日志里的 “a check of the doctor broke” 交给技术支持。', 'Check again later; if it stays, give support the server log\'s line "a check of the doctor broke".'),
    where: text('运行本系统的服务器', 'The server this system runs on'),
  }
}

/** The finding as it is told. */
export function toCheck(id: CheckId, finding: Finding, locale: keyof Text, confirmed: Confirmation | undefined): DoctorCheck {
  const word = (said: Text | undefined) => said?.[locale] ?? null
  return {
    id,
    step: steps[id],
    result: finding.result,
    idle: finding.idle ?? false,
    title: titles[id][locale],
    tried: finding.tried[locale],
    answered: word(finding.answered),
    asksDingTalk: asksDingTalk(id),
    means: finding.means[locale],
    fix: word(finding.fix),
    where: word(finding.where),
    link: finding.link ?? null,
    code: finding.code ?? null,
    requestId: finding.requestId ?? null,
    seenAt: finding.seenAt?.toISOString() ?? null,
    about: fingerprintOf(finding),
    manual: finding.manual
      ? { step: finding.manual[locale], confirmed: confirmed ? { by: confirmed.by, at: confirmed.at.toISOString() } : null }
      : null,
    action: finding.action ?? null,
  }
}
