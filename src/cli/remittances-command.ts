import path from 'node:path'
import { importRemittances } from '../payments/import-remittances.ts'
import { listRemittances, listUncredited } from '../payments/remittance-store.ts'
import { createShops } from '../payments/shops.ts'
import { type Command, readArgs, refusal } from './command.ts'
import { contractTexts } from './contract-texts.ts'
import { readUserFile } from './read-user-file.ts'
import { texts } from './texts.ts'

const said = contractTexts.remittances

/** `remittances FICHIER.csv`: what the bank credited, compared with what was booked, each line once. */
export const remittancesCommand: Command = {
  name: 'remittances',
  usage: 'FICHIER.csv',
  summary: said.summary,
  run: async ({ terminal, open }, args) => {
    const [file = ''] = readArgs(args, {}, { names: ['FICHIER.csv'] }).words
    const content = await readUserFile(file)
    const services = await open()
    const shops = createShops(services.db, services.keys)
    const read = await importRemittances(services, shops, path.basename(file), content)
    if (!read.ok) {
      const { failure } = read
      if (failure.kind === 'unknown-shop') throw refusal(texts.journal.unknownShop(failure.shopNumber))
      const problems = failure.problems.map((one) => texts.journal.problem(one.line, one.kind, one.column))
      throw refusal([...problems, texts.journal.nothing].join('\n'))
    }
    const { counts, period } = read.value
    terminal.print(said.done(counts))
    if (!period) return
    for (const one of await listRemittances(services.db, read.value, period))
      terminal.print(said.credited(one))
    terminal.print(said.uncredited(period, await listUncredited(services.db, read.value, period)))
  },
}
