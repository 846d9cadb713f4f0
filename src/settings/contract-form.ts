// A contract as its form has it: read by the same rules as the organisation's file.
import { contract as described, type ContractFile } from '../organisations/contract-file.ts'
import type { GatewayName } from '../organisations/contract.ts'
import { texts as fileTexts } from '../organisations/texts.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import { field, type Form, type Problems } from '../web/form.ts'
import { bankTexts as words } from './bank-texts.ts'
import type { Contract } from './contract-store.ts'

export const GATEWAY_NAMES = ['systempay', 'payfip', 'stripe'] as const

/** The fields of each gateway's form; the first names the contract's number at the bank. */
export const FORM_FIELDS = {
  systempay: ['boutique', 'plateforme', 'rest.adresse', 'signature', 'cartes', 'authentification'],
  payfip: ['numcli', 'adresse', 'saisie'],
  stripe: ['compte', 'moyens', 'api', 'page'],
} as const satisfies { readonly [name in GatewayName]: readonly string[] }

/** Where each setting stands in the form. */
const SETTINGS = {
  systempay: {
    formUrl: 'plateforme',
    restUrl: 'rest.adresse',
    signature: 'signature',
    cards: 'cartes',
    threeDs: 'authentification',
  },
  payfip: { address: 'adresse', saisie: 'saisie' },
  stripe: { methods: 'moyens', apiUrl: 'api', pageUrl: 'page' },
} as const satisfies { readonly [name in GatewayName]: { readonly [setting: string]: string } }

const { threeDs, methods } = fileTexts.description
const wordOf = (dictionary: { readonly [word: string]: string }, value: string): string =>
  Object.entries(dictionary).find(([, code]) => code === value)?.[0] ?? value

/** A setting as its field shows it. */
export function typedSetting(setting: string, value: string | null): string {
  if (value === null) return ''
  if (setting === 'threeDs') return wordOf(threeDs, value)
  if (setting === 'cards') return value.split(';').join(', ')
  if (setting === 'methods')
    return value
      .split(';')
      .map((one) => wordOf(methods, one))
      .join(', ')
  return value
}

/** The standing contract as a form. */
export const contractForm = ({ gateway, bankName, settings }: Contract): Form =>
  new Map([
    ['banque', [bankName]],
    ...Object.entries(SETTINGS[gateway]).map(
      ([setting, name]) => [name, [typedSetting(setting, settings[setting] ?? null)]] as const,
    ),
  ])

const listOf = (text: string): readonly string[] =>
  text
    .split(/[,;]/)
    .map((one) => one.trim())
    .filter((one) => one !== '')

/** Reads the form of a contract in this mode; secrets are read apart, and never here. */
export function readContractForm(
  form: Form,
  of: { readonly gateway: GatewayName; readonly mode: 'TEST' | 'PRODUCTION'; readonly shopNumber?: string },
): Result<ContractFile, Problems> {
  const value = (name: string) => field(form, name).trim()
  const given = (name: string) => (value(name) === '' ? {} : { [name]: value(name) })
  const { gateway, mode } = of
  const [numbered] = FORM_FIELDS[gateway]
  const shared = {
    passerelle: gateway,
    code: gateway,
    banque: value('banque'),
    mode,
    [numbered]: of.shopNumber ?? value(numbered),
  }
  const secret = { fichierCle: '-' }
  const own = {
    systempay: () => ({
      ...secret,
      plateforme: value('plateforme'),
      ...given('signature'),
      cartes: listOf(value('cartes')).map((one) => one.toUpperCase()),
      ...given('authentification'),
      ...(value('rest.adresse') === ''
        ? {}
        : { rest: { adresse: value('rest.adresse'), fichierMotDePasse: '-' } }),
    }),
    payfip: () => ({ ...given('adresse'), ...given('saisie') }),
    stripe: () => ({ ...secret, moyens: listOf(value('moyens')), ...given('api'), ...given('page') }),
  }
  const read = described.safeParse(
    { ...shared, ...own[gateway]() },
    { error: (issue) => fileTexts.description.issue(issue) },
  )
  if (!read.success)
    return fail(
      read.error.issues.map(({ path, message }) => {
        const name = path
          .map(String)
          .filter((part) => !/^\d+$/.test(part))
          .join('.')
        const label = words.fields[name]?.label ?? name
        return { field: name, message: words.problem(label, message) }
      }),
    )
  const { data } = read
  if (data.gateway === 'systempay' && mode === 'PRODUCTION' && data.settings.signature === 'SHA-1')
    return fail([{ field: 'signature', message: words.problems.weak }])
  return ok(data)
}

/** What is typed of the secrets: those given, or the sentences that say what is wrong with them. */
export function readSecrets(
  form: Form,
  gateway: GatewayName,
  mode: 'TEST' | 'PRODUCTION',
): Result<{ readonly [name: string]: string }, Problems> {
  const secrets: Record<string, string> = {}
  const problems: { field: string; message: string }[] = []
  for (const [name, label] of Object.entries(words.secrets[gateway])) {
    const typed = field(form, `secret.${name}`).trim()
    if (typed === '') continue
    const at = (message: string) =>
      problems.push({ field: `secret.${name}`, message: words.problem(label, message) })
    if (!/^\S{8,128}$/.test(typed)) at(words.problems.secret)
    else if (modeOf(typed) !== undefined && modeOf(typed) !== mode) at(words.problems.wrongMode(mode))
    secrets[name] = typed
  }
  return problems.length > 0 ? fail(problems) : ok(secrets)
}

/** The mode that a secret tells by how it begins; most tell none. */
function modeOf(secret: string): 'TEST' | 'PRODUCTION' | undefined {
  if (/^(?:testpassword_|[sr]k_test_)/.test(secret)) return 'TEST'
  return /^(?:prodpassword_|[sr]k_live_)/.test(secret) ? 'PRODUCTION' : undefined
}
