import { openFamilyAccess } from '../families/open-access.ts'
import { findFamilies } from '../families/store.ts'
import { chooseOrganisation, type Command, readArgs, refusal } from './command.ts'
import { paths } from '../web/paths.ts'
import { texts } from './texts.ts'

const said = texts.access

/** `access FAMILLE`: a new link for each adult of a family, shown once. */
export const accessCommand: Command = {
  name: 'access',
  usage: 'FAMILLE [--mail] [--organisation NOM]',
  summary: said.summary,
  run: async ({ terminal, open }, args) => {
    const { values, words } = readArgs(
      args,
      { mail: { type: 'boolean' }, organisation: { type: 'string' } },
      { names: ['FAMILLE'] },
    )
    const services = await open()
    const { db, clock, config } = services
    const organisation = await chooseOrganisation(services, values.organisation)
    const wanted = words[0] ?? ''
    const [family, ...others] = await findFamilies(db, organisation.id, wanted)
    if (!family) throw refusal(said.unknown(wanted))
    if (others.length > 0)
      throw refusal(said.several(wanted, [family, ...others].map(said.oneFamily).join('\n')))
    const opened = await openFamilyAccess(db, organisation.id, family.id, values.mail === true, clock.now())
    if (opened.length === 0) throw refusal(said.nobody(family.name))
    for (const { holder, purpose, token, mailed } of opened) {
      terminal.print(said.holder(holder.name, holder.identifier, holder.email))
      if (token !== undefined) terminal.print(said[purpose](config.publicUrl + paths[purpose](token)))
      else terminal.print(mailed ? said.mailed(holder.email ?? '') : said.noEmail)
    }
  },
}
