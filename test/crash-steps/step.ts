// Where a process can die: the statements, commits and outgoing calls of a verb, in order.

/** In the order of the story. `settle` and `notify` are two ways to learn of the same payment. */
export const VERBS = ['start', 'redirect', 'settle', 'notify', 'refund', 'settle-refund', 'close'] as const
export type VerbName = (typeof VERBS)[number]

export type Moment = 'before' | 'after'
export const MOMENTS: readonly Moment[] = ['before', 'after']

/** The process dies before the step, or once its answer is there; steps count from 1. */
export type Death = { readonly step: number; readonly moment: Moment }

export const BANK_CALL = 'call to the bank'

const WRITE = /\b(insert into|(?<!for |for no key )update(?! of| skip)|delete from) ([a-z_]+)/
const LOCK = /\bfor (?:no key )?update\b/

/** A statement by its first write, or by what it locks, reads or calls: « insert into entry », « commit ». */
export function statementName(text: string): string {
  const words = text.replaceAll('"', '').replaceAll(/\s+/g, ' ').trim().toLowerCase()
  const write = WRITE.exec(words)
  if (write) return `${write[1]} ${write[2]}`
  // What it reads itself comes before what it asks in parentheses; a « with » says first what it is about.
  const own = words.startsWith('with ') ? words : withoutParentheses(words)
  const table = tableOf(own) ?? tableOf(words)
  if (table !== undefined) return `${LOCK.test(words) ? 'lock' : 'read'} ${table}`
  const call = /^select ([a-z_.]+)\(/.exec(words)?.[1]
  return call === undefined ? words.split(' ').slice(0, 2).join(' ') : `call ${call}`
}

const tableOf = (words: string): string | undefined => /\bfrom ([a-z_]+)\b(?! ?[(@])/.exec(words)?.[1]

function withoutParentheses(words: string): string {
  const less = words.replaceAll(/\([^()]*\)/g, '@')
  return less === words ? words : withoutParentheses(less)
}
