// The doors of a contract's mode and secrets.
import type { Context } from 'hono'
import { authorHere } from '../staff/open-office.ts'
import { field, type Form, type Problems } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, viewOf } from '../web/request.ts'
import { bankTexts as words } from './bank-texts.ts'
import { changeContract } from './change-contract.ts'
import { contractForm, readContractForm, readSecrets } from './contract-form.ts'
import { type ContractDesk, showContract } from './show-contract.tsx'
import type { Contract } from './contract-store.ts'
import { type ContractState, readContractState } from './read-bank.ts'
import { confirmationWord, SecretsPage } from './secrets-page.tsx'

type Mode = Contract['mode']

export const showSecrets = (
  c: Context<Env>,
  state: ContractState,
  mode: Mode,
  problems?: Problems,
): Promise<Response> =>
  render(
    c,
    <SecretsPage view={viewOf(c)} state={state} mode={mode} problems={problems} />,
    problems ? 422 : 200,
  )

export async function postSecrets(
  c: Context<Env>,
  desk: ContractDesk,
  state: ContractState,
  form: Form,
): Promise<Response> {
  const { services, shops, actor } = desk
  const { contract } = state
  const mode: Mode = field(form, 'mode') === 'PRODUCTION' ? 'PRODUCTION' : 'TEST'
  const read = readSecrets(form, contract.gateway, mode)
  const problems = [
    ...(read.ok ? [] : read.failure),
    ...(read.ok ? missing(contract, mode, form, read.value) : []),
    ...wrongWord(state, mode, form),
  ]
  if (!read.ok || problems.length > 0) return showSecrets(c, state, mode, problems)
  const settings = settingsIn(contract, mode)
  if (!settings.ok) return showSecrets(c, state, mode, settings.failure)
  const now = services.clock.now()
  const wanted = {
    version: field(form, 'vu'),
    bankName: contract.bankName,
    mode,
    settings: settings.value,
    secrets: read.value,
    keepsPrevious: field(form, 'garder') === '1',
    forgetsPrevious: field(form, 'oublier') === '1',
  }
  const done = await services.db.transaction((tx) =>
    changeContract(tx, services.keys, authorHere(c, actor), contract.id, wanted, now),
  )
  if (!done.ok) {
    const standing = await readContractState(services, shops, actor, contract.id, now)
    return showContract(c, desk, standing ?? state, { conflict: true })
  }
  await shops.refresh(now)
  return c.redirect(`${paths.office.contract(contract.id)}?note=enregistre`, 303)
}

/** What this mode still needs; a contract is never left without what it signs with. */
function missing(
  contract: Contract,
  mode: Mode,
  form: Form,
  given: { readonly [name: string]: string },
): Problems {
  const hasSecrets = Object.keys(words.secrets[contract.gateway]).length > 0
  if (mode === contract.mode) {
    const isForgetting = field(form, 'oublier') === '1'
    return hasSecrets && Object.keys(given).length === 0 && !isForgetting
      ? [{ field: 'secret.key', message: words.problems.nothing }]
      : []
  }
  const needed = [
    ...(hasSecrets ? ['key'] : []),
    ...(contract.settings['restUrl'] ? ['restPassword'] : []),
    ...(contract.gateway === 'stripe' ? ['webhookSecret'] : []),
  ]
  return needed
    .filter((name) => given[name] === undefined)
    .map((name) => ({
      field: `secret.${name}`,
      message: words.problem(words.secrets[contract.gateway][name] ?? name, words.problems.needsKey),
    }))
}

function wrongWord(state: ContractState, mode: Mode, form: Form): Problems {
  const word = confirmationWord(state, mode)
  return field(form, 'mot').trim() === word ? [] : [{ field: 'mot', message: words.problems.word(word) }]
}

/** The settings in this mode, by the rules of the file: SHA-1 is no production's, PayFiP's entry follows. */
function settingsIn(contract: Contract, mode: Mode) {
  if (mode === contract.mode) return { ok: true, value: contract.settings } as const
  const form = new Map([...contractForm(contract)].filter(([name]) => name !== 'saisie'))
  const read = readContractForm(form, { ...contract, mode })
  return read.ok
    ? ({ ok: true, value: read.value.settings as unknown as Contract['settings'] } as const)
    : ({ ok: false, failure: read.failure } as const)
}
