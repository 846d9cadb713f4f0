import { Hono, type Context } from 'hono'
import { z } from 'zod'
import type { Clock } from './clock.ts'
import type { Exchanges } from './exchanges.ts'
import {
  faultNames,
  type FaultName,
  machineFaults,
  type MachineGateway,
  systempayFault,
} from './machine-faults.ts'
import { doneTexts, machineTexts, type Done } from './machines-texts.ts'
import { MachinesPage, type MachinesView } from './pages/machines-page.tsx'
import { MessagePage } from './pages/message-page.tsx'
import type { Payfip } from './payfip/start-payfip.ts'
import { payfipOutages } from './payfip/serve-soap.ts'
import { readForm, sendPage, sendTo } from './send-page.ts'
import { type Outage, restOutages } from './serve-rest.ts'
import type { Settings } from './settings.ts'
import { type ApiOutage, apiOutages } from './stripe/serve-api.ts'
import type { Checkout } from './stripe/take-payments.ts'
import type { Till } from './take-payments.ts'

export type MachinesNeeds = {
  readonly settings: Settings
  readonly clock: Clock
  readonly exchanges: Exchanges
  readonly till: Till
  readonly outage: Outage
  readonly payfip: Payfip
  readonly stripe: { readonly checkout: Checkout; readonly outage: ApiOutage } | undefined
}

const HOME = '/salle-des-machines'

const nothing = { loss: undefined, repeat: undefined, amount: undefined, badSignature: undefined }
const noFault = { ...nothing, delayMs: undefined, bareReturn: undefined, fields: undefined }
const noEventFault = { ...nothing, reversed: undefined, skewSeconds: undefined, livemode: undefined }

const moves = z.object({ avance: z.enum(['600', '3600', '86400', 'retour']) })
const choice = <Gateway extends string, State extends string>(gateway: Gateway, states: readonly State[]) =>
  z.object({ passerelle: z.literal(gateway), etat: z.enum(states) })
const namesOf = <Table extends object>(table: Table) => Object.keys(table) as Extract<keyof Table, string>[]
const faults = z.discriminatedUnion('passerelle', [
  choice('systempay', namesOf(machineFaults.systempay)),
  choice('payfip', namesOf(machineFaults.payfip)),
  choice('stripe', namesOf(machineFaults.stripe)),
])
const outages = z.discriminatedUnion('passerelle', [
  choice('systempay', restOutages),
  choice('payfip', payfipOutages),
  choice('stripe', apiOutages),
])

/** The operator's page, « Salle des machines »: what the test door does, for a person. */
export function serveMachines(needs: MachinesNeeds, isEncrypted: () => boolean): Hono {
  const { settings, clock, exchanges, till, outage, payfip, stripe } = needs
  const app = new Hono()
  // A stranger's page must not move the clock of whoever has the demonstration open.
  app.use(`${HOME}/*`, async (c, next) => {
    const from = c.req.header('sec-fetch-site') ?? 'none'
    if (c.req.method === 'POST' && from !== 'same-origin' && from !== 'none') return unknown(c, 403)
    return next()
  })

  const nameOf = (gateway: MachineGateway, armed: object): FaultName | undefined =>
    faultNames(gateway).find((name) => {
      const table: Readonly<Record<string, object>> = machineFaults[gateway]
      const fault =
        gateway === 'systempay' && name === 'mode' ? systempayFault('mode', settings.mode) : table[name]
      return JSON.stringify(fault) === JSON.stringify(armed)
    })

  const view = (filter: string, done: Done | undefined): MachinesView => ({
    now: clock.now(),
    armed: [
      { gateway: 'systempay', fault: nameOf('systempay', till.arm({})) },
      { gateway: 'payfip', fault: nameOf('payfip', payfip.counter.armed()) },
      ...(stripe ? [{ gateway: 'stripe' as const, fault: nameOf('stripe', stripe.checkout.arm({})) }] : []),
    ],
    outages: [
      { gateway: 'systempay', state: outage.rest, states: restOutages },
      { gateway: 'payfip', state: payfip.outage.service, states: payfipOutages },
      ...(stripe ? [{ gateway: 'stripe' as const, state: stripe.outage.stripe, states: apiOutages }] : []),
    ],
    exchanges: exchanges.list(filter),
    filter,
    done,
    isEncrypted: isEncrypted(),
  })

  const read = async <Schema extends z.ZodType>(c: Context, schema: Schema) =>
    schema.safeParse(Object.fromEntries(await readForm(c)))
  const unknown = (c: Context, status: 403 | 422 = 422) => {
    const link = { href: HOME, label: machineTexts.title }
    const sentences = [machineTexts.unknownOrder]
    const page = (
      <MessagePage title={machineTexts.title} sentences={sentences} link={link} isEncrypted={isEncrypted()} />
    )
    return sendPage(c, page, { status })
  }
  const done = (c: Context, what: Done) => sendTo(c, `${HOME}?fait=${what}`)

  app.get(HOME, (c) => {
    const said = c.req.query('fait') ?? ''
    const what = Object.hasOwn(doneTexts, said) ? (said as Done) : undefined
    return sendPage(c, <MachinesPage {...view((c.req.query('paiement') ?? '').trim(), what)} />)
  })
  app.post(`${HOME}/horloge`, async (c) => {
    const asked = await read(c, moves)
    if (!asked.success) return unknown(c)
    const { avance } = asked.data
    await (avance === 'retour' ? clock.reset() : clock.advance(Number(avance) * 1000))
    return done(c, 'horloge')
  })
  app.post(`${HOME}/panne`, async (c) => {
    const asked = await read(c, faults)
    if (!asked.success) return unknown(c)
    const { data } = asked
    if (data.passerelle === 'systempay') till.arm({ ...noFault, ...systempayFault(data.etat, settings.mode) })
    else if (data.passerelle === 'payfip') payfip.counter.arm(machineFaults.payfip[data.etat])
    else if (stripe) stripe.checkout.arm({ ...noEventFault, ...machineFaults.stripe[data.etat] })
    else return unknown(c)
    return done(c, 'panne')
  })
  app.post(`${HOME}/coupure`, async (c) => {
    const asked = await read(c, outages)
    if (!asked.success) return unknown(c)
    const { data } = asked
    if (data.passerelle === 'systempay') outage.rest = data.etat
    else if (data.passerelle === 'payfip') payfip.outage.service = data.etat
    else if (stripe) stripe.outage.stripe = data.etat
    else return unknown(c)
    return done(c, 'coupure')
  })
  return app
}
