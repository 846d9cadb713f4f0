import { restoreBackup } from '../platform/restore-backup.ts'
import { type Command, readArgs } from './command.ts'
import { texts } from './texts.ts'

const said = texts.restore

/** `restore DOSSIER`: what the backup holds takes the database's place, the portal being stopped. */
export const restoreCommand: Command = {
  name: 'restore',
  usage: 'DOSSIER [--remplacer]',
  summary: said.summary,
  run: async ({ terminal, config, clock }, args) => {
    const { values, words } = readArgs(args, { remplacer: { type: 'boolean' } }, { names: ['DOSSIER'] })
    const folder = words[0] ?? ''
    const done = await restoreBackup(config, folder, clock.now(), { replace: values.remplacer === true })
    terminal.print(said.done(done.takenAt))
    for (const aside of done.aside) terminal.print(said.aside(aside))
    if (done.secrets.length > 0) terminal.print(said.secrets(done.secrets))
    terminal.print(said.next)
  },
}
