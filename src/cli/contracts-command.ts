import { askBank } from '../payments/gateways/ask-bank.ts'
import { testContracts } from '../payments/test-contract.ts'
import { chooseOrganisation, type Command, readArgs, refusal } from './command.ts'
import { contractTexts } from './contract-texts.ts'

const said = contractTexts.contracts

/** `contracts`: asks each contract's bank whether it knows the shop and its secrets. */
export const contractsCommand: Command = {
  name: 'contracts',
  usage: '[--organisation IDENTIFIANT]',
  summary: said.summary,
  run: async ({ terminal, open }, args) => {
    const { values } = readArgs(args, { organisation: { type: 'string' } }, { names: [] })
    const services = await open()
    const organisation = await chooseOrganisation(services, values.organisation)
    const tested = await testContracts(services, organisation.id, askBank())
    if (tested.length === 0) terminal.print(said.none)
    for (const contract of tested) terminal.print(said.tested(contract))
    if (tested.some(({ outcome }) => outcome !== 'answered' && outcome !== 'silent'))
      throw refusal(said.problem)
  },
}
