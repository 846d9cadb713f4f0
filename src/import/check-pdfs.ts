// The original PDFs of a folder beside the invoices of a file: what is missing, wrong or already kept.
import { open, stat } from 'node:fs/promises'
import path from 'node:path'
import { isInvoiceNumber } from '../billing/invoice.ts'
import { formatSize } from '../kernel/french.ts'
import { sha256 } from '../platform/secrets.ts'
import { readPdf } from './keep-pdf.ts'
import type { Known } from './known.ts'
import type { Plan } from './plan.ts'
import type { InvoiceRecord } from './records.ts'
import { texts } from './texts.ts'

const MAX_PDF_BYTES = 10 * 1024 * 1024
const SIGNATURE = '%PDF'

/** Adds to the plan the PDFs to keep, and remarks those that are missing, too large or no PDF. */
export async function checkPdfs(
  invoices: readonly InvoiceRecord[],
  known: Known,
  folder: string,
  plan: Plan,
): Promise<void> {
  const created = new Set(plan.invoices.created.map(({ record }) => record.number))
  for (const { line, number } of invoices) {
    const current = known.invoicesByNumber.get(number)
    if (!isInvoiceNumber(number) || (!created.has(number) && !current)) continue
    const file = path.join(folder, `${number}.pdf`)
    const remark = { line, column: 'numéro', value: `${number}.pdf` }
    const size = await sizeOf(file)
    if (size === undefined) {
      if (!current) plan.notes.push({ ...remark, reason: texts.notes.noPdf })
    } else if (size > MAX_PDF_BYTES)
      plan.problems.push({ ...remark, reason: texts.reasons.largePdf(formatSize(size)) })
    else if (!(await beginsAsPdf(file))) plan.problems.push({ ...remark, reason: texts.reasons.notPdf })
    else if (!current?.pdf) plan.pdfs.push({ number, file, invoiceId: current?.id })
    else if (current.pdf !== sha256(await readPdf(file)).toString('hex'))
      plan.notes.push({ ...remark, reason: texts.notes.otherPdf })
  }
}

async function sizeOf(file: string): Promise<number | undefined> {
  const found = await stat(file).catch(() => undefined)
  return found?.isFile() ? found.size : undefined
}

async function beginsAsPdf(file: string): Promise<boolean> {
  const handle = await open(file)
  try {
    const { buffer } = await handle.read(Buffer.alloc(SIGNATURE.length), 0, SIGNATURE.length, 0)
    return buffer.toString('latin1') === SIGNATURE
  } finally {
    await handle.close()
  }
}
