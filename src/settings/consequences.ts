// What a change would do, told before it is done; and what forbids it.
import { unreachable } from '../kernel/assert.ts'
import { readId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import { ZERO } from '../kernel/money.ts'
import type { OrganisationId } from '../kernel/ids.ts'
import { withinBank } from '../payments/bank-limits.ts'
import { findUnit } from '../organisations/store.ts'
import type { Read } from '../platform/db.ts'
import type { Problems } from '../web/form.ts'
import { consequenceTexts as says } from './consequence-texts.ts'
import type { Change, Value } from './setting.ts'
import {
  countDrafts,
  countDueAbove,
  countDueBelow,
  countUnderWay,
  countUnpublished,
  findNumbering,
  hasAccounts,
  isSeriesUsed,
  listContracts,
} from './store.ts'
import { type Subject, unitOf } from './subjects.ts'

export type Preview = {
  /** One sentence after another: what will be, and what stays as it is. */
  readonly consequences: readonly string[]
  /** To be typed before a change that is hard to take back; undefined: a click is enough. */
  readonly word: string | undefined
}

type Asked = {
  readonly organisationId: OrganisationId
  readonly subject: Subject
  readonly inDemo: boolean
}

/** What the changes do, in words and numbers as they stand now. */
export async function foresee(read: Read, asked: Asked, changes: readonly Change[]): Promise<Preview> {
  const consequences: string[] = []
  let word: string | undefined
  for (const change of changes) {
    const foreseen = await foreseeOne(read, asked, change)
    consequences.push(...foreseen.told.filter((sentence) => !consequences.includes(sentence)))
    word ??= foreseen.word
  }
  return { consequences, word }
}

type Foreseen = { readonly told: readonly string[]; readonly word?: string }
const told = (...sentences: readonly string[]): Foreseen => ({ told: sentences })

async function foreseeOne(read: Read, asked: Asked, { setting, after, standing }: Change): Promise<Foreseen> {
  const { organisationId, subject } = asked
  const unit = unitOf(organisationId, subject)
  const { column } = setting
  switch (column) {
    case 'max_payment_cents': {
      const bank = await findUnit(read, organisationId, unit.id)
      const above = await countDueAbove(read, unit, after as Cents)
      const most = bank && withinBank({ ...bank, maxPayment: after as Cents }).maxPayment
      return told(
        says.maximum(after as Cents, above, bank?.otherMeans ?? ''),
        ...(most !== undefined && most < (after as number) ? [says.bankMaximum(most)] : []),
      )
    }
    case 'min_payment_cents': {
      const bank = await findUnit(read, organisationId, unit.id)
      return told(
        says.minimum(after as Cents, await countDueBelow(read, unit, after as Cents), bank?.otherMeans ?? ''),
      )
    }
    case 'alert_threshold_cents':
      return told(says.alert(after as Cents))
    case 'refund_threshold_cents':
      return told(after === ZERO ? says.secondAlways : says.second(after as Cents))
    case 'visibility_delay_hours':
      return told(says.visibility(after as number, await countUnpublished(read, unit)))
    case 'due_days':
    case 'online_days':
    case 'desk_days':
      return told(says.deadlines(await countDrafts(read, unit)))
    case 'mode':
      return { told: [says.mode[after === 'prepaid' ? 'prepaid' : 'per_invoice']], word: subject.code }
    case 'contract_id':
      return foreseeContract(read, asked, after)
    case 'series':
      return { told: [says.series(String(standing), String(after)), says.seriesForGood], word: String(after) }
    case 'transfer_beneficiary':
    case 'transfer_iban':
    case 'transfer_bic':
      return {
        told: [after === null ? says.noTransfer : says.transfer],
        ...(column === 'transfer_iban' && after !== null ? { word: String(after).slice(-4) } : {}),
      }
    case 'text.mail_intro':
    case 'text.mail_signature':
      return told(says.mail)
    case 'text.welcome':
    case 'text.help':
    case 'text.notice':
    case 'notice_until_on':
      return told(says.portal)
    case 'name':
    case 'siret':
    case 'address':
    case 'phone':
    case 'email':
    case 'opening_hours':
    case 'vat_mention':
    case 'data_contact':
    case 'contact':
    case 'other_means':
      return told(subject.kind === 'organisation' ? says.organisation : says.identity)
    default:
      return unreachable(column)
  }
}

async function foreseeContract(read: Read, asked: Asked, after: Value): Promise<Foreseen> {
  const { organisationId, subject } = asked
  const unit = unitOf(organisationId, subject)
  const underWay = await countUnderWay(read, organisationId, { unitId: unit.id })
  const standing = await findUnit(read, organisationId, unit.id)
  const chosen = (await listContracts(read, organisationId)).find(({ id }) => id === after)
  const sentences = [
    chosen ? says.bank(chosen.bankName) : says.noBank(standing?.otherMeans ?? ''),
    ...(chosen?.mode === 'TEST' && !asked.inDemo ? [says.testBank] : []),
    ...(underWay > 0 ? [says.underWay(underWay)] : []),
    ...(chosen && chosen.units.length > 0
      ? [says.shared(chosen.units.filter(({ id }) => id !== unit.id).map(({ name }) => name))]
      : []),
  ]
  return { told: sentences.filter((one) => one !== ''), word: subject.code }
}

/** What the table, and not the form, forbids; asked again under lock before anything is written. */
export async function forbid(
  read: Read,
  organisationId: OrganisationId,
  subject: Subject,
  changes: readonly Change[],
): Promise<Problems> {
  const unit = unitOf(organisationId, subject)
  const problems: { field: string; message: string }[] = []
  for (const { setting, after } of changes) {
    if (setting.column === 'mode') {
      if (after !== 'per_invoice' && after !== 'prepaid')
        problems.push({ field: 'mode', message: says.choose })
      else if (await hasAccounts(read, unit)) problems.push({ field: 'mode', message: says.modeSettled })
    }
    if (setting.column === 'series') {
      const { source } = await findNumbering(read, unit)
      if (source === 'import') problems.push({ field: 'series', message: says.numberedElsewhere })
      else if (await isSeriesUsed(read, organisationId, String(after)))
        problems.push({ field: 'series', message: says.seriesUsed(String(after)) })
    }
    if (setting.column === 'contract_id' && after !== null) {
      const contracts = await listContracts(read, organisationId)
      if (!contracts.some(({ id }) => id === readId<'contract'>(String(after))))
        problems.push({ field: 'contract_id', message: says.choose })
    }
  }
  return problems
}
