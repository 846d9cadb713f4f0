// How long one invoice's PDF takes, warm: the median of 50 after 10 drawn for nothing.
import { performance } from 'node:perf_hooks'
import { drawPdf } from '../src/documents/draw-pdf.ts'
import { invoiceDocument } from '../src/billing/invoice-document.ts'
import { sampleInvoice } from '../test/support/documents.ts'

const WARM_UP = 10
const RUNS = 50

async function timeOne(lines: number): Promise<number> {
  const start = performance.now()
  await drawPdf(invoiceDocument(sampleInvoice(lines), 'https://portail.exemple.fr/factures/TH002048'))
  return performance.now() - start
}

async function median(lines: number): Promise<number> {
  for (let run = 0; run < WARM_UP; run += 1) await timeOne(lines)
  const times: number[] = []
  for (let run = 0; run < RUNS; run += 1) times.push(await timeOne(lines))
  return times.toSorted((a, b) => a - b)[RUNS / 2] ?? 0
}

const first = await timeOne(12)
console.log('| one invoice PDF | ms |\n|---|---|')
console.log(`| the first, fonts parsed | ${first.toFixed(0)} |`)
for (const lines of [0, 12, 60])
  console.log(`| ${lines} lines, warm: median of ${RUNS} | ${(await median(lines)).toFixed(0)} |`)
