// A contract as the organisation's JSON file describes it, one shape per gateway.
import { z } from 'zod'
import type { GatewayName, Gateways } from './contract.ts'
import type { ContractMode } from './organisation.ts'
import { texts } from './texts.ts'

type Described<Name extends GatewayName> = {
  readonly code: string
  readonly bankName: string
  readonly gateway: Name
  readonly mode: ContractMode
  /** With the shop's number, what no two contracts share: numbers are each platform's own. */
  readonly host: string
  readonly shopNumber: string
  readonly settings: Gateways[Name]['settings']
  /** In clear, as the bank gave them; they are sealed before they are kept. */
  readonly secrets: Gateways[Name]['secrets']
}
export type ContractDescription = { [Name in GatewayName]: Described<Name> }[GatewayName]

/** A described contract whose secrets are still in their files, by path. */
export type ContractFile = {
  [Name in GatewayName]: Omit<Described<Name>, 'secrets'> & {
    readonly secretFiles: Gateways[Name]['secrets']
  }
}[GatewayName]

/** Settings and secrets, under the names their users give them in the file. */
export const FIELDS: {
  readonly [Name in GatewayName]: {
    readonly settings: Readonly<Record<keyof Gateways[Name]['settings'], string>>
    readonly secrets: Readonly<Record<keyof Gateways[Name]['secrets'], string>>
  }
} = {
  payfip: { settings: { address: 'adresse', saisie: 'saisie' }, secrets: {} },
  systempay: {
    settings: {
      formUrl: 'plateforme',
      restUrl: 'rest.adresse',
      signature: 'signature',
      cards: 'cartes',
      threeDs: 'authentification',
    },
    secrets: {
      key: 'fichierCle',
      previousKey: 'fichierClePrecedente',
      restPassword: 'rest.fichierMotDePasse',
      restHmacKey: 'rest.fichierCleHmac',
    },
  },
  stripe: {
    settings: { apiUrl: 'api', pageUrl: 'page', methods: 'moyens' },
    secrets: {
      key: 'fichierCle',
      webhookSecret: 'fichierSecret',
      previousWebhookSecret: 'fichierSecretPrecedent',
    },
  },
}

const said = texts.description
const words = z.string().trim().min(1).max(300)
/** What every contract says, whatever its gateway. */
const shared = { code: words, banque: words, mode: z.enum(['TEST', 'PRODUCTION']) }

/** An address without a path, encrypted unless it stays on this machine: a password goes there. */
function isSafeOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, pathname, search } = new URL(text)
  const isHere = hostname === 'localhost' || hostname === '127.0.0.1'
  const isSafe = protocol === 'https:' || (protocol === 'http:' && isHere)
  return isSafe && pathname === '/' && search === ''
}
const safeOrigin = z
  .string()
  .refine(isSafeOrigin, said.restUrl)
  .transform((text) => text.replace(/\/+$/, ''))

/** The authentication wished for, by the word of the file; see `vads_threeds_mpi` in gateways 1.9. */
const threeDs = z.string().transform((word, context) => {
  const found = said.threeDs[word]
  if (found !== undefined) return found
  context.addIssue({ code: 'custom', message: said.unknownThreeDs(Object.keys(said.threeDs)) })
  return z.NEVER
})

const systempay = z
  .strictObject({
    ...shared,
    passerelle: z.literal('systempay'),
    plateforme: z.url({ protocol: /^https?$/, error: said.formUrl }),
    boutique: z.string().regex(/^\d{8}$/, said.shop),
    fichierCle: words,
    fichierClePrecedente: words.optional(),
    signature: z.enum(['HMAC-SHA-256', 'SHA-1']).default('HMAC-SHA-256'),
    cartes: z.array(z.string().regex(/^[A-Z0-9_-]{2,30}$/, said.card)).default([]),
    authentification: threeDs.optional(),
    rest: z
      .strictObject({ adresse: safeOrigin, fichierMotDePasse: words, fichierCleHmac: words.optional() })
      .optional(),
  })
  .transform((from) => ({
    code: from.code,
    bankName: from.banque,
    gateway: 'systempay' as const,
    mode: from.mode,
    host: new URL(from.plateforme).host,
    shopNumber: from.boutique,
    settings: {
      formUrl: from.plateforme,
      restUrl: from.rest?.adresse ?? null,
      signature: from.signature,
      cards: from.cartes.length === 0 ? null : from.cartes.join(';'),
      threeDs: from.authentification ?? null,
    },
    secretFiles: {
      key: from.fichierCle,
      previousKey: from.fichierClePrecedente,
      restPassword: from.rest?.fichierMotDePasse,
      restHmacKey: from.rest?.fichierCleHmac,
    },
  }))

const payfip = z
  .strictObject({
    ...shared,
    passerelle: z.literal('payfip'),
    adresse: safeOrigin.default('https://www.payfip.gouv.fr'),
    numcli: z.string().regex(/^\d{6}$/, said.numcli),
    saisie: z.enum(['T', 'X', 'W']).optional(),
  })
  .superRefine(({ mode, saisie }, context) => {
    if (saisie !== undefined && (saisie === 'T') !== (mode === 'TEST'))
      context.addIssue({ code: 'custom', path: ['saisie'], message: said.saisie })
  })
  .transform((from) => ({
    code: from.code,
    bankName: from.banque,
    gateway: 'payfip' as const,
    mode: from.mode,
    host: new URL(from.adresse).host,
    shopNumber: from.numcli,
    settings: {
      address: from.adresse,
      saisie: from.saisie ?? (from.mode === 'TEST' ? ('T' as const) : ('W' as const)),
    },
    secretFiles: {},
  }))

const method = z.enum(Object.keys(said.methods)).transform((word) => said.methods[word] ?? '')

const stripe = z
  .strictObject({
    ...shared,
    passerelle: z.literal('stripe'),
    compte: z.string().regex(/^acct_\w{4,60}$/, said.account),
    fichierCle: words,
    fichierSecret: words.optional(),
    fichierSecretPrecedent: words.optional(),
    moyens: z.array(method).default(['card']),
    api: safeOrigin.optional(),
    page: safeOrigin.optional(),
  })
  .transform((from) => ({
    code: from.code,
    bankName: from.banque,
    gateway: 'stripe' as const,
    mode: from.mode,
    host: from.api === undefined ? 'api.stripe.com' : new URL(from.api).host,
    shopNumber: from.compte,
    settings: {
      apiUrl: from.api ?? null,
      pageUrl: from.page ?? null,
      methods: from.moyens.length === 0 ? null : from.moyens.join(';'),
    },
    secretFiles: {
      key: from.fichierCle,
      webhookSecret: from.fichierSecret,
      previousWebhookSecret: from.fichierSecretPrecedent,
    },
  }))

/** Files older than the choice of a gateway name none. */
const withGateway = (from: unknown): unknown =>
  typeof from === 'object' && from !== null && !('passerelle' in from)
    ? { passerelle: 'systempay', ...from }
    : from

export const contract = z.preprocess(
  withGateway,
  z.discriminatedUnion('passerelle', [payfip, systempay, stripe]),
)
