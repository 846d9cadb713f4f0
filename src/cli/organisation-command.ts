import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { ContractDescription, ContractFile } from '../organisations/contract-file.ts'
import type { OrganisationDescription } from '../organisations/description.ts'
import { readDescription } from '../organisations/description.ts'
import { setUpOrganisation } from '../organisations/set-up-organisation.ts'
import { paths } from '../web/paths.ts'
import { type Command, readArgs, refusal } from './command.ts'
import { addressTexts } from './address-texts.ts'
import { readUserFile } from './read-user-file.ts'
import { listOwnAddresses } from './address-store.ts'
import { texts } from './texts.ts'

const said = texts.organisation

/** `organisation FICHIER.json`: creates an organisation, or brings it up to date. */
export const organisationCommand: Command = {
  name: 'organisation',
  usage: 'FICHIER.json [--ecran garder|remplacer]',
  summary: said.summary,
  run: async ({ terminal, open }, args) => {
    const { words, values } = readArgs(args, { ecran: { type: 'string' } }, { names: ['FICHIER.json'] })
    const [file = ''] = words
    const onScreen = said.onScreen[values.ecran ?? '']
    if (!onScreen) throw refusal(said.badOnScreen)
    const description = await readOrganisation(file)
    const services = await open()
    const done = await setUpOrganisation(services, description, onScreen)
    if (!done.ok) throw refusal([...done.failure, said.refused].join('\n'))
    for (const change of done.value.changes) terminal.print(said.change(change))
    terminal.print(said.done(description.slug, done.value.changes.length))
    for (const contract of description.contracts)
      if (contract.mode === 'TEST' && services.config.mode === 'production')
        terminal.print(said.testContract(contract.shopNumber))
    for (const { gateway, id, shopNumber } of await listOwnAddresses(
      services.db,
      done.value.organisationId,
    )) {
      const address = services.config.publicUrl + paths.contractNotification(gateway, id)
      terminal.print(addressTexts.notification(shopNumber, address))
    }
  },
}

/** The description of a file, its bank keys read from the files it names, beside it. */
async function readOrganisation(file: string): Promise<OrganisationDescription> {
  const read = readDescription(parseJson(file, (await readUserFile(file)).toString('utf8')))
  if (!read.ok) throw refusal([...read.failure, said.refused].join('\n'))
  const contracts: ContractDescription[] = []
  for (const contract of read.value.contracts) contracts.push(await withSecrets(contract, path.dirname(file)))
  return { ...read.value, contracts }
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw refusal(said.notJson(file, error instanceof Error ? error.message : ''))
  }
}

async function withSecrets(
  { secretFiles, ...contract }: ContractFile,
  folder: string,
): Promise<ContractDescription> {
  const secrets: Record<string, string> = {}
  for (const [name, file] of Object.entries(secretFiles))
    if (file !== undefined) secrets[name] = await readSecret(contract.code, path.resolve(folder, file))
  // The same names, each with what its file holds.
  return { ...contract, secrets } as ContractDescription
}

async function readSecret(contract: string, file: string): Promise<string> {
  const secret = await readFile(file, 'utf8').catch(() => undefined)
  if (secret === undefined) throw refusal(said.noKey(contract, file))
  if (!/^\S{8,128}$/.test(secret.trim())) throw refusal(said.badKey(contract, file))
  return secret.trim()
}
