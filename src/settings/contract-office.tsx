// The doors of bank contracts. Each begins with a fresh proof of who asks.
import type { Context } from 'hono'
import { readFileSync } from 'node:fs'
import { readId } from '../kernel/ids.ts'
import type { Shops } from '../payments/shops.ts'
import { tryContract } from '../payments/try-contract.ts'
import { projectFile } from '../platform/files.ts'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from '../staff/actor.ts'
import { allow, requireFresh, RightMissing } from '../staff/guard.ts'
import { authorHere, type Office } from '../staff/open-office.ts'
import { recordAct } from '../staff/record-act.ts'
import { field, type Form, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { type Env, notFound } from '../web/request.ts'
import { bankTexts as words } from './bank-texts.ts'
import { changeContract, contractLabel } from './change-contract.ts'
import { GATEWAY_NAMES, readContractForm, typedSetting } from './contract-form.ts'
import type { ContractPageProps } from './contract-page.tsx'
import { postNewContract, showNewContract } from './new-contract-office.tsx'
import { type ContractState, readContractState } from './read-bank.ts'
import { postSecrets, showSecrets } from './secrets-office.tsx'
import { type ContractDesk, showContract } from './show-contract.tsx'
import { texts } from './texts.ts'

/** `/gestion/reglages/banque/…`. */
export function contractDoor(office: Office, services: Services, shops: Shops): void {
  const { newContract, contract, gatewayGuide } = paths.office
  office.get(gatewayGuide, 'settings.read', (c) => sendGuide(c))
  office.get(newContract, 'bank.edit', (c, actor) => {
    openBank(c, actor)
    return showNewContract(c)
  })
  office.post(newContract, 'bank.edit', (c, actor) => {
    openBank(c, actor)
    return postNewContract(c, { services, shops, actor })
  })
  office.get(contract(':id'), 'bank.edit', async (c, actor) => {
    const desk = { services, shops, actor }
    const state = await requireContract(c, desk)
    const mode = c.req.query('mode')
    return mode === 'TEST' || mode === 'PRODUCTION'
      ? showSecrets(c, state, mode)
      : showContract(c, desk, state)
  })
  office.post(contract(':id'), 'bank.edit', async (c, actor) => {
    const desk = { services, shops, actor }
    const form = await readForm(c)
    const state = await requireContract(c, desk)
    if (field(form, 'geste') === 'essai') return postTrial(c, desk, state)
    if (field(form, 'geste') === 'secrets') return postSecrets(c, desk, state, form)
    return postContract(c, desk, state, form)
  })
}

/** A new contract is the organisation's until a unit chooses it. */
function openBank(c: Context<Env>, actor: StaffActor): void {
  allow(actor, 'bank.edit', 'organisation')
  requireFresh(c, actor)
}

/** Another organisation's is not found; one that serves a unit out of reach is refused. */
async function requireContract(c: Context<Env>, desk: ContractDesk): Promise<ContractState> {
  const { services, shops, actor } = desk
  const id = readId<'contract'>(c.req.param('id'))
  const state = id && (await readContractState(services, shops, actor, id, services.clock.now()))
  if (!state) return notFound()
  if (!state.mayChange) throw new RightMissing('bank.edit')
  requireFresh(c, actor)
  return state
}

/** The page to follow at the bank, as the project keeps it. */
function sendGuide(c: Context<Env>): Response {
  const gateway = GATEWAY_NAMES.find((name) => name === c.req.query('passerelle')) ?? notFound()
  c.header('content-type', 'text/plain; charset=utf-8')
  return c.body(readFileSync(projectFile(`docs/gateways/${gateway}.md`), 'utf8'))
}

/** Asks the bank in earnest, whatever the breaker says, and shows both sides. */
async function postTrial(c: Context<Env>, desk: ContractDesk, state: ContractState): Promise<Response> {
  const { services, shops, actor } = desk
  const { contract } = state
  const now = services.clock.now()
  const tried = await tryContract(services, actor.organisationId, contract.id, shops.direct, now)
  const act = {
    kind: 'contract.tested',
    object: words.contractName(contract),
    reason: words.tried.outcomes[tried.outcome],
  } as const
  await services.db.transaction((tx) => recordAct(tx, authorHere(c, actor), act, now))
  return showContract(c, desk, state, { tried })
}

async function postContract(
  c: Context<Env>,
  desk: ContractDesk,
  state: ContractState,
  form: Form,
): Promise<Response> {
  const { contract } = state
  const show = (more: Partial<ContractPageProps>) => showContract(c, desk, state, { form, ...more })
  if (field(form, 'geste') === 'corriger') return show({})
  const read = readContractForm(form, contract)
  if (!read.ok) return show({ problems: read.failure })
  const { bankName, settings, host } = read.value
  if (contract.gateway === 'systempay' && 'restUrl' in settings && settings.restUrl !== null)
    if (!contract.secrets.includes('restPassword'))
      return show({ problems: [{ field: 'rest.adresse', message: words.problems.restPassword }] })
  if (host !== hostOf(contract.settings))
    return show({ problems: [{ field: '', message: words.problems.otherHost }] })
  if (field(form, 'vu') !== contract.version) return show({ conflict: true })
  const preview = differences(contract, bankName, settings)
  if (preview.length === 0) return show({ note: texts.form.nothingChanged })
  const consequences = [
    words.consequences.settings,
    ...('restUrl' in settings && settings.restUrl === null ? [words.consequences.noServer] : []),
    ...(preview.some(([, , after]) => after.startsWith('http')) ? [words.consequences.platform] : []),
  ]
  if (field(form, 'geste') !== 'confirmer') return show({ preview, consequences })
  return save(c, desk, state, form, { bankName, settings })
}

/** The platform is part of the contract's name at the bank: another one is another contract. */
const hostOf = (settings: ContractState['contract']['settings']): string => {
  const address = settings['formUrl'] ?? settings['address'] ?? settings['apiUrl'] ?? null
  return address === null ? 'api.stripe.com' : new URL(address).host
}

type Settings = ContractState['contract']['settings']

const differences = (
  { gateway, bankName, settings }: ContractState['contract'],
  name: string,
  wanted: object,
) => {
  const rows: (readonly [string, string, string])[] = [
    [contractLabel(gateway, 'bank_name'), bankName, name],
    ...Object.entries(wanted as Settings).map(
      ([setting, value]) =>
        [
          contractLabel(gateway, setting),
          typedSetting(setting, settings[setting] ?? null) || texts.nothing,
          typedSetting(setting, value) || texts.nothing,
        ] as const,
    ),
  ]
  return rows.filter(([, before, after]) => before !== after)
}

async function save(
  c: Context<Env>,
  desk: ContractDesk,
  { contract }: ContractState,
  form: Form,
  wanted: { readonly bankName: string; readonly settings: object },
): Promise<Response> {
  const { services, shops, actor } = desk
  const now = services.clock.now()
  const change = {
    version: field(form, 'vu'),
    bankName: wanted.bankName,
    mode: contract.mode,
    settings: wanted.settings as Settings,
    secrets: {},
    keepsPrevious: false,
    forgetsPrevious: false,
  }
  const done = await services.db.transaction((tx) =>
    changeContract(tx, services.keys, authorHere(c, actor), contract.id, change, now),
  )
  if (!done.ok) return showContract(c, desk, await requireContract(c, desk), { form, conflict: true })
  await shops.refresh(now)
  return c.redirect(`${paths.office.contract(contract.id)}?note=enregistre`, 303)
}
