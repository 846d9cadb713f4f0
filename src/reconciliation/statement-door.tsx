// The upload of a bank's journal: the verb of the command and the folder, asked from a page.
import type { Context } from 'hono'
import { formatInstantDay, formatTime } from '../kernel/french.ts'
import { importJournal } from '../payments/import-journal.ts'
import type { Shops } from '../payments/shops.ts'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from '../staff/actor.ts'
import { authorHere } from '../staff/open-office.ts'
import { recordAct } from '../staff/record-act.ts'
import { readUpload } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import type { Env } from '../web/request.ts'
import { reachableContracts } from './reachable-contracts.ts'
import { showDays } from './show-days.tsx'
import { texts } from './texts.ts'

/** A journal of a hundred thousand lines is about 15 MB. */
const MAX_BYTES = 20_000_000

export async function postStatement(
  c: Context<Env>,
  services: Services,
  shops: Shops,
  actor: StaffActor,
): Promise<Response> {
  const { file } = await readUpload(c, 'releve', MAX_BYTES)
  const refuse = (message: string) =>
    showDays(c, services, actor, { problems: [{ field: 'releve', message }] })
  if (!file) return refuse(texts.upload.missing)
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
    if (failure.kind === 'unknown-shop') return refuse(texts.upload.unknownShop(failure.shopNumber))
    const [first] = failure.problems
    return refuse(texts.upload.unreadable(first?.line ?? 1, first?.column ?? ''))
  }
  const { firstRead, lastDay, contractId } = read.value
  if (firstRead) {
    const { name, at } = firstRead
    const said = texts.upload.again(name, formatInstantDay(at), formatTime(at))
    return showDays(c, services, actor, { again: { said, day: lastDay, contractId } })
  }
  // The lines were applied one transaction each, so that a long file holds no lock: the act follows them.
  const { clock, db } = services
  await db.transaction((tx) =>
    recordAct(tx, authorHere(c, actor), { kind: 'statement.read', object: file.name }, clock.now()),
  )
  const to = lastDay ? paths.office.reconciliation(lastDay) : paths.office.reconciliations
  return c.redirect(`${to}?contrat=${contractId}&note=lu`, 303)
}
