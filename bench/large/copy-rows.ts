// Rows in the text that COPY reads, table by table.
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import type pg from 'pg'
import { from } from 'pg-copy-streams'

type Cell = string | number | boolean | Date | Buffer | null

const ESCAPED: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

function text(cell: Cell): string {
  if (cell === null) return '\\N'
  if (typeof cell === 'string')
    return /[\\\t\n\r]/.test(cell) ? cell.replaceAll(/[\\\t\n\r]/g, (sign) => ESCAPED[sign] ?? sign) : cell
  if (cell instanceof Date) return cell.toISOString()
  return Buffer.isBuffer(cell) ? `\\\\x${cell.toString('hex')}` : String(cell)
}

/** The columns that are written, by table, in the order in which the tables are filled. */
const COLUMNS = {
  family: 'organisation_id,id,external_key,name,address,postal_code,city,created_at',
  adult: 'organisation_id,id,family_id,external_key,role,first_name,last_name,email,mobile,created_at',
  child: 'organisation_id,id,family_id,external_key,first_name,last_name,born_on,created_at',
  login: 'id,organisation_id,adult_id,identifier,email,password_hash,activated_at,created_at',
  family_unit: 'organisation_id,family_id,billing_unit_id,since',
  invoice:
    'organisation_id,id,billing_unit_id,establishment_id,family_id,number,issued_on,issued_at,visible_at,due_on,period_from,period_to,beneficiary,activity,referent,total_cents,purpose',
  invoice_line:
    'organisation_id,invoice_id,line,child_id,child_name,happened_on,label,quantity_thousandths,unit_cents,amount_cents,rate_note,vat,account_code',
  invoice_content: 'organisation_id,invoice_id,content,sha256',
  invoice_publication: 'organisation_id,invoice_id,visible_at,published_at,announced_on',
  account: 'organisation_id,id,billing_unit_id,kind,family_id,invoice_id',
  balance: 'organisation_id,account_id,kind,cents',
  entry:
    'organisation_id,id,billing_unit_id,kind,source_key,content_sha256,accounting_on,value_on,booked_at,actor',
  posting: 'organisation_id,entry_id,line,account_id,cents',
  seal: 'organisation_id,sequence,entry_id,sha256,sealed_at',
  payment_attempt:
    'organisation_id,id,billing_unit_id,family_id,adult_id,contract_id,reference,form_key,purpose,amount_cents,receipt_email,state,created_at,state_at,sent_at',
  payment_reference: 'reference,organisation_id,attempt_id',
  attempt_invoice: 'organisation_id,attempt_id,position,invoice_id,due_cents',
  attempt_sending:
    'organisation_id,attempt_id,number,contract_id,utc_day,transaction_number,amount_cents,sent_at',
  capture:
    'organisation_id,id,contract_id,bank_transaction,transaction_number,billing_unit_id,attempt_id,family_id,amount_cents,captured_at,card_brand,card_masked,authorisation,entry_id,booked_at',
  desk_payment:
    'organisation_id,id,request_key,billing_unit_id,family_id,method,amount_cents,received_on,payer_name,mark,bank_name,entry_id,recorded_by,recorded_at',
  elsewhere_payment:
    'organisation_id,id,billing_unit_id,family_id,external_key,received_on,method,amount_cents,entry_id',
  receipt: 'organisation_id,id,number,capture_id,desk_payment_id,family_id,issued_at,content',
  deposited_payment: 'organisation_id,desk_payment_id,slip,entry_id',
  deposit_slip:
    'organisation_id,id,billing_unit_id,number,kind,payments,amount_cents,control_cents,deposited_on,entry_id,closed_by,closed_at',
  journal_file: 'organisation_id,id,contract_id,name,sha256,read_at,finished_at',
  journal_line:
    'organisation_id,contract_id,sha256,file_id,number,raw,outcome,bank_transaction,reference,happened_at,moved_cents,card_masked,authorisation',
} as const

export type Table = keyof typeof COLUMNS
export const TABLES = Object.keys(COLUMNS) as Table[]

export type Rows = {
  readonly add: (table: Table, ...cells: readonly Cell[]) => void
  readonly texts: ReadonlyMap<Table, string[]>
}

/** Rows to be written together. */
export function openRows(): Rows {
  const texts = new Map<Table, string[]>()
  return {
    texts,
    add: (table, ...cells) => {
      let known = texts.get(table)
      if (!known) texts.set(table, (known = []))
      known.push(cells.map(text).join('\t'))
    },
  }
}

/** Writes the rows by COPY, in the transaction that is open on this connection. */
export async function copyRows(client: pg.ClientBase, rows: Rows): Promise<void> {
  for (const table of TABLES) {
    const lines = rows.texts.get(table)
    if (!lines) continue
    const stream = client.query(from(`copy ${table} (${COLUMNS[table]}) from stdin`))
    for (let start = 0; start < lines.length; start += 500)
      if (!stream.write(`${lines.slice(start, start + 500).join('\n')}\n`)) await once(stream, 'drain')
    stream.end()
    await finished(stream)
  }
}
