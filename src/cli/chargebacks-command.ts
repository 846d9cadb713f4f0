import { importChargebacks } from '../payments/refunds/import-chargebacks.ts'
import { createShops } from '../payments/shops.ts'
import { type Command, readArgs, refusal } from './command.ts'
import { contractTexts } from './contract-texts.ts'
import { readUserFile } from './read-user-file.ts'
import { texts } from './texts.ts'

const said = contractTexts.chargebacks

/** `chargebacks FICHIER.csv`: the disputes of a report of the bank are booked, each once. */
export const chargebacksCommand: Command = {
  name: 'chargebacks',
  usage: 'FICHIER.csv',
  summary: said.summary,
  run: async ({ terminal, open }, args) => {
    const [file = ''] = readArgs(args, {}, { names: ['FICHIER.csv'] }).words
    const content = await readUserFile(file)
    const services = await open()
    const shops = createShops(services.db, services.keys)
    const read = await importChargebacks(services, shops, content, 'preau chargebacks')
    if (!read.ok) {
      const { failure } = read
      if (failure.kind === 'unknown-shop') throw refusal(texts.journal.unknownShop(failure.shopNumber))
      const problems = failure.problems.map((one) => texts.journal.problem(one.line, one.kind, one.column))
      throw refusal([...problems, texts.journal.nothing].join('\n'))
    }
    terminal.print(said.done(read.value.opened, read.value.known))
    for (const { line, dispute, why } of read.value.refused) terminal.print(said.refused(line, dispute, why))
    if (read.value.refused.length > 0) throw refusal(said.some)
  },
}
