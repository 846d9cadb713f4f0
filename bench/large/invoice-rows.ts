// Issued and published invoices as rows: what `issueInvoice` and the publication write.
import { freezeContent } from '../../src/billing/content.ts'
import type { InvoiceLine, NewInvoice } from '../../src/billing/invoice.ts'
import { present } from '../../src/kernel/assert.ts'
import { addDays, HOUR_MS, later, parisDay } from '../../src/kernel/dates.ts'
import { cents, negate } from '../../src/kernel/money.ts'
import { sha256 } from '../../src/platform/secrets.ts'
import type { Rows } from './copy-rows.ts'
import { addEntry, type Chain, internal } from './entry-rows.ts'
import { childId, familyId, invoiceId, payerName } from './family-rows.ts'
import type { World } from './organisation.ts'
import {
  childrenOf,
  dueInTheEnd,
  dueOn,
  establishmentOf,
  givenName,
  issuedAt,
  lastNameOf,
  linesOf,
  monthStart,
  numberOf,
  type Size,
  totalOf,
  unitOf,
} from './shape.ts'

const LABELS = ['Mercredi, journée', 'Accueil du matin', 'Repas']

function invoiceOf(world: World, size: Size, family: number, month: number): NewInvoice {
  const unit = present(world.units[unitOf(family)], 'no unit')
  const at = issuedAt(size, family, month)
  const from = monthStart(size, month - 1)
  const children = childrenOf(family)
  const names = Array.from(
    { length: children },
    (_, child) => `${lastNameOf(family)} ${givenName(family, 2 + child)}`,
  )
  return {
    organisationId: world.organisationId,
    billingUnitId: unit.id,
    establishmentId: present(world.establishments[establishmentOf(family)], 'no establishment').id,
    familyId: familyId(size, family),
    number: numberOf(size, family, month),
    externalKey: undefined,
    purpose: 'sale',
    issuedOn: parisDay(at),
    visibleAt: later(at, 24 * HOUR_MS),
    dueOn: dueOn(size, month),
    period: { from, to: addDays(monthStart(size, month), -1) },
    beneficiary: names.join(', '),
    activity: 'Mercredis',
    referent: payerName(family),
    total: cents(totalOf(family, month)),
    lines: linesOf(family, month).map((amount, line): InvoiceLine => ({
      childId: childId(size, family, line % children),
      childName: names[line % children] ?? '',
      happenedOn: addDays(from, 5 + line * 7),
      label: LABELS[line] ?? '',
      quantityThousandths: 1_000,
      unit: cents(amount),
      amount: cents(amount),
      rateNote: '',
      vat: 'exempt',
      accountCode: '706100',
    })),
  }
}

/** The invoice of a family and month, with its content, its account, its entry and its publication. */
export function addInvoice(
  rows: Rows,
  world: World,
  size: Size,
  chain: Chain,
  family: number,
  month: number,
) {
  const invoice = invoiceOf(world, size, family, month)
  const { organisationId: organisation, billingUnitId, number, total } = invoice
  const id = invoiceId(size, family, month)
  const at = issuedAt(size, family, month)
  const establishment = present(world.establishments[establishmentOf(family)], 'no establishment')
  const unit = present(world.units[unitOf(family)], 'no unit')
  const address = {
    name: payerName(family),
    address: `${(family % 150) + 1} rue des Écoles`,
    postalCode: `${10 + (family % 80)}${String(family % 900).padStart(3, '0')}`,
    city: 'Paris',
  }
  rows.add(
    'invoice', organisation, id, billingUnitId, establishment.id, invoice.familyId, number, invoice.issuedOn, at,
    invoice.visibleAt, invoice.dueOn ?? null, invoice.period?.from ?? null, invoice.period?.to ?? null,
    invoice.beneficiary, invoice.activity, invoice.referent, total, 'sale',
  ) // prettier-ignore
  for (const [index, line] of invoice.lines.entries())
    rows.add(
      'invoice_line', organisation, id, index + 1, line.childId ?? null, line.childName, line.happenedOn ?? null,
      line.label, line.quantityThousandths, line.unit, line.amount, line.rateNote, line.vat ?? null,
      line.accountCode ?? null,
    ) // prettier-ignore
  const content = JSON.stringify(freezeContent(invoice, world.seller, establishment, address, unit))
  const hash = sha256(content)
  rows.add('invoice_content', organisation, id, content, hash)
  const { visibleAt } = invoice
  rows.add('invoice_publication', organisation, id, visibleAt, visibleAt, parisDay(visibleAt))
  rows.add('account', organisation, id, billingUnitId, 'receivable', invoice.familyId, id)
  rows.add('balance', organisation, id, 'receivable', dueInTheEnd(size, family, month))
  addEntry(rows, world, chain, {
    unit: unitOf(family),
    kind: 'invoice',
    sourceKey: number,
    fact: `${number} ${invoice.issuedOn} ${total} ${invoice.familyId}`,
    at,
    actor: 'Marc Olivier',
    lines: [
      [{ id, kind: 'receivable', familyId: invoice.familyId, invoiceId: id }, total],
      [internal(size, unitOf(family), 'revenue'), negate(total)],
    ],
    documentSha256: hash,
  })
}
