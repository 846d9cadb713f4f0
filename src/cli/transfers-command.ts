import { findFamilies } from '../families/store.ts'
import { assignTransfer, type Claim, setTransferAside } from '../transfers/assign-transfer.ts'
import { importStatement } from '../transfers/import-statement.ts'
import { listWaiting } from '../transfers/store.ts'
import type { Services } from '../platform/services.ts'
import type { OrganisationId } from '../kernel/ids.ts'
import { chooseOrganisation, type Command, EXIT, readArgs, refusal } from './command.ts'
import { readUserFile } from './read-user-file.ts'
import { texts } from './texts.ts'
import { transferTexts as said } from './transfer-texts.ts'

/** Who decides, when it is done at the terminal. */
const ACTOR = 'cli'
const OPTIONS = {
  assign: { type: 'string' },
  dismiss: { type: 'string' },
  invoice: { type: 'string' },
  family: { type: 'string' },
  unit: { type: 'string' },
  reason: { type: 'string' },
  organisation: { type: 'string' },
} as const
type Values = { readonly [Name in keyof typeof OPTIONS]?: string }

/** `transfers [FICHIER.xml]`: what families transferred is booked; what names no invoice waits here. */
export const transfersCommand: Command = {
  name: 'transfers',
  usage: said.usage,
  summary: said.summary,
  run: async ({ terminal, open }, args) => {
    const { values, words } = readArgs(args, OPTIONS, { names: [], optional: ['FICHIER.xml'] })
    const [file] = words
    if ([file, values.assign, values.dismiss].filter((one) => one !== undefined).length > 1)
      throw refusal(said.notBoth, EXIT.usage)
    if (file !== undefined) {
      terminal.print(await read(await readUserFile(file), open))
      return
    }
    checkDecision(values)
    const services = await open()
    const { id } = await chooseOrganisation(services, values.organisation)
    if (values.assign !== undefined) terminal.print(await assign(services, id, values.assign, values))
    else if (values.dismiss !== undefined)
      terminal.print(await dismiss(services, id, values.dismiss, values.reason ?? ''))
    else terminal.print(await listed(services, id))
  },
}

function checkDecision({
  assign: toAssign,
  dismiss: toDismiss,
  invoice,
  family,
  unit,
  reason,
}: Values): void {
  const byInvoice = invoice !== undefined && family === undefined && unit === undefined
  const byFamily = invoice === undefined && family !== undefined && unit !== undefined
  if (toAssign !== undefined && !byInvoice && !byFamily) throw refusal(said.chooseOne, EXIT.usage)
  if (toDismiss !== undefined && (reason ?? '').trim() === '') throw refusal(said.giveReason, EXIT.usage)
}

async function read(content: Buffer, open: () => Promise<Services>): Promise<string> {
  const imported = await importStatement(await open(), content)
  if (imported.ok) return said.counts(imported.value.counts)
  const { failure } = imported
  const why = failure.kind === 'unknown-account' ? said.unknownAccount(failure.iban) : said.problem(failure)
  throw refusal(`${why}\n${said.nothing}`)
}

async function listed({ db }: Services, organisationId: OrganisationId): Promise<string> {
  const waiting = await listWaiting(db, organisationId)
  if (waiting.length === 0) return said.none
  return [...waiting.map(said.one), said.howTo(waiting.length)].join('\n\n')
}

async function assign(
  { db, clock }: Services,
  organisationId: OrganisationId,
  transferId: string,
  values: Values,
): Promise<string> {
  const claim = await claimOf(db, organisationId, values)
  const decision = { organisationId, transferId, now: clock.now(), actor: ACTOR }
  const done = await db.transaction((tx) => assignTransfer(tx, decision, claim))
  if (!done.ok) throw refusal(said.failures[done.failure])
  return said.assigned(done.value.familyName)
}

async function claimOf(
  db: Services['db'],
  organisationId: OrganisationId,
  { invoice, family: wanted = '', unit = '' }: Values,
): Promise<Claim> {
  if (invoice !== undefined) return { kind: 'invoice', number: invoice }
  const [family, ...others] = await findFamilies(db, organisationId, wanted)
  if (!family) throw refusal(texts.access.unknown(wanted))
  if (others.length > 0)
    throw refusal(texts.access.several(wanted, [family, ...others].map(texts.access.oneFamily).join('\n')))
  return { kind: 'family', family, unitCode: unit }
}

async function dismiss(
  { db, clock }: Services,
  organisationId: OrganisationId,
  transferId: string,
  reason: string,
): Promise<string> {
  const decision = { organisationId, transferId, now: clock.now(), actor: ACTOR }
  const done = await db.transaction((tx) => setTransferAside(tx, decision, reason))
  if (!done.ok) throw refusal(said.failures[done.failure])
  return said.dismissed
}
