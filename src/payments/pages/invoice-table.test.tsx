import { renderToString } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import { day } from '../../kernel/dates.ts'
import type { BillingUnitId, InvoiceId } from '../../kernel/ids.ts'
import { cents } from '../../kernel/money.ts'
import type { SelectionBlock, SelectionRow } from '../selection-view.ts'
import { InvoiceTable } from './invoice-table.tsx'

const row = (establishment: string): SelectionRow => ({
  invoice: {
    id: 'i' as InvoiceId,
    billingUnitId: 'u' as BillingUnitId,
    number: 'TH002012',
    issuedOn: day('2012-03-29'),
    dueOn: null,
    establishment,
    referent: 'TEST & "Fils"',
    activity: 'Mercredis',
    total: cents(7_000),
    due: cents(450),
  },
  settled: cents(6_550),
  selectable: true,
  running: false,
  ticked: true,
})

const drawn = (establishment: string): string => {
  const rows = [row(establishment)]
  const block = { isOpen: true, hasTickAll: false, groups: [{ heading: '<mars>', rows }], rows }
  return renderToString(<InvoiceTable block={block as unknown as SelectionBlock} />)
}

test('what an establishment is called is text, never markup', () => {
  const html = drawn('<script>alert(1)</script>')
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(html).not.toContain('<script>')
  expect(html).toContain('TEST &amp; &quot;Fils&quot;')
  expect(html).toContain('&lt;mars&gt;')
})

test('a row says number, day, place, amounts and the box in the guide’s order', () => {
  const words = drawn('ACCUEIL DE LOISIRS THONON')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
  expect(words).toContain(
    'TH002012 29/03/2012 Établissement : ACCUEIL DE LOISIRS THONON Référent : TEST &amp; &quot;Fils&quot; · Mercredis 70,00 € 4,50 € déjà réglé 65,50 € Inclure la facture TH002012, reste à payer 4,50 €',
  )
})
