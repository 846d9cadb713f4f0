// A contract's page as it is shown: standing, about to be confirmed, refused, or just tried.
import type { Context } from 'hono'
import { listSettingChanges } from '../organisations/setting-store.ts'
import type { Shops } from '../payments/shops.ts'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from '../staff/actor.ts'
import { render } from '../web/render.ts'
import { type Env, viewOf } from '../web/request.ts'
import { bankTexts as words } from './bank-texts.ts'
import { contractFields } from './change-contract.ts'
import { contractForm } from './contract-form.ts'
import { ContractPage, type ContractPageProps } from './contract-page.tsx'
import { HISTORY } from './frame.tsx'
import type { ContractState } from './read-bank.ts'

export type ContractDesk = { readonly services: Services; readonly shops: Shops; readonly actor: StaffActor }

const NOTES: Readonly<Record<string, string>> = { cree: words.page.created, enregistre: words.page.saved }

export async function showContract(
  c: Context<Env>,
  { services, actor }: ContractDesk,
  state: ContractState,
  more: Partial<ContractPageProps> = {},
): Promise<Response> {
  const { contract } = state
  const history = await listSettingChanges(
    services.db,
    actor.organisationId,
    contract.id,
    contractFields(contract),
    HISTORY,
  )
  return render(
    c,
    <ContractPage
      view={viewOf(c)}
      state={state}
      form={more.form ?? contractForm(contract)}
      history={history}
      saved={NOTES[c.req.query('note') ?? '']}
      {...more}
    />,
    more.problems || more.conflict ? 422 : 200,
  )
}
