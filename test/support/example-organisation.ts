// The organisation of examples/organisation.json, set up as the command line would.
import { readFileSync } from 'node:fs'
import type { OrganisationId } from '../../src/kernel/ids.ts'
import { type OrganisationDescription, readDescription } from '../../src/organisations/description.ts'
import { setUpOrganisation } from '../../src/organisations/set-up-organisation.ts'
import { projectFile } from '../../src/platform/files.ts'
import type { Services } from '../../src/platform/services.ts'

/** Units THONON (series TH, per invoice) and CCVS (series CCV, prepaid), one shop; `slug` and `shopNumber` may differ. */
export function exampleDescription(
  values: { slug?: string; shopNumber?: string; key?: string } = {},
): OrganisationDescription {
  const read = readDescription(JSON.parse(readFileSync(projectFile('examples/organisation.json'), 'utf8')))
  if (!read.ok) throw new Error(read.failure.join('\n'))
  const contracts = read.value.contracts.map((contract) => ({
    ...contract,
    shopNumber: values.shopNumber ?? contract.shopNumber,
    secrets: { key: values.key ?? 'cle-des-tests' },
  }))
  return { ...read.value, slug: values.slug ?? read.value.slug, contracts }
}

let shops = 50_000_000

/** A new organisation each time, with a shop of its own. */
export async function buildExample(services: Services): Promise<OrganisationId> {
  shops += 1
  const description = exampleDescription({ slug: `exemple-${shops}`, shopNumber: String(shops) })
  const done = await setUpOrganisation(services, description)
  if (!done.ok) throw new Error(done.failure.join('\n'))
  return done.value.organisationId
}
