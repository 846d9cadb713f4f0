import { resealSecrets } from '../organisations/reseal-secrets.ts'
import { isWeakSecret } from '../platform/config.ts'
import { deriveKeys } from '../platform/secrets.ts'
import { type Command, readArgs, refusal } from './command.ts'
import { readUserFile } from './read-user-file.ts'
import { contractTexts } from './contract-texts.ts'

const said = contractTexts.reseal

/** `reseal FICHIER`: seals the banks' keys and passwords under the SECRET_KEY of this file. */
export const resealCommand: Command = {
  name: 'reseal',
  usage: 'FICHIER',
  summary: said.summary,
  run: async ({ terminal, open }, args) => {
    const [file = ''] = readArgs(args, {}, { names: ['FICHIER'] }).words
    const secretKey = (await readUserFile(file)).toString('utf8').trim()
    if (isWeakSecret(secretKey)) throw refusal(said.weak)
    const { db, keys } = await open()
    const count = await db.transaction((tx) => resealSecrets(tx, keys, deriveKeys(secretKey)))
    terminal.print(said.done(count))
  },
}
