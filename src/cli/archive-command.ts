import { writeFile } from 'node:fs/promises'
import { parisDay } from '../kernel/dates.ts'
import { archiveYear } from '../proof/archive-year.ts'
import { sha256 } from '../platform/secrets.ts'
import { chooseOrganisation, type Command, EXIT, readArgs, refusal } from './command.ts'
import { texts } from './texts.ts'

const said = texts.archive

/** `archive --year 2026`: a dated zip that proves itself. */
export const archiveCommand: Command = {
  name: 'archive',
  usage: '--year 2026 [--sortie FICHIER.zip] [--organisation NOM]',
  summary: said.summary,
  run: async ({ terminal, open }, args) => {
    const { values } = readArgs(
      args,
      { year: { type: 'string' }, sortie: { type: 'string' }, organisation: { type: 'string' } },
      { names: [] },
    )
    const { year } = values
    if (year === undefined) throw refusal(said.missingYear, EXIT.usage)
    if (!/^(?:19|20)\d{2}$/.test(year)) throw refusal(said.notAYear(year), EXIT.usage)
    const services = await open()
    const organisation = await chooseOrganisation(services, values.organisation)
    const now = services.clock.now()
    const archive = await archiveYear(services.db, organisation, year, now)
    const file = values.sortie ?? `preau-${organisation.slug}-${year}-${parisDay(now)}.zip`
    // Names are in it: for its owner's eyes.
    await writeFile(file, archive.zip, { mode: 0o600 }).catch(() => {
      throw refusal(texts.unwritable(file))
    })
    terminal.print(said.done(file, archive.entries, sha256(archive.zip).toString('hex')))
    if (!archive.isClosed) terminal.print(said.open)
  },
}
