import { drawPdf } from '../documents/draw-pdf.ts'
import { statementDocument } from '../documents/statement-document.ts'
import type { FamilyActor } from '../identity/actor.ts'
import { present } from '../kernel/assert.ts'
import { type Day, type Instant, parisDay, parisInstant } from '../kernel/dates.ts'
import type { BillingUnit } from '../organisations/organisation.ts'
import { findOrganisation } from '../organisations/store.ts'
import type { Read } from '../platform/db.ts'
import { linesBetween, runningBalances } from './balance.ts'
import { chargedBy, paidBy } from './operation.ts'
import { operationNote, operationTitle } from './operation-words.ts'
import { findAddressee, listOperations } from './store.ts'

/** The family's statement of one unit and year, as a PDF; the running year stops today. */
export async function statementPdf(
  read: Read,
  { organisationId, familyId }: FamilyActor,
  unit: BillingUnit,
  year: number,
  now: Instant,
): Promise<Buffer> {
  const [organisation, addressee, operations] = await Promise.all([
    findOrganisation(read, organisationId),
    findAddressee(read, organisationId, familyId),
    listOperations(read, organisationId, familyId, now),
  ])
  const from = `${year}-01-01` as Day
  const lastDay = `${year}-12-31` as Day
  const today = parisDay(now)
  const to = today < lastDay ? today : lastDay
  const balances = runningBalances(operations.filter((operation) => operation.billingUnitId === unit.id))
  const { opening, lines } = linesBetween(balances, from, to)
  return drawPdf(
    statementDocument({
      organisation: present(organisation, 'no organisation'),
      unit: unit.name,
      addressee,
      year,
      from,
      to,
      // Noon of the last day told: the same statement is the same file.
      printedAt: parisInstant(to, 12),
      opening,
      lines: lines.map(({ operation, balance }) => ({
        on: operation.on,
        title: operationTitle(operation),
        note: operationNote(operation),
        charged: chargedBy(operation),
        paid: paidBy(operation),
        balance,
      })),
    }),
  )
}
