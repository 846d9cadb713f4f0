// A thousand payments under way, each with the notification that its bank will send.
import type { FamilyActor } from '../src/identity/actor.ts'
import { applyImport } from '../src/import/apply-import.ts'
import type { BillingUnitId, OrganisationId } from '../src/kernel/ids.ts'
import { type Cents, cents } from '../src/kernel/money.ts'
import { type Fields, sign } from '../src/payments/gateways/systempay/signature.ts'
import { sendPayment } from '../src/payments/send-payment.ts'
import { createShops, type Shops } from '../src/payments/shops.ts'
import { startPayment } from '../src/payments/start-payment.ts'
import type { Services } from '../src/platform/services.ts'
import { BENCH_SHOP } from './world.ts'

const INVOICES_EACH = 4

type Customer = FamilyActor & { readonly unit: BillingUnitId; readonly numbers: readonly string[] }

/** Families of four invoices, each invoice at the bank in an attempt of its own; gives the signed bodies. */
export async function payMany(
  services: Services,
  organisationId: OrganisationId,
  families: number,
): Promise<string[]> {
  const imported = await applyImport(services, organisationId, records(families), {
    now: services.clock.now(),
    mailActivation: false,
  })
  if (!imported.ok) throw new Error(JSON.stringify(imported.failure).slice(-2_000))
  const actors = await services.db.pool.query<Customer>(
    `select f.organisation_id as "organisationId", f.id as "familyId", a.id as "adultId", 'payer' as role, a.email,
      a.last_name as "lastName", a.first_name as "firstName", i.unit, i.numbers
    from family f join adult a on a.organisation_id = f.organisation_id and a.family_id = f.id
    join (select organisation_id, family_id, min(billing_unit_id::text) as unit, array_agg(number) as numbers
      from invoice where number like 'TH9%' group by 1, 2) i on i.organisation_id = f.organisation_id and i.family_id = f.id
    order by f.id`,
  )
  const shops = createShops(services.db, services.keys)
  const bodies: string[] = []
  for (const actor of actors.rows)
    for (const number of actor.numbers) bodies.push(await pay(services, shops, actor, number))
  return bodies
}

async function pay(services: Services, shops: Shops, actor: Customer, number: string): Promise<string> {
  const started = await startPayment(services, actor, {
    billingUnitId: actor.unit,
    formKey: number,
    purpose: 'invoices',
    invoiceNumbers: [number],
  })
  if (!started.ok) throw new Error(`${number}: ${started.failure}`)
  const seen: { amount: Cents; receiptEmail: string | null } = {
    amount: cents(3_150),
    receiptEmail: actor.email,
  }
  const sent = await sendPayment(services, shops, actor, started.value, seen)
  if (!sent.ok) throw new Error(`${number}: ${sent.failure}`)
  if (sent.value.kind !== 'form') throw new Error('the demonstration shop posts a form')
  return notification(sent.value.fields)
}

/** What the bank's server posts once the card is authorised (gateways 1.6, 1.7). */
function notification(order: Fields): string {
  const value = (name: string) => order.find(([one]) => one === name)?.[1] ?? ''
  const uuid = value('vads_order_id').toLowerCase().padEnd(32, '0').slice(0, 32)
  const fields: Fields = [
    ...order.filter(([name]) => name.startsWith('vads_')),
    ['vads_auth_mode', 'FULL'],
    ['vads_auth_number', '3fed91'],
    ['vads_auth_result', '00'],
    ['vads_card_brand', 'CB'],
    ['vads_card_number', '497010XXXXXX0055'],
    ['vads_effective_amount', value('vads_amount')],
    ['vads_effective_currency', '978'],
    ['vads_effective_creation_date', value('vads_trans_date')],
    ['vads_trans_uuid', uuid],
    ['vads_warranty_result', 'YES'],
    ['vads_sequence_number', '1'],
    ['vads_trans_status', 'AUTHORISED'],
    ['vads_operation_type', 'DEBIT'],
    ['vads_threeds_status', 'Y'],
    ['vads_result', '00'],
    ['vads_extra_result', ''],
    ['vads_card_country', 'FR'],
    ['vads_hash', '299d81f4b175bfb7583d904cd19ef5e38b2b79b2373d9b2b4aab74e5753b10bc'],
    ['vads_url_check_src', 'PAY'],
  ]
  const body = [...fields, ['signature', sign(fields, BENCH_SHOP.key, 'HMAC-SHA-256')] as const]
  return new URLSearchParams(body.map(([name, text]) => [name, text])).toString()
}

function records(families: number): string {
  const lines: string[] = []
  for (let family = 0; family < families; family += 1) {
    const name = `BANC${family}`
    lines.push(
      `famille;${name};${name};1 rue du Test;74200;Thonon-les-Bains;THONON`,
      `adulte;${name}-1;${name};payeur;Zoé;${name};zoe.${name.toLowerCase()}@courriel.example;`,
    )
    for (let index = 0; index < INVOICES_EACH; index += 1) {
      const number = `TH9${String(family * INVOICES_EACH + index).padStart(5, '0')}`
      lines.push(
        `facture;${number};${number};THONON;THONON;${name};05/03/2012;;;;${name} Tom;Mercredis;${name} Zoé;31,50;06/03/2012`,
        `ligne;${number};${name} Tom;05/03/2012;Mercredi;1;31,50;31,50;`,
      )
    }
  }
  return lines.join('\n')
}
