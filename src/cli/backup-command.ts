import { backUp } from '../platform/back-up.ts'
import { type Command, readArgs } from './command.ts'
import { texts } from './texts.ts'

const said = texts.backup

/** `backup [DOSSIER]`: a dated folder that holds the whole database, made while it runs. */
export const backupCommand: Command = {
  name: 'backup',
  usage: '[DOSSIER] [--avec-secrets]',
  summary: said.summary,
  run: async ({ terminal, config, clock }, args) => {
    const { values, words } = readArgs(
      args,
      { 'avec-secrets': { type: 'boolean' } },
      { names: [], optional: ['DOSSIER'] },
    )
    const began = performance.now()
    const withSecrets = values['avec-secrets'] === true
    const done = await backUp(config, clock.now(), { into: words[0], withSecrets })
    terminal.print(said.done(done.folder, done.bytes, performance.now() - began))
    terminal.print(
      done.secrets.length > 0
        ? said.withSecrets(done.secrets)
        : withSecrets
          ? said.noSecrets
          : said.withoutSecrets,
    )
  },
}
