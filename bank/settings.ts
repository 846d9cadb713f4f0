import type { Algorithm } from './signature.ts'
import type { StripeAccount } from './stripe/serve-stripe.tsx'
import { startTexts } from './texts.ts'

/** Everything the bank can be told. */
export type Settings = {
  /** 0 takes any free port. */
  readonly port: number
  readonly host: string
  /** Public origin; the address listened on when absent. */
  readonly url?: string
  readonly mailPort: number
  readonly shopId: string
  readonly shopKey: string
  /** Other shops of the same merchant, under the same key and password. */
  readonly otherShopIds?: readonly string[]
  /** The shop's signature setting; HMAC-SHA-256 when absent. */
  readonly signature?: Algorithm
  /** The password of the REST interface; without one it refuses everybody. */
  readonly shopPassword?: string
  readonly shopName: string
  /** Where returns go when the form names no address. */
  readonly shopUrl: string
  /** Back-office « URL de notification à la fin du paiement ». */
  readonly notificationUrl: string
  readonly abandonNotification: boolean
  /** The client PayFiP knows, and the name of its service. */
  readonly payfip: { readonly numcli: string; readonly service: string }
  readonly testDoor: boolean
  /** The mode of the shop's contract; a form of the other one is refused. */
  readonly mode: 'TEST' | 'PRODUCTION'
  /** An account at Stripe; without one that side stays closed. */
  readonly stripe?: StripeAccount
}

type Environment = Readonly<Record<string, string | undefined>>

const isStripeKey = (value: string): boolean => /^sk_test_\S{8,}$/.test(value)
const isStripeSecret = (value: string): boolean => /^whsec_\S{8,}$/.test(value)
const isTestPassword = (value: string): boolean => /^testpassword_\S{8,}$/.test(value)

/** Reads the environment; every problem is told at once, in French. */
export function readSettings(env: Environment): { settings: Settings } | { problems: readonly string[] } {
  const problems: string[] = []

  const read = (
    name: string,
    fallback: string | undefined,
    isRight: (value: string) => boolean,
    expected: string,
  ) => {
    const value = env[name]?.trim() || fallback
    if (value === undefined) problems.push(startTexts.missing(name))
    else if (!isRight(value)) problems.push(startTexts.malformed(name, expected))
    return value ?? ''
  }
  const port = (name: string, fallback: string) =>
    Number(
      read(
        name,
        fallback,
        (value) => /^\d{1,5}$/.test(value) && Number(value) < 65_536,
        'un port, de 0 à 65535',
      ),
    )
  const webAddress = (name: string, fallback?: string) =>
    read(
      name,
      fallback,
      (value) => /^https?:\/\//.test(value) && URL.canParse(value),
      'une adresse http ou https complète',
    )
  const flag = (name: string) => read(name, '0', (value) => value === '0' || value === '1', '0 ou 1') === '1'
  const anyText = () => true

  const settings: Settings = {
    port: port('BANK_PORT', '3001'),
    host: read('HOST', '127.0.0.1', anyText, ''),
    ...(env['BANK_URL']?.trim() ? { url: webAddress('BANK_URL').replace(/\/+$/, '') } : {}),
    mailPort: port('MAIL_PORT', '1025'),
    shopId: read('DEMO_SHOP_ID', undefined, (value) => /^\d{8}$/.test(value), '8 chiffres'),
    shopKey: read('DEMO_SHOP_KEY', undefined, anyText, ''),
    ...(env['DEMO_OTHER_SHOP_IDS']?.trim()
      ? {
          otherShopIds: read(
            'DEMO_OTHER_SHOP_IDS',
            undefined,
            (value) => /^\d{8}( \d{8})*$/.test(value),
            '8 chiffres, séparés par des espaces',
          ).split(' '),
        }
      : {}),
    ...(env['DEMO_SHOP_PASSWORD']?.trim()
      ? { shopPassword: read('DEMO_SHOP_PASSWORD', undefined, isTestPassword, 'testpassword_ et la suite') }
      : {}),
    shopName: read('SHOP_NAME', 'Boutique de démonstration', anyText, ''),
    shopUrl: webAddress('SHOP_URL'),
    notificationUrl: webAddress('NOTIFICATION_URL'),
    abandonNotification: flag('ABANDON_NOTIFICATION'),
    payfip: {
      numcli: read('PAYFIP_NUMCLI', '090909', (value) => /^\d{6}$/.test(value), '6 chiffres'),
      service: read('PAYFIP_SERVICE', 'Régie de démonstration', anyText, ''),
    },
    testDoor: flag('BANK_TEST_DOOR'),
    mode: flag('BANK_PRODUCTION') ? 'PRODUCTION' : 'TEST',
    ...(env['STRIPE_KEY']?.trim()
      ? {
          stripe: {
            key: read('STRIPE_KEY', undefined, isStripeKey, 'sk_test_ et la suite'),
            webhookSecret: read('STRIPE_WEBHOOK_SECRET', undefined, isStripeSecret, 'whsec_ et la suite'),
            webhookUrl: webAddress('STRIPE_WEBHOOK_URL'),
          },
        }
      : {}),
  }
  return problems.length > 0 ? { problems } : { settings }
}
