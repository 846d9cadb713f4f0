// The doors of a new contract: a gateway chosen, then its fields and secrets; it begins in TEST.
import type { Context } from 'hono'
import type { GatewayName } from '../organisations/contract.ts'
import { authorHere } from '../staff/open-office.ts'
import { PasswordField } from '../web/fields.tsx'
import { field, type Form, type Problems, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, notFound, viewOf } from '../web/request.ts'
import { Card, FormToken, SubmitButton } from '../web/ui.tsx'
import { bankTexts as words } from './bank-texts.ts'
import { createContract } from './change-contract.ts'
import { FORM_FIELDS, GATEWAY_NAMES, readContractForm, readSecrets } from './contract-form.ts'
import type { ContractDesk } from './show-contract.tsx'
import { ContractFields } from './contract-page.tsx'
import { SettingsFrame } from './frame.tsx'

const gatewayIn = (text: string | undefined): GatewayName | undefined =>
  GATEWAY_NAMES.find((name) => name === text)

export const showNewContract = (
  c: Context<Env>,
  more: { readonly gateway?: GatewayName; readonly form?: Form; readonly problems?: Problems } = {},
): Promise<Response> => {
  const gateway = more.gateway ?? gatewayIn(c.req.query('passerelle'))
  return render(
    c,
    <SettingsFrame
      view={viewOf(c)}
      section="banque"
      subjects={[]}
      heading={words.newPage.title}
      problems={more.problems}
    >
      {gateway === undefined ? (
        <Card id="passerelles" title={words.newPage.choose}>
          <ul class="entrees">
            {GATEWAY_NAMES.map((name) => (
              <li>
                <a href={`${paths.office.newContract}?passerelle=${name}`}>
                  <b>{words.gateways[name]}</b>
                  <span>{words.gatewayHints[name]}</span>
                </a>
              </li>
            ))}
          </ul>
        </Card>
      ) : (
        <Card id="contrat" title={words.gateways[gateway]}>
          <form
            class="formulaire"
            method="post"
            action={paths.office.newContract}
            noValidate
            autocomplete="off"
          >
            <FormToken view={viewOf(c)} />
            <input type="hidden" name="passerelle" value={gateway} />
            <ContractFields gateway={gateway} form={more.form ?? new Map()} problems={more.problems} isNew />
            {Object.entries(words.secrets[gateway])
              .filter(([name]) => !name.startsWith('previous'))
              .map(([name, label]) => (
                <PasswordField
                  name={`secret.${name}`}
                  label={label}
                  autocomplete="new-password"
                  problems={more.problems}
                />
              ))}
            <p class="etiq">{words.page.secretsText}</p>
            <p>{words.newPage.effect}</p>
            <SubmitButton>{words.newPage.create}</SubmitButton>
          </form>
        </Card>
      )}
    </SettingsFrame>,
    more.problems ? 422 : 200,
  )
}

export async function postNewContract(
  c: Context<Env>,
  { services, shops, actor }: ContractDesk,
): Promise<Response> {
  const form = await readForm(c)
  const gateway = gatewayIn(field(form, 'passerelle')) ?? notFound()
  const again = (problems: Problems) => showNewContract(c, { gateway, form, problems })
  const read = readContractForm(form, { gateway, mode: 'TEST' })
  const secrets = readSecrets(form, gateway, 'TEST')
  const problems = [
    ...(read.ok ? [] : read.failure),
    ...(secrets.ok ? needed(gateway, form) : secrets.failure),
  ]
  if (!read.ok || !secrets.ok || problems.length > 0) return again(problems)
  const now = services.clock.now()
  const created = await services.db.transaction((tx) =>
    createContract(tx, services.keys, authorHere(c, actor), read.value, secrets.value, now),
  )
  if (!created.ok) return again([{ field: FORM_FIELDS[gateway][0], message: words.problems.taken }])
  await shops.refresh(now)
  return c.redirect(`${paths.office.contract(created.value)}?note=cree`, 303)
}

/** Without its key a contract signs nothing; the interface between servers wants its password. */
const needed = (gateway: GatewayName, form: Form): Problems =>
  [
    ...(gateway === 'payfip' ? [] : ['key']),
    ...(field(form, 'rest.adresse').trim() === '' ? [] : ['restPassword']),
  ]
    .filter((name) => field(form, `secret.${name}`).trim() === '')
    .map((name) => ({
      field: `secret.${name}`,
      message: words.problem(words.secrets[gateway][name] ?? name, words.problems.secret),
    }))
