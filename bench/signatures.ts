// How long a notification takes to be proved, for each gateway, beside a bare HMAC-SHA-256 over as many
// bytes in the same run. The messages are published ones; the budget of a signature is 50 µs. Prints a
// table; judges nothing. The quietest round is what other work on the machine disturbed least.
import { createHmac } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { stripeContract, systempayContract } from '../test/support/contracts.ts'
import stripeVectors from '../test/vectors/stripe.json' with { type: 'json' }
import systempayVectors from '../test/vectors/systempay.json' with { type: 'json' }
import { parseFields } from '../src/payments/gateways/systempay/fields.ts'
import { isSigned, sign, type Algorithm } from '../src/payments/gateways/systempay/signature.ts'
import { systempay } from '../src/payments/gateways/systempay/systempay.ts'
import { readOperationId } from '../src/payments/gateways/payfip/notification.ts'
import { readSigned } from '../src/payments/gateways/stripe/signature.ts'
import { stripe } from '../src/payments/gateways/stripe/stripe.ts'

const TIMES = 500
const ROUNDS = 50

type Measure = { readonly what: string; readonly bytes: number; readonly run: () => boolean }
const sealed = (text: string) => createHmac('sha256', 'clef').update(text, 'utf8').digest()

const form = systempayVectors.find(({ name }) => name === 'khalyomede-notification')?.text ?? ''
const fields = parseFields(form) ?? []
const shopNumber = fields.find(([name]) => name === 'vads_site_id')?.[1] ?? ''
const byForm = (algorithm: Algorithm): Measure => {
  const contract = systempayContract({ shopNumber, settings: { signature: algorithm } })
  const signature = sign(fields, contract.secrets.key, algorithm)
  return {
    what: `Systempay form, ${algorithm}: signature`,
    bytes: form.length,
    run: () => isSigned(fields, signature, contract.secrets.key, algorithm),
  }
}
const notified = (): Measure => {
  const contract = systempayContract({ shopNumber })
  const signature = sign(fields, contract.secrets.key, 'HMAC-SHA-256')
  const raw = `${form}&${new URLSearchParams({ signature }).toString()}`
  const { readNotification } = systempay.open(contract)
  return {
    what: 'Systempay form: read, proved, told as a fact',
    bytes: raw.length,
    run: () => isProved(readNotification({ headers: {}, raw }, new Date())),
  }
}
const krNotified = (): Measure => {
  const { text: raw, key } = systempayVectors.find(({ name }) => name === 'lyra-rest-sdk-notification') ?? {
    text: '',
    key: '',
  }
  const secrets = { restPassword: key ?? '' }
  const { readNotification } = systempay.open(systempayContract({ shopNumber: '69876357', secrets }))
  return {
    what: 'Systempay kr-answer: read, proved, told as a fact',
    bytes: raw.length,
    run: () => isProved(readNotification({ headers: {}, raw }, new Date())),
  }
}
const byPayfip = (): Measure => {
  const raw = 'idop=2b9f7a2e-6d0a-11e8-9c2d-fa7ae01bbebc'
  return {
    what: 'PayFiP: the operation’s number (no signature to check)',
    bytes: raw.length,
    run: () => readOperationId(raw) !== undefined,
  }
}
const byStripe = (): readonly Measure[] => {
  const event = stripeVectors.find(({ type }) => type === 'checkout.session.completed')?.message
  const raw = JSON.stringify({
    id: 'evt_1',
    object: 'event',
    type: 'checkout.session.completed',
    created: 1_640_995_200,
    livemode: false,
    data: { object: event },
  })
  const now = new Date(1_640_995_200_000)
  const secret = 'whsec_of_the_bench'
  const v1 = createHmac('sha256', secret).update(`1640995200.${raw}`).digest('hex')
  const header = `t=1640995200,v1=${v1}`
  const { readNotification } = stripe.open(stripeContract({ secrets: { webhookSecret: secret } }))
  const headers = { 'stripe-signature': header }
  return [
    {
      what: 'Stripe: signature, by its library, event parsed',
      bytes: raw.length,
      run: () => readSigned(raw, header, [secret], now).ok,
    },
    {
      what: 'Stripe: read, proved, told as a fact or left',
      bytes: raw.length,
      run: () => isProved(readNotification({ headers, raw }, now)),
    },
  ]
}

const isProved = (read: { readonly ok: boolean; readonly failure?: string }): boolean =>
  read.ok || read.failure !== 'bad-signature'

console.log('| what | bytes | µs, median | µs, quietest round | times a bare HMAC |\n|---|---|---|---|---|')
for (const measure of [
  byForm('HMAC-SHA-256'),
  byForm('SHA-1'),
  notified(),
  krNotified(),
  byPayfip(),
  ...byStripe(),
]) {
  const text = 'x'.repeat(measure.bytes)
  if (!measure.run()) throw new Error(`${measure.what}: refused`)
  const took: number[] = []
  const bare: number[] = []
  // The first round warms up.
  for (let round = 0; round <= ROUNDS; round += 1) {
    const [one, other] = [time(measure.run), time(() => sealed(text).length > 0)]
    if (round === 0) continue
    took.push(one)
    bare.push(other)
  }
  const [least, ratio] = [Math.min(...took), Math.min(...took) / Math.min(...bare)]
  const cells = [measure.what, measure.bytes, median(took).toFixed(1), least.toFixed(1), ratio.toFixed(1)]
  console.log(`| ${cells.join(' | ')} |`)
}

/** Microseconds for one, over many. */
function time(run: () => boolean): number {
  const begun = performance.now()
  for (let count = 0; count < TIMES; count += 1) run()
  return ((performance.now() - begun) * 1_000) / TIMES
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
