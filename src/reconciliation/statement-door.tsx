// Files of the bank, told apart by what they hold: a gateway's journal, a statement of account
// (camt.053), or a plain list of a contract's operations.
import type { Context } from 'hono'
import { formatInstantDay, formatTime } from '../kernel/french.ts'
import { listUnits } from '../organisations/store.ts'
import { importJournal } from '../payments/import-journal.ts'
import { importPlainList } from '../payments/import-plain-list.ts'
import type { Shops } from '../payments/shops.ts'
import type { Services } from '../platform/services.ts'
import { type StaffActor, staffName } from '../staff/actor.ts'
import { authorHere } from '../staff/open-office.ts'
import { recordAct } from '../staff/record-act.ts'
import { reaches, reachOf } from '../staff/rights.ts'
import { importStatementFile } from '../transfers/import-statement-file.ts'
import { field, readUpload, type Upload } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import type { Env } from '../web/request.ts'
import { reachableContracts, requireContract } from './reachable-contracts.ts'
import { showDays } from './show-days.tsx'
import { texts } from './texts.ts'

/** A journal of a hundred thousand lines is about 15 MB. */
const MAX_BYTES = 20_000_000

type Asked = {
  readonly c: Context<Env>
  readonly services: Services
  readonly shops: Shops
  readonly actor: StaffActor
  readonly file: NonNullable<Upload['file']>
  readonly contractId: string
}

export async function postStatement(
  c: Context<Env>,
  services: Services,
  shops: Shops,
  actor: StaffActor,
): Promise<Response> {
  const { form, file } = await readUpload(c, 'releve', MAX_BYTES)
  if (!file) return refuse({ c, services, actor }, texts.upload.missing)
  const asked = { c, services, shops, actor, file, contractId: field(form, 'contrat') }
  const head = new TextDecoder('latin1')
    .decode(file.content.subarray(0, 400))
    .replace(/^\u00EF\u00BB\u00BF/, '')
  if (/^\s*</.test(head)) return readAccount(asked)
  return /^TITRE;/m.test(head) ? readJournal(asked) : readList(asked)
}

const refuse = ({ c, services, actor }: Pick<Asked, 'c' | 'services' | 'actor'>, message: string) =>
  showDays(c, services, actor, { problems: [{ field: 'releve', message }] })

/** Written after the lines, which were applied one transaction each, so that a long file holds no lock. */
const tellJournal = ({ c, services: { db, clock }, actor, file }: Asked) =>
  db.transaction((tx) =>
    recordAct(tx, authorHere(c, actor), { kind: 'statement.read', object: file.name }, clock.now()),
  )

async function readJournal(asked: Asked): Promise<Response> {
  const { c, services, shops, actor, file } = asked
  const mine = await reachableContracts(services.db, actor, 'reconciliation.close')
  const read = await importJournal(
    services,
    shops,
    file.name,
    file.content,
    ({ organisationId, id }) => organisationId === actor.organisationId && mine.some((one) => one.id === id),
  )
  if (!read.ok) {
    const { failure } = read
    if (failure.kind === 'unknown-shop') return refuse(asked, texts.upload.unknownShop(failure.shopNumber))
    const [first] = failure.problems
    return refuse(asked, texts.upload.unreadable(first?.line ?? 1, first?.column ?? ''))
  }
  const { firstRead, lastDay, contractId } = read.value
  if (firstRead) {
    const { name, at } = firstRead
    const said = texts.upload.again(name, formatInstantDay(at), formatTime(at))
    return showDays(c, services, actor, { again: { said, day: lastDay, contractId } })
  }
  await tellJournal(asked)
  const to = lastDay ? paths.office.reconciliation(lastDay) : paths.office.reconciliations
  return c.redirect(`${to}?contrat=${contractId}&note=lu`, 303)
}

async function readList(asked: Asked): Promise<Response> {
  const { c, services, actor, file } = asked
  const { organisationId } = actor
  const wanted = asked.contractId === '' ? undefined : asked.contractId
  const contract = await requireContract(services.db, actor, 'reconciliation.close', wanted)
  if (!contract) return refuse(asked, texts.upload.noContract)
  const place = { organisationId, contractId: contract.id }
  const read = await importPlainList(services, place, file.name, file.content)
  if (!read.ok)
    return refuse(asked, texts.upload.list[read.failure.kind](read.failure.line, read.failure.found))
  const { firstRead, lastDay } = read.value
  if (firstRead) {
    const said = texts.upload.again(firstRead.name, formatInstantDay(firstRead.at), formatTime(firstRead.at))
    return showDays(c, services, actor, { again: { said, day: lastDay, contractId: contract.id } })
  }
  await tellJournal(asked)
  const to = lastDay ? paths.office.reconciliation(lastDay) : paths.office.reconciliations
  return c.redirect(`${to}?contrat=${contract.id}&note=lu`, 303)
}

async function readAccount(asked: Asked): Promise<Response> {
  const { c, services, actor, file } = asked
  const { organisationId } = actor
  const reach = reachOf(actor.grants, 'reconciliation.close')
  const units = await listUnits(services.db, organisationId)
  const read = await importStatementFile(services, file, { organisationId, name: staffName(actor) }, (iban) =>
    units.every(({ id, transfer }) => transfer?.iban !== iban || reaches(reach, id)),
  )
  const words = texts.upload.account
  if (!read.ok)
    return refuse(
      asked,
      read.failure.kind === 'unknown-account' ? words.unknown : words[read.failure.kind](read.failure.entry),
    )
  const { firstRead, report } = read.value
  if (firstRead) {
    const said = texts.upload.again(firstRead.name, formatInstantDay(firstRead.at), formatTime(firstRead.at))
    return showDays(c, services, actor, { again: { said, day: undefined, contractId: asked.contractId } })
  }
  await tellJournal(asked)
  const { recorded = 0, waiting = 0 } = report?.counts ?? {}
  return showDays(c, services, actor, { read: words.read(recorded, waiting, report?.ours ?? 0) })
}
