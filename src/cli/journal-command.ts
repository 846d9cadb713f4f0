import path from 'node:path'
import { importJournal } from '../payments/import-journal.ts'
import { createShops } from '../payments/shops.ts'
import { type Command, readArgs, refusal } from './command.ts'
import { readUserFile } from './read-user-file.ts'
import { texts } from './texts.ts'

const said = texts.journal

/** `journal FICHIER.csv`: what the bank took and the portal missed is booked; the file names its shop. */
export const journalCommand: Command = {
  name: 'journal',
  usage: 'FICHIER.csv',
  summary: said.summary,
  run: async ({ terminal, open }, args) => {
    const [file = ''] = readArgs(args, {}, { names: ['FICHIER.csv'] }).words
    const content = await readUserFile(file)
    const services = await open()
    const shops = createShops(services.db, services.keys)
    const read = await importJournal(services, shops, path.basename(file), content)
    if (read.ok) {
      terminal.print(said.done(read.value.counts))
      return
    }
    const { failure } = read
    if (failure.kind === 'unknown-shop') throw refusal(said.unknownShop(failure.shopNumber))
    const problems = failure.problems.map(({ line, kind, column }) => said.problem(line, kind, column))
    throw refusal([...problems, said.nothing].join('\n'))
  },
}
