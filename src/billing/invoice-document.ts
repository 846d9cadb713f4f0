// An invoice's document, from its frozen content alone. What is due after issue is not on it: it changes.
import type { InvoiceContent } from './content.ts'
import { parisInstant } from '../kernel/dates.ts'
import { inFours, rfReference } from '../kernel/transfer-reference.ts'
import type { TransferAccount } from '../organisations/organisation.ts'
import { transferOrder } from './transfer-order.ts'
import { formatCents, formatDay } from '../kernel/french.ts'
import { vatTotals } from './vat.ts'
import { formatQuantity, groupByChild } from '../documents/line-groups.ts'
import type { Block, Fact, Printable, TableRow } from '../documents/printable.ts'
import { texts } from '../documents/texts.ts'

const { invoice: words } = texts

/** What the document says; `url` is where the family reads and pays this invoice. */
export function invoiceDocument(content: InvoiceContent, url: string): Printable {
  const { seller, payer, number, purpose } = content
  const title = words.numbered(words.names[purpose], number)
  return {
    title,
    author: seller.name,
    // Noon of the day it bears: the same content is the same file.
    createdAt: parisInstant(content.issuedOn, 12),
    letterhead: {
      name: seller.name,
      lines: [
        ...seller.address.split('\n'),
        texts.siret(seller.siret),
        [texts.phone(seller.phone), seller.email].join(' · '),
      ],
    },
    heading: {
      title: words.heading(words.titles[purpose], number),
      lines: [
        words.issuedOn(words.dated[purpose], formatDay(content.issuedOn)),
        ...(content.dueOn === null ? [] : [words.dueOn(formatDay(content.dueOn))]),
        ...(content.onlineUntil ? [words.onlineUntil(formatDay(content.onlineUntil))] : []),
        ...(content.deskUntil ? [words.deskUntil(formatDay(content.deskUntil))] : []),
        ...(content.replaces ? [words.replaces(content.replaces)] : []),
      ],
    },
    addressee: [payer.name, ...payer.address.split('\n'), `${payer.postalCode} ${payer.city}`],
    blocks: [
      ...(purpose === 'opening' ? [{ kind: 'text' as const, text: words.opening }] : []),
      { kind: 'facts', facts: summary(content), note: words.dueNote },
      { kind: 'heading', text: words.lines[purpose] },
      lineTable(content),
      ...(content.lines.length === 0 ? [small(words.noLines)] : []),
      ...vatTotals(content.lines.map(({ amountCents, vat }) => ({ amount: amountCents, vat }))).map(
        ({ vat, tax }) => small(words.vat[vat](formatCents(tax))),
      ),
      ...(seller.vatMention === '' || purpose === 'opening' || !hasExempt(content)
        ? []
        : [small(seller.vatMention)]),
      ...payment(content, url),
    ],
    footer: texts.footer(seller.name, seller.siret),
    page: texts.page,
  }
}

const small = (text: string): Block => ({ kind: 'text', text, look: 'small' })

/** The mention of the exemption stands wherever a line bears no tax. */
const hasExempt = ({ lines }: InvoiceContent): boolean =>
  lines.length === 0 || lines.some(({ vat }) => vat === undefined || vat === 'exempt')

function summary(content: InvoiceContent): Fact[] {
  const { period, establishment } = content
  const facts: Fact[] = [
    {
      label: words.period,
      value: period ? words.periodValue(formatDay(period.from), formatDay(period.to)) : '',
    },
    { label: words.beneficiary, value: content.beneficiary },
    { label: words.establishment, value: establishment.name },
    { label: words.activity, value: content.activity },
    { label: words.total, value: formatCents(content.totalCents), strong: true },
    { label: words.due, value: formatCents(content.totalCents), strong: true },
  ]
  return facts.filter((fact) => fact.value !== '')
}

function lineTable(content: InvoiceContent): Block {
  return {
    kind: 'table',
    summary: words.lines[content.purpose],
    columns: [
      { title: words.columns.date, width: 62 },
      { title: words.columns.label, width: 'wide' },
      { title: words.columns.quantity, width: 56, amount: true },
      { title: words.columns.unit, width: 72, amount: true },
      { title: words.columns.amount, width: 78, amount: true },
    ],
    rows: [
      ...lineRows(content),
      { kind: 'total', cells: [words.totalToPay, '', '', '', formatCents(content.totalCents)] },
    ],
  }
}

function lineRows(content: InvoiceContent): TableRow[] {
  if (content.lines.length === 0)
    return [
      {
        kind: 'line',
        cells: ['', content.activity || content.establishment.name, '', '', formatCents(content.totalCents)],
      },
    ]
  const groups = groupByChild(
    content.lines,
    (line) => line.child,
    (line) => line.amountCents,
  )
  return groups.flatMap(({ child, lines, subtotal }) => [
    ...(child === '' ? [] : [{ kind: 'group' as const, cells: [child] }]),
    ...lines.map((line): TableRow => ({
      kind: 'line',
      cells: [
        line.day === null ? '' : formatDay(line.day),
        line.label,
        formatQuantity(line.quantityThousandths),
        formatCents(line.unitCents),
        formatCents(line.amountCents),
      ],
      note: line.rateNote,
    })),
    ...(groups.length < 2
      ? []
      : [
          {
            kind: 'subtotal' as const,
            cells: [words.subtotal(child), '', '', '', formatCents(subtotal)],
          },
        ]),
  ])
}

function payment(content: InvoiceContent, url: string): Block[] {
  const { seller, number, payer } = content
  return [
    {
      kind: 'pay',
      title: words.pay,
      lines: [
        words.payOnline(url),
        ...(content.otherMeans === '' ? [] : [words.payElse(continued(content.otherMeans))]),
        ...(seller.openingHours === '' ? [] : [words.hours(continued(seller.openingHours))]),
        words.contact(seller.phone, seller.email),
      ],
      code: url,
      alt: words.codeAlt(url),
    },
    ...(content.transfer === undefined ? [] : [transfer(content, content.transfer)]),
    {
      kind: 'coupon',
      title: words.coupon,
      facts: [
        { label: words.number, value: number, strong: true },
        { label: words.total, value: formatCents(content.totalCents), strong: true },
        { label: words.family, value: payer.name },
        { label: words.establishment, value: content.establishment.name },
      ],
      code: number,
      alt: words.couponAlt(number),
    },
  ]
}

/** The account in clear: not every bank's application reads the code (gateways.md 6.1). */
function transfer({ number, totalCents }: InvoiceContent, account: TransferAccount): Block {
  const { beneficiary, iban, bic } = account
  return {
    kind: 'pay',
    title: words.transfer,
    lines: [
      words.transferTo(beneficiary),
      words.iban(inFours(iban), bic),
      words.transferReference(inFours(rfReference(number))),
      words.transferNote,
    ],
    code: transferOrder(account, number, totalCents),
    alt: words.transferAlt(beneficiary),
  }
}

/** A sentence as it goes on after a colon: « Par chèque. » → « par chèque »; « CESU » stays. */
const continued = (text: string): string =>
  text.replace(/\s*\.$/, '').replace(/^\p{Lu}(?=\p{Ll}|\s)/u, (first) => first.toLowerCase())
