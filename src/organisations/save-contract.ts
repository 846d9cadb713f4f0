import type { Instant } from '../kernel/dates.ts'
import type { ContractId, OrganisationId } from '../kernel/ids.ts'
import { rows, sql, type Tx } from '../platform/db.ts'
import { type Keys, newId } from '../platform/secrets.ts'
import { type ContractDescription, FIELDS } from './contract-file.ts'
import { type Change, differences, type Row } from './known-organisation.ts'
import { texts } from './texts.ts'

type Secrets = { readonly [name: string]: string }
type Kept = {
  readonly id: ContractId
  readonly bank_name: string
  readonly mode: string
  readonly settings: Row
  readonly sealed_secrets: Secrets
}

/** Creates the contract of a shop, or brings it up to date; its secrets are sealed, and never listed. */
export async function saveContract(
  tx: Tx,
  keys: Keys,
  organisationId: OrganisationId,
  contract: ContractDescription,
  now: Instant,
): Promise<{ id: ContractId; changed: Change[] }> {
  const { gateway, host, shopNumber, bankName, mode, settings } = contract
  const subject = `${texts.fields.contract} ${shopNumber}`
  const [current] = await rows<Kept>(
    tx,
    sql`select c.id, c.bank_name, c.mode, c.settings, c.sealed_secrets from gateway_shop s
      join bank_contract c on c.organisation_id = s.organisation_id and c.id = s.contract_id
      where s.gateway = ${gateway} and s.host = ${host} and s.shop_number = ${shopNumber}`,
  )
  if (!current)
    return { id: await insertContract(tx, keys, organisationId, contract, now), changed: [{ subject }] }
  const { secrets, changed: replaced } = reseal(keys, contract, current.sealed_secrets, subject)
  const changed = [
    ...differences(
      { bank_name: 'banque', mode: 'mode', ...FIELDS[gateway].settings },
      { bank_name: current.bank_name, mode: current.mode, ...current.settings },
      { bank_name: bankName, mode, ...settings },
      subject,
    ),
    ...replaced,
  ]
  if (changed.length > 0)
    await tx
      .updateTable('bank_contract')
      .set({
        bank_name: bankName,
        mode,
        settings: JSON.stringify(settings),
        sealed_secrets: JSON.stringify(secrets),
      })
      .where('organisation_id', '=', organisationId)
      .where('id', '=', current.id)
      .execute()
  return { id: current.id, changed }
}

/** The described secrets, sealed; one that did not change keeps the seal it has. */
function reseal(
  keys: Keys,
  contract: ContractDescription,
  sealed: Secrets,
  subject: string,
): { secrets: Secrets; changed: Change[] } {
  const wanted = described(contract)
  const secrets: Record<string, string> = {}
  const changed: Change[] = []
  const { secret, newSecret, none } = texts.fields
  for (const [name, field] of Object.entries(FIELDS[contract.gateway].secrets)) {
    const [kept, given] = [sealed[name], wanted[name]]
    const isSame = (kept === undefined ? undefined : keys.open(kept)) === given
    if (given !== undefined) secrets[name] = isSame && kept !== undefined ? kept : keys.seal(given)
    if (!isSame)
      changed.push({
        subject,
        field,
        from: kept === undefined ? none : secret,
        to: given === undefined ? none : newSecret,
      })
  }
  return { secrets, changed }
}

/** The secrets that the description gives, by name. */
const described = ({ secrets }: ContractDescription): Secrets =>
  Object.fromEntries(
    Object.entries(secrets).filter((pair): pair is [string, string] => pair[1] !== undefined),
  )

async function insertContract(
  tx: Tx,
  keys: Keys,
  organisationId: OrganisationId,
  contract: ContractDescription,
  now: Instant,
): Promise<ContractId> {
  const { gateway, host, shopNumber, bankName, mode, settings } = contract
  const id = newId<'contract'>(now)
  const shop = { gateway, shop_number: shopNumber, organisation_id: organisationId }
  const sealed = Object.entries(described(contract)).map(([name, secret]) => [name, keys.seal(secret)])
  await tx
    .insertInto('bank_contract')
    .values({
      ...shop,
      id,
      bank_name: bankName,
      mode,
      settings: JSON.stringify(settings),
      sealed_secrets: JSON.stringify(Object.fromEntries(sealed)),
      created_at: now,
    })
    .execute()
  await tx
    .insertInto('gateway_shop')
    .values({ ...shop, host, contract_id: id })
    .execute()
  return id
}
