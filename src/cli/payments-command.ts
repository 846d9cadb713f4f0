import { writeFile } from 'node:fs/promises'
import { BYTE_ORDER_MARK } from '../kernel/csv.ts'
import { type Day, readFrenchDay, readIsoDay } from '../kernel/dates.ts'
import { chooseOrganisation, type Command, EXIT, readArgs, refusal } from './command.ts'
import { paymentsCsv } from './payments-csv.ts'
import { listElsewhereParts, listPaymentParts } from './payments-store.ts'
import { texts } from './texts.ts'

const said = texts.payments

/** `payments --from 01/04/2012 --to 30/04/2012`: a CSV on standard output, or in a file. */
export const paymentsCommand: Command = {
  name: 'payments',
  usage: '--from 01/04/2012 --to 30/04/2012 [--all] [--bom] [--sortie FICHIER.csv] [--organisation NOM]',
  summary: said.summary,
  run: async ({ terminal, open }, args) => {
    const { values } = readArgs(
      args,
      {
        from: { type: 'string' },
        to: { type: 'string' },
        all: { type: 'boolean' },
        bom: { type: 'boolean' },
        sortie: { type: 'string' },
        organisation: { type: 'string' },
      },
      { names: [] },
    )
    const from = readDay('--from', values.from)
    const to = readDay('--to', values.to)
    if (from > to) throw refusal(said.order, EXIT.usage)
    const { db, ...services } = await open()
    const { id } = await chooseOrganisation({ db, ...services }, values.organisation)
    const parts = await listPaymentParts(db, id, from, to)
    if (values.all === true) parts.push(...(await listElsewhereParts(db, id, from, to)))
    const csv = (values.bom === true ? BYTE_ORDER_MARK : '') + paymentsCsv(parts)
    if (values.sortie === undefined) terminal.print(csv)
    else
      await writeFile(values.sortie, `${csv}\r\n`, { mode: 0o600 }).catch(() => {
        throw refusal(texts.unwritable(values.sortie ?? ''))
      })
  },
}

function readDay(option: string, text: string | undefined): Day {
  if (text === undefined) throw refusal(said.missing(option), EXIT.usage)
  const day = readFrenchDay(text) ?? readIsoDay(text)
  if (!day) throw refusal(said.notADay(option, text), EXIT.usage)
  return day
}
