import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { sampleInvoice, sampleReceipt } from '../../test/support/documents.ts'
import { cents } from '../kernel/money.ts'
import { drawPdf } from './draw-pdf.ts'
import { printableText } from './fonts.ts'
import { invoiceDocument } from '../billing/invoice-document.ts'
import { groupByChild } from './line-groups.ts'
import { receiptDocument } from './receipt-document.ts'

const URL_OF_INVOICE = 'https://portail.exemple.fr/factures/TH002048'
const folder = mkdtempSync(path.join(tmpdir(), 'preau-pdf-'))
afterAll(() => rmSync(folder, { recursive: true }))

const isInstalled = (program: string): boolean => {
  try {
    execFileSync('which', [program])
    return true
  } catch {
    return false
  }
}
const withPoppler = test.runIf(isInstalled('pdftotext') && isInstalled('pdfinfo'))

function read(pdf: Buffer, program: 'pdftotext' | 'pdfinfo', ...options: string[]): string {
  const file = path.join(folder, 'document.pdf')
  writeFileSync(file, pdf)
  return execFileSync(program, program === 'pdftotext' ? [...options, file, '-'] : [...options, file], {
    encoding: 'utf8',
  })
}

const draw = (lines: number) => drawPdf(invoiceDocument(sampleInvoice(lines), URL_OF_INVOICE))

test('the same content is the same file, byte for byte', async () => {
  const first = await draw(12)
  await drawPdf(receiptDocument(sampleReceipt, false))
  expect((await draw(12)).equals(first)).toBe(true)
})

withPoppler('amounts are read without a stray character', async () => {
  const text = read(await draw(0), 'pdftotext', '-layout')
  expect(text).toMatch(/(^|\s)1[ \u00A0]234,50[ \u00A0]€(\s|$)/)
  expect(text).not.toMatch(/[\u202F\uFFFD□]/)
  expect(text).toMatch(/FACTURE N°[ \u00A0]TH002048/)
  expect(text).toContain('du 01/03/2012 au 31/03/2012')
})

withPoppler('a document is tagged, titled and French, and its fonts are inside', async () => {
  const pdf = await draw(12)
  const about = read(pdf, 'pdfinfo')
  expect(about).toMatch(/Title:\s+Facture n°\u00A0TH002048/)
  expect(about).toMatch(/Tagged:\s+yes/)
  expect(about).toMatch(/Page size:\s+595\.28 x 841\.89 pts \(A4\)/)
  const structure = read(pdf, 'pdfinfo', '-struct')
  for (const part of ['H1', 'H2', 'Table', 'TR', 'TH', 'TD', 'Figure'])
    expect(structure).toMatch(new RegExp(`\\b${part}\\b`))
  expect(pdf.toString('latin1')).toContain('/Lang (fr-FR)')
  expect(pdf.toString('latin1')).toContain('/DisplayDocTitle true')
  expect(pdf.toString('latin1')).toContain('/FontFile2')
})

withPoppler('a long invoice repeats its header row and numbers its pages', async () => {
  const text = read(await draw(60), 'pdftotext', '-layout')
  expect(text.split('\f').filter((page) => page.includes('Prix unitaire'))).toHaveLength(3)
  expect(text).toContain('page 2 sur 4')
  expect(text).toContain('Sous-total MARTIN Léo')
})

withPoppler('a balance taken over is not called an invoice', async () => {
  const content = { ...sampleInvoice(0), purpose: 'opening' as const }
  const text = read(await drawPdf(invoiceDocument(content, URL_OF_INVOICE)), 'pdftotext')
  expect(text).toContain('REPORT DE SOLDE N°')
  expect(text).toContain('Ce n’est pas une facture.')
  expect(text).not.toContain('FACTURE')
})

withPoppler('a receipt says that it is no invoice, and a reprint that it is one', async () => {
  const original = read(await drawPdf(receiptDocument(sampleReceipt, false)), 'pdftotext')
  expect(original).toContain('Ce reçu ne vaut pas facture.')
  expect(original).toContain('•••• 0055')
  expect(original).not.toContain('Duplicata')
  expect(read(await drawPdf(receiptDocument(sampleReceipt, true)), 'pdftotext')).toContain('Duplicata')
})

test('letters that the font lacks lose an accent, never their place', () => {
  expect(printableText('Nguyễn Ţurcan 12\u202F000\u00A0€ № 3 中')).toBe(
    'Nguyên Țurcan 12\u00A0000\u00A0€ n° 3 ?',
  )
})

test('lines are gathered by child, in the order in which children first appear', () => {
  const lines = [
    { child: 'Zoé', amount: cents(100) },
    { child: 'Léo', amount: cents(250) },
    { child: 'Zoé', amount: cents(-50) },
  ]
  const groups = groupByChild(
    lines,
    (line) => line.child,
    (line) => line.amount,
  )
  expect(groups.map(({ child, lines, subtotal }) => [child, lines.length, subtotal])).toEqual([
    ['Zoé', 2, 50],
    ['Léo', 1, 250],
  ])
})
