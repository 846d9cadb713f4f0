import type { Instant } from '../kernel/dates.ts'
import type { ContractId, OrganisationId } from '../kernel/ids.ts'
import { rows, sql, type Tx } from '../platform/db.ts'
import { type Keys, newId } from '../platform/secrets.ts'
import type { ContractDescription } from './description.ts'
import { type Change, CONTRACT, differences, type Row } from './known-organisation.ts'
import { texts } from './texts.ts'

/** Creates the contract of a shop, or brings it up to date; its secrets are sealed, and never listed. */
export async function saveContract(
  tx: Tx,
  keys: Keys,
  organisationId: OrganisationId,
  contract: ContractDescription,
  now: Instant,
): Promise<{ id: ContractId; changed: Change[] }> {
  const { host } = new URL(contract.formUrl)
  const subject = `${texts.fields.contract} ${contract.shopNumber}`
  const wanted = {
    bank_name: contract.bankName,
    form_url: contract.formUrl,
    mode: contract.mode,
    rest_url: contract.rest?.url ?? null,
  }
  const [current] = await rows<
    Row & { id: ContractId; sealed_key: string; sealed_rest_password: string | null }
  >(
    tx,
    sql`select c.* from gateway_shop s
      join bank_contract c on c.organisation_id = s.organisation_id and c.id = s.contract_id
      where s.gateway = 'systempay' and s.host = ${host} and s.shop_number = ${contract.shopNumber}`,
  )
  if (!current)
    return { id: await insertContract(tx, keys, organisationId, contract, now), changed: [{ subject }] }
  const changed = differences(CONTRACT, current, wanted, subject)
  const { secret, newSecret, password, newPassword, none } = texts.fields
  const sameKey = keys.open(current.sealed_key) === contract.key
  if (!sameKey) changed.push({ subject, field: 'fichierCle', from: secret, to: newSecret })
  const known = current.sealed_rest_password === null ? undefined : keys.open(current.sealed_rest_password)
  const samePassword = known === contract.rest?.password
  if (!samePassword)
    changed.push({
      subject,
      field: 'rest.fichierMotDePasse',
      from: known === undefined ? none : password,
      to: contract.rest ? newPassword : none,
    })
  if (changed.length > 0)
    await tx
      .updateTable('bank_contract')
      .set({
        ...wanted,
        ...(sameKey ? {} : { sealed_key: keys.seal(contract.key) }),
        ...(samePassword ? {} : { sealed_rest_password: sealedPassword(keys, contract) }),
      })
      .where('organisation_id', '=', organisationId)
      .where('id', '=', current.id)
      .execute()
  return { id: current.id, changed }
}

const sealedPassword = (keys: Keys, { rest }: ContractDescription): string | null =>
  rest ? keys.seal(rest.password) : null

async function insertContract(
  tx: Tx,
  keys: Keys,
  organisationId: OrganisationId,
  contract: ContractDescription,
  now: Instant,
): Promise<ContractId> {
  const { bankName, formUrl, mode, shopNumber, key } = contract
  const id = newId<'contract'>(now)
  const shop = { gateway: 'systempay', shop_number: shopNumber, organisation_id: organisationId }
  await tx
    .insertInto('bank_contract')
    .values({
      ...shop,
      id,
      bank_name: bankName,
      form_url: formUrl,
      mode,
      sealed_key: keys.seal(key),
      rest_url: contract.rest?.url ?? null,
      sealed_rest_password: sealedPassword(keys, contract),
      created_at: now,
    })
    .execute()
  await tx
    .insertInto('gateway_shop')
    .values({ ...shop, host: new URL(formUrl).host, contract_id: id })
    .execute()
  return id
}
