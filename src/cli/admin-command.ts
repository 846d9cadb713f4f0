import { readEmail } from '../identity/names.ts'
import { openAdministrator } from '../staff/open-administrator.ts'
import { paths } from '../web/paths.ts'
import { chooseOrganisation, type Command, EXIT, readArgs, refusal } from './command.ts'
import { texts } from './texts.ts'

const said = texts.admin

/** `admin E-MAIL`: the first administrator, or a new link for one who lost the way in. */
export const adminCommand: Command = {
  name: 'admin',
  usage: 'E-MAIL [--prenom NOM] [--nom NOM] [--mail] [--organisation NOM]',
  summary: said.summary,
  run: async ({ terminal, open }, args) => {
    const { values, words } = readArgs(
      args,
      {
        prenom: { type: 'string' },
        nom: { type: 'string' },
        mail: { type: 'boolean' },
        organisation: { type: 'string' },
      },
      { names: ['E-MAIL'] },
    )
    const email = readEmail(words[0] ?? '')
    if (email === undefined) throw refusal(said.badEmail(words[0] ?? ''), EXIT.usage)
    const services = await open()
    const organisation = await chooseOrganisation(services, values.organisation)
    const opened = await openAdministrator(
      services.db,
      { organisationId: organisation.id, terminal: said.terminal, byMail: values.mail === true },
      { email, firstName: values.prenom ?? '', lastName: values.nom ?? email },
      services.clock.now(),
    )
    if (!opened.ok) throw refusal(said[opened.failure](email))
    const { token } = opened.value
    terminal.print(
      token === undefined
        ? said.mailed(email)
        : said.link(services.config.publicUrl + paths.office.invitation(token)),
    )
  },
}
