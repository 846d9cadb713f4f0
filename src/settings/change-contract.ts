// A contract created or changed on screen. Secrets are sealed here, and nothing gives them back.
import type { Instant } from '../kernel/dates.ts'
import type { ContractId } from '../kernel/ids.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import type { ContractDescription, ContractFile } from '../organisations/contract-file.ts'
import { recordSettingChanges } from '../organisations/record-setting-changes.ts'
import { insertContract } from '../organisations/save-contract.ts'
import type { SettingChange } from '../organisations/setting-change.ts'
import type { Tx } from '../platform/db.ts'
import type { Keys } from '../platform/secrets.ts'
import { type Author, recordAct } from '../staff/record-act.ts'
import { bankTexts as words } from './bank-texts.ts'
import { typedSetting } from './contract-form.ts'
import { type Contract, findContract, isShopKnown } from './contract-store.ts'
import { texts } from './texts.ts'

type Secrets = { readonly [name: string]: string }

/** Creates a contract, which serves nobody until a unit chooses it. */
export async function createContract(
  tx: Tx,
  keys: Keys,
  author: Author,
  contract: ContractFile,
  secrets: Secrets,
  now: Instant,
): Promise<Result<ContractId, 'shop-known'>> {
  if (await isShopKnown(tx, contract)) return fail('shop-known')
  const { secretFiles: _, ...own } = contract
  // Names of secrets are the gateway's own: the form has no other.
  const described = { ...own, secrets } as ContractDescription
  const id = await insertContract(tx, keys, author.organisationId, described, now)
  await recordAct(tx, author, { kind: 'contract.created', object: words.contractName(described) }, now)
  return ok(id)
}

export type ContractChange = {
  /** What was shown. */
  readonly version: string
  readonly bankName: string
  readonly mode: Contract['mode']
  readonly settings: Contract['settings']
  /** New secrets by name. */
  readonly secrets: Secrets
  /** Whether each secret that is replaced stays believed beside the new one. */
  readonly keepsPrevious: boolean
  readonly forgetsPrevious: boolean
}

/** A secret, and the name under which the one before it is believed. */
const PREVIOUS: { readonly [name: string]: string } = {
  key: 'previousKey',
  webhookSecret: 'previousWebhookSecret',
}
/** Secrets of another mode are never believed: previous ones go with the mode. */
const isPrevious = (name: string): boolean => Object.values(PREVIOUS).includes(name)

/** Changes a contract, unless it is no longer the one that was shown. */
export async function changeContract(
  tx: Tx,
  keys: Keys,
  author: Author,
  id: ContractId,
  wanted: ContractChange,
  now: Instant,
): Promise<Result<null, 'changed-meanwhile'>> {
  const { organisationId } = author
  const kept = await tx
    .selectFrom('bank_contract')
    .select(['gateway', 'sealed_secrets'])
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  const standing = await findContract(tx, organisationId, id)
  if (!kept || standing?.version !== wanted.version) return fail('changed-meanwhile')
  const sealed = kept.sealed_secrets as Secrets
  const secrets = sealAnew(keys, sealed, wanted, standing)
  await tx
    .updateTable('bank_contract')
    .set({
      bank_name: wanted.bankName,
      mode: wanted.mode,
      settings: JSON.stringify(wanted.settings),
      sealed_secrets: JSON.stringify(secrets),
    })
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .execute()
  const changes = [...changedSettings(standing, wanted), ...changedSecrets(standing, sealed, secrets)]
  const by = { staffId: author.staffId, name: author.name }
  await recordSettingChanges(tx, organisationId, by, changes, now)
  const told = Object.fromEntries(
    changes.map(({ field, before, after }) => [contractLabel(standing.gateway, field), { before, after }]),
  )
  const isSecret = changes.some(({ field }) => field.startsWith('secret.'))
  const kind = isSecret ? 'contract.secrets' : 'contract.changed'
  await recordAct(tx, author, { kind, object: words.contractName(standing), changes: told }, now)
  return ok(null)
}

function sealAnew(keys: Keys, sealed: Secrets, wanted: ContractChange, standing: Contract): Secrets {
  const isOtherMode = wanted.mode !== standing.mode
  const secrets: Record<string, string> = Object.fromEntries(
    Object.entries(sealed).filter(
      // Of another mode, what is not given again would only be refused.
      ([name]) => !isOtherMode && !(wanted.forgetsPrevious && isPrevious(name)),
    ),
  )
  for (const [name, secret] of Object.entries(wanted.secrets)) {
    const before = sealed[name]
    const previous = PREVIOUS[name]
    if (previous !== undefined && before !== undefined && wanted.keepsPrevious && !isOtherMode)
      secrets[previous] = before
    secrets[name] = keys.seal(secret)
  }
  return secrets
}

function changedSettings(standing: Contract, wanted: ContractChange): SettingChange[] {
  const of = { subject: 'contract', subjectId: standing.id } as const
  const pairs: [string, string, string][] = [
    ['bank_name', standing.bankName, wanted.bankName],
    ['mode', standing.mode, wanted.mode],
    ...Object.keys(wanted.settings).map((name): [string, string, string] => [
      name,
      typedSetting(name, standing.settings[name] ?? null) || texts.nothing,
      typedSetting(name, wanted.settings[name] ?? null) || texts.nothing,
    ]),
  ]
  return pairs
    .filter(([, before, after]) => before !== after)
    .map(([field, before, after]) => ({ ...of, field, before, after }))
}

function changedSecrets(standing: Contract, before: Secrets, after: Secrets): SettingChange[] {
  const { kept, missing, replaced } = words.page
  return Object.keys(words.secrets[standing.gateway])
    .filter((name) => before[name] !== after[name])
    .map((name) => ({
      subject: 'contract',
      subjectId: standing.id,
      field: `secret.${name}`,
      before: before[name] === undefined ? missing : kept,
      after: after[name] === undefined ? missing : replaced,
    }))
}

/** Every field of a contract that its history knows. */
export const contractFields = ({ gateway, settings }: Contract): readonly string[] => [
  'bank_name',
  'mode',
  ...Object.keys(settings),
  ...Object.keys(words.secrets[gateway]).map((name) => `secret.${name}`),
]

/** A field of a contract as people know it. */
export function contractLabel(gateway: Contract['gateway'], name: string): string {
  if (name.startsWith('secret.')) return words.secrets[gateway][name.slice('secret.'.length)] ?? name
  return words.labels[name] ?? name
}
