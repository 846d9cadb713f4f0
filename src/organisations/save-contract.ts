import type { Instant } from '../kernel/dates.ts'
import type { ContractId, OrganisationId } from '../kernel/ids.ts'
import { rows, sql, type Tx } from '../platform/db.ts'
import { type Keys, newId } from '../platform/secrets.ts'
import { type ContractDescription, FIELDS } from './contract-file.ts'
import type { Heed } from './heed-screen.ts'
import { type Change, differences, type Row, shown } from './known-organisation.ts'
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
  { keys, heed }: { readonly keys: Keys; readonly heed: Heed },
  organisationId: OrganisationId,
  described: ContractDescription,
  now: Instant,
): Promise<{ id: ContractId; changed: Change[] }> {
  const { gateway, host, shopNumber } = described
  const subject = `${texts.fields.contract} ${shopNumber}`
  const [current] = await rows<Kept>(
    tx,
    sql`select c.id, c.bank_name, c.mode, c.settings, c.sealed_secrets from gateway_shop s
      join bank_contract c on c.organisation_id = s.organisation_id and c.id = s.contract_id
      where s.gateway = ${gateway} and s.host = ${host} and s.shop_number = ${shopNumber}`,
  )
  if (!current)
    return { id: await insertContract(tx, keys, organisationId, described, now), changed: [{ subject }] }
  const contract = settle(keys, heed, described, current, subject)
  const { bankName, mode, settings } = contract
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

/** What is described, with what was changed on screen as it stands, unless the file wins. */
function settle(
  keys: Keys,
  heed: Heed,
  contract: ContractDescription,
  current: Kept,
  subject: string,
): ContractDescription {
  const { settings, secrets } = FIELDS[contract.gateway]
  const labels: Record<string, string> = { bank_name: 'banque', mode: 'mode', ...settings }
  const standing: Record<string, unknown> = {
    bank_name: current.bank_name,
    mode: current.mode,
    ...current.settings,
  }
  const wanted: Record<string, unknown> = {
    bank_name: contract.bankName,
    mode: contract.mode,
    ...contract.settings,
  }
  const given = secretsOf(contract)
  for (const [name, label] of Object.entries(secrets)) {
    const sealed = current.sealed_secrets[name]
    labels[`secret.${name}`] = label
    standing[`secret.${name}`] = sealed === undefined ? null : keys.open(sealed)
    wanted[`secret.${name}`] = given[name] ?? null
  }
  const { secret, newSecret, none } = texts.fields
  const settled = heed.settle(
    { kind: 'contract', id: current.id, name: subject },
    labels,
    standing,
    wanted,
    (column, value) => {
      if (!column.startsWith('secret.')) return shown(column, value)
      return value === null ? none : value === standing[column] ? secret : newSecret
    },
  )
  const pick = (names: readonly string[], prefix = '') =>
    Object.fromEntries(
      names.flatMap((name) => {
        const value = settled[prefix + name]
        return prefix !== '' && value === null ? [] : [[name, value]]
      }),
    )
  // The same names as described, each with what stands or what is described.
  return {
    ...contract,
    bankName: settled['bank_name'],
    mode: settled['mode'],
    settings: pick(Object.keys(settings)),
    secrets: pick(Object.keys(secrets), 'secret.'),
  } as ContractDescription
}

/** The described secrets, sealed; one that did not change keeps the seal it has. */
function reseal(
  keys: Keys,
  contract: ContractDescription,
  sealed: Secrets,
  subject: string,
): { secrets: Secrets; changed: Change[] } {
  const wanted = secretsOf(contract)
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
const secretsOf = ({ secrets }: ContractDescription): Secrets =>
  Object.fromEntries(
    Object.entries(secrets).filter((pair): pair is [string, string] => pair[1] !== undefined),
  )

/** Keeps a new contract; throws (23505) when its shop is already known. */
export async function insertContract(
  tx: Tx,
  keys: Keys,
  organisationId: OrganisationId,
  contract: ContractDescription,
  now: Instant,
): Promise<ContractId> {
  const { gateway, host, shopNumber, bankName, mode, settings } = contract
  const id = newId<'contract'>(now)
  const shop = { gateway, shop_number: shopNumber, organisation_id: organisationId }
  const sealed = Object.entries(secretsOf(contract)).map(([name, secret]) => [name, keys.seal(secret)])
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
