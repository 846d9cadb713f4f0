import { listOrganisations } from '../organisations/store.ts'
import { tellVerdict } from '../proof/texts.ts'
import { verifyLedger } from '../proof/verify-ledger.ts'
import { chooseOrganisation, type Command, EXIT, readArgs, refusal } from './command.ts'
import { texts } from './texts.ts'

const said = texts.verify

/** `verify`: one verdict per organisation, and the exit code 1 as soon as one is bad. */
export const verifyCommand: Command = {
  name: 'verify',
  usage: '[--head EMPREINTE] [--organisation NOM]',
  summary: said.summary,
  run: async ({ terminal, open }, args) => {
    const { values } = readArgs(
      args,
      { head: { type: 'string' }, organisation: { type: 'string' } },
      { names: [] },
    )
    const head = values.head?.toLowerCase()
    if (head !== undefined && !/^[\da-f]{64}$/.test(head)) throw refusal(said.notAHead(head), EXIT.usage)
    const services = await open()
    // A head belongs to one chain.
    const chosen =
      values.organisation === undefined && head === undefined
        ? await listOrganisations(services.db)
        : [await chooseOrganisation(services, values.organisation)]
    if (chosen.length === 0) throw refusal(texts.organisation.none)
    let altered = 0
    for (const { id, slug } of chosen) {
      const verdict = await verifyLedger(services.db, id, head)
      terminal.print(tellVerdict(slug, verdict))
      if (verdict.findings.length > 0) altered += 1
    }
    if (altered > 0) throw refusal(said.altered(altered))
  },
}
