// Every sum that a family or the treasurer may read, taken from the real pages and files, is the ledger's.
import { expect } from 'vitest'
import { listSettlements } from '../../src/billing/store.ts'
import { parisDay } from '../../src/kernel/dates.ts'
import { buildPortal } from '../../src/portal.ts'
import { linesBetween, runningBalances } from '../../src/statements/balance.ts'
import { listOperations } from '../../src/statements/store.ts'
import { commandLine } from '../support/command-line.ts'
import { type Answer, visitor } from '../support/visitor.ts'
import type { Book } from './facts.ts'
import { at, now, type Run } from './run.ts'

/** « −1 234,50 € », « -12,00 » → cents. */
const read = (text: string): number => Number(text.replaceAll('\u2212', '-').replaceAll(/[^\d-]/g, ''))
const AMOUNT = String.raw`([\u2212-]?[\d ]+,\d\d) €`
/** The amount after these words, or zero when the page does not say them. */
const after = ({ words }: Answer, said: string): number =>
  read(new RegExp(`${said} ?${AMOUNT}`).exec(words)?.[1] ?? '0,00')

const smallFirst = (a: number, b: number): number => a - b

function standing({ money }: Run, book: Book, time: number) {
  const unsettled = money.unsettled(book, time)
  const due = unsettled.reduce((sum, one) => sum + one.due, 0)
  return { unsettled, due, credit: money.creditOf(book), balance: money.creditOf(book) - due }
}

export async function checkPages(run: Run): Promise<void> {
  const { stage } = run
  const app = await buildPortal(stage.services)
  for (const [index, { payers }] of stage.families.entries()) {
    const browser = visitor(app, stage.services)
    await browser.signIn(payers[0]!.loginId)
    const alsh = standing(run, `ALSH/${index}`, at(run))
    const account = standing(run, `COMPTE/${index}`, at(run))
    const open = async (path: string): Promise<Answer> => {
      const answer = await browser.get(path)
      expect(answer.status, path).toBe(200)
      return answer
    }

    const home = await open('/')
    expect({
      due: after(home, 'factures? non soldées? :'),
      credit: after(home, 'Crédit en votre faveur :'),
      balance: after(home, 'Solde de votre compte :'),
    }).toEqual({ due: alsh.due, credit: alsh.credit, balance: account.balance })

    const invoices = await open('/factures')
    const shown = [...invoices.html.matchAll(/<strong><span class="num">([^<]*)</g)].map(([, text = '']) =>
      read(text),
    )
    expect(shown.toSorted(smallFirst)).toEqual(alsh.unsettled.map((one) => one.due).toSorted(smallFirst))

    const page = await open('/compte')
    expect(read(/class="somme[^"]*"><span class="num">([^<]*)</.exec(page.html)?.[1] ?? '')).toBe(
      account.balance,
    )
    expect(after(page, 'Solde aujourd’hui')).toBe(account.balance)

    const history = await open('/historique.csv')
    const lines = history.html
      .trim()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(';'))
    const column = (place: number) => lines.reduce((sum, line) => sum + read(line[place] ?? '0'), 0)
    expect(column(4) - column(3)).toBe(alsh.balance + account.balance)

    // Its document is drawn on the way: one page in every third run is enough.
    const [invoice] = [...alsh.unsettled, ...account.unsettled]
    if (invoice && index === 0 && run.count % 3 === 0) {
      const detail = await open(`/factures/${invoice.number}`)
      expect(after(detail, 'Montant :')).toBe(invoice.total)
      expect(
        [...detail.words.matchAll(new RegExp(`Restant dû :? ?${AMOUNT}`, 'g'))].map(([, text = '']) =>
          read(text),
        ),
      ).toEqual(Array.from({ length: 3 }, () => invoice.due))
    }
    await checkStatement(run, index, { ALSH: alsh.balance, COMPTE: account.balance })
  }
  for (const { number, total, due } of run.money.invoices.values()) {
    const { organisationId, services, invoiceIds } = stage
    const settled = await listSettlements(services.db, organisationId, invoiceIds.get(number)!)
    expect(
      settled.reduce((sum, one) => sum + one.amount, 0),
      number,
    ).toBe(total - due)
  }
  await checkExport(run)
}

/** The year's statement ends at the balance, but for what bears a day to come. */
async function checkStatement(run: Run, index: number, balances: { readonly [code: string]: number }) {
  const { services, organisationId, units, families } = run.stage
  const operations = await listOperations(services.db, organisationId, families[index]!.familyId, now(run))
  const today = parisDay(now(run))
  for (const { unitId, code } of units) {
    const own = runningBalances(operations.filter((one) => one.billingUnitId === unitId))
    const year = today.slice(0, 4)
    const { opening, lines } = linesBetween(own, `${year}-01-01` as typeof today, today)
    const later = own.filter(({ operation }) => operation.on > today)
    const end = lines.at(-1)?.balance ?? opening
    expect(end + later.reduce((sum, one) => sum + one.operation.amount, 0)).toBe(balances[code])
  }
}

const HELD = ['clearing', 'disputed', 'cash', 'cheques', 'bank']

/** The treasurer's file: every cent that came to the bank or to the desk, less every one that left. */
async function checkExport({ stage, money }: Run): Promise<void> {
  const run = commandLine(stage.services)
  const period = ['--from', '01/01/2026', '--to', '31/12/2028']
  const { code, said } = await run('payments', ...period, '--organisation', stage.slug)
  expect(code).toBe(0)
  const parts = said.trim().split('\r\n').slice(1)
  const exported = parts.reduce((sum, line) => sum + read(line.split(';')[8] ?? ''), 0)
  const held = [...money.accounts].filter(([name]) => HELD.includes(name.split(' ').at(-1) ?? ''))
  expect(exported).toBe(held.reduce((sum, [, amount]) => sum + amount, 0))
}
