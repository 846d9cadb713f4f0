// The desk over HTTP: a payment taken, asked about, undone.
import { beforeEach, describe, expect, test } from 'vitest'
import { buildUnit } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { buildStaff } from '../../test/support/staff.ts'
import { openTill, type Till } from '../../test/support/till.ts'
import { type Answer, type Visitor, visitor } from '../../test/support/visitor.ts'
import { day, MINUTE_MS } from '../kernel/dates.ts'
import type { BillingUnitId } from '../kernel/ids.ts'
import { buildPortal } from '../portal.ts'

const db = await testDatabase()
let till: Till
let who: Visitor
let page: string

beforeEach(async () => {
  till = await openTill(db)
  who = visitor(await buildPortal(till.services), till.services)
  await who.signInStaff((await buildStaff(db, till.organisationId, ['cashier'])).staffId)
  page = `/gestion/familles/${till.familyId}/reglement`
})

/** The fields that the page shows, as a browser without JavaScript would send them. */
async function shown(): Promise<{ [name: string]: string | string[] }> {
  const { html } = await who.get(page)
  const value = (name: string) => new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(html)?.[1] ?? ''
  return {
    cle: value('cle'),
    service: value('service'),
    montant: value('montant'),
    mode:
      /<option selected[^>]*value="([^"]*)"/.exec(html)?.[1] ??
      /<option value="(\w+)" selected/.exec(html)?.[1] ??
      '',
    numero: '0012345',
    payeur: value('payeur'),
    courriel: /<select[^>]*name="courriel"[\s\S]*?<option[^>]*value="([^"]*)"/.exec(html)?.[1] ?? '',
    'recu-le': value('recu-le'),
    facture: [
      ...html.matchAll(
        /name="facture" value="([^"]*)"[^>]* checked|name="facture"[^>]*checked[^>]*value="([^"]*)"/g,
      ),
    ].map(([, a, b]) => a ?? b ?? ''),
    suite: 'suivant',
  }
}
const save = async (changes: { [name: string]: string | string[] } = {}) =>
  who.post(page, { ...(await shown()), ...changes })
const idOf = ({ location }: Answer) => /[0-9a-f-]{36}/.exec(location ?? '')?.[0] ?? ''
const mails = () =>
  db
    .selectFrom('mail')
    .select(['recipient', 'not_before'])
    .where('organisation_id', '=', till.organisationId)
    .where('kind', '=', 'receipt')
    .execute()
const acts = async () =>
  (
    await db
      .selectFrom('staff_act')
      .select(['kind', 'reason'])
      .where('organisation_id', '=', till.organisationId)
      .where('kind', '!=', 'family.read')
      .orderBy('reason', (order) => order.asc().nullsFirst())
      .execute()
  ).map(({ kind, reason }) => [kind, reason])

test('all that is due is proposed, by the family’s last means, and one post settles it', async () => {
  const [first, second] = [await till.issue(3_100), await till.issue(1_200)]
  const fields = await shown()
  expect(fields).toMatchObject({
    montant: '43,00',
    mode: 'cheque',
    payeur: 'MARTIN Claire',
    'recu-le': '12/04/2012',
  })
  expect(fields['facture']).toEqual([first.number, second.number])
  const saved = await who.post(page, fields)
  expect([saved.status, saved.location]).toEqual([303, `/gestion/guichet?fait=${idOf(saved)}`])
  expect([await till.due(first), await till.due(second), await till.internal('cheques')]).toEqual([
    0, 0, 4_300,
  ])
  const next = await who.get(saved.location ?? '')
  expect(next.words).toContain('43,00 € enregistrés pour la famille MARTIN.')
  expect(next.words).toContain('Chèque 1 règlement 43,00 €')
  expect(await acts()).toEqual([['desk.recorded', null]])
})

test('the last means of the family comes first the next time', async () => {
  await save({ mode: 'voucher', montant: '10' })
  expect((await shown())['mode']).toBe('voucher')
})

test('a part of an invoice, and what is left over is credit, and the page says so', async () => {
  const [first, second] = [await till.issue(3_100), await till.issue(1_200)]
  const answer = await save({ montant: '25', [`part-${first.number}`]: '10,00', suite: 'fiche' })
  expect([await till.due(first), await till.due(second)]).toEqual([1_800, 0])
  const { words } = await who.get(answer.location ?? '')
  expect(words).toContain('dont 3,00 € au crédit du compte')
})

test('cash tells the change to give back', async () => {
  await till.issue(4_200)
  const answer = await save({ mode: 'cash', recu: '50' })
  expect((await who.get(answer.location ?? '')).words).toContain('Reçu 50,00 € → à rendre 8,00 €')
})

test.each([
  ['no amount', { montant: 'abc' }, 'Écrivez le montant en euros, comme 74,50.'],
  ['nothing', { montant: '0' }, 'Un règlement est de 0,01 € au moins.'],
  ['ten million euros', { montant: '10000000' }, 'Ce montant dépasse 100 000 €'],
  ['too much cash', { mode: 'cash', montant: '1000,01' }, 'En espèces, 1 000 € au plus'],
  ['too little given', { mode: 'cash', recu: '20' }, 'Il manque 22,00 €'],
  ['an unknown means', { mode: 'barter' }, 'Choisissez le mode de règlement.'],
  ['a day to come', { 'recu-le': '13/04/2012' }, 'Écrivez le jour de réception'],
  ['no payer', { payeur: ' ' }, 'Dites qui a payé.'],
])('a form with %s is told so, keeps what was typed and books nothing', async (_, changes, sentence) => {
  const invoice = await till.issue(4_200)
  const answer = await save({ ...changes, numero: '7654321' })
  expect([answer.status, answer.words]).toEqual([422, expect.stringContaining(sentence)])
  expect(answer.html).toContain('7654321')
  expect([await till.due(invoice), await acts()]).toEqual([4_200, []])
})

test('parts above the amount, or above what is due, are refused', async () => {
  const invoice = await till.issue(4_200)
  expect((await save({ montant: '10', [`part-${invoice.number}`]: '20' })).words).toContain(
    'Les parts dépassent le montant de 10,00 €',
  )
  expect((await save({ [`part-${invoice.number}`]: '42,01' })).words).toContain(`Facture ${invoice.number} :`)
  expect((await save({ montant: '20', [`part-${invoice.number}`]: '20' })).status).toBe(303)
  expect(await till.due(invoice)).toBe(2_200)
})

describe('the same cheque twice', () => {
  test('is a question, and yes records it', async () => {
    await till.issue(4_200)
    const first = await save({ montant: '42' })
    const question = await save({ montant: '42' })
    expect([question.status, question.words]).toEqual([
      422,
      expect.stringContaining('n° 0012345, est déjà enregistré'),
    ])
    expect(question.html).toContain(`/gestion/encaissements/${idOf(first)}`)
    expect((await save({ montant: '42', confirme: 'suivant' })).status).toBe(303)
    expect(await till.internal('cheques')).toBe(8_400)
  })

  test('is none when the number, the amount or the family’s first was undone', async () => {
    const first = await save({ montant: '42' })
    expect((await save({ montant: '42', numero: '0012346' })).status).toBe(303)
    expect((await save({ montant: '43' })).status).toBe(303)
    await who.post(`/gestion/encaissements/${idOf(first)}/annulation`, {})
    expect((await save({ montant: '42' })).status).toBe(303)
  })

  test('one form sent twice is one payment, without a question', async () => {
    const fields = { ...(await shown()), montant: '42' }
    const [one, two] = [await who.post(page, fields), await who.post(page, fields)]
    expect([two.status, two.location]).toEqual([303, one.location])
    expect(await till.internal('cheques')).toBe(4_200)
    const changed = await who.post(page, { ...fields, montant: '43' })
    expect([changed.status, changed.words]).toEqual([422, expect.stringContaining('déjà été enregistrée')])
  })
})

test('CESU above what is known to be eligible is a question, with what was assumed', async () => {
  await till.issue(4_200)
  const question = await save({ mode: 'cesu', montant: '42' })
  expect([question.status, question.words]).toEqual([422, expect.stringContaining('éligible (0,00 €)')])
  expect(question.words).toContain('les repas ne sont pas distingués')
  expect((await save({ mode: 'cesu', montant: '42', confirme: 'fiche' })).status).toBe(303)
})

test('after its last day at the desk an invoice is asked about, and taken with a line in the journal', async () => {
  await till.issue(1_000, { deskUntil: day('2012-04-12') })
  expect((await save({ numero: '1' })).status).toBe(303)
  const late = await till.issue(2_000, { deskUntil: day('2012-04-11') })
  const question = await save({ numero: '2' })
  expect([question.status, question.words]).toEqual([
    422,
    expect.stringContaining(`Le dernier jour de paiement au guichet est passé pour ${late.number}.`),
  ])
  expect(await till.due(late)).toBe(2_000)
  expect((await save({ numero: '2', confirme: 'fiche' })).status).toBe(303)
  expect(await till.due(late)).toBe(0)
  expect(await acts()).toEqual([
    ['desk.recorded', null],
    ['desk.recorded', `Pris après le dernier jour au guichet : ${late.number}`],
  ])
})

test('a card payment at the bank is warned of', async () => {
  const invoice = await till.issue(4_200)
  expect((await who.get(page)).words).not.toContain('Paiement en ligne en cours')
  await till.send(await till.start([invoice]), 4_200)
  expect((await who.get(page)).words).toContain('Paiement en ligne en cours : 42,00 €')
})

describe('within a minute', () => {
  test('the mail of the receipt waits, and undoing asks no reason and drops it', async () => {
    const invoice = await till.issue(4_200)
    const saved = await save()
    expect(await mails()).toEqual([
      {
        recipient: till.actor.email === null ? '' : expect.stringContaining('@'),
        not_before: new Date(till.services.clock.now().getTime() + MINUTE_MS),
      },
    ])
    till.services.clock.advance(MINUTE_MS)
    const undone = await who.post(`/gestion/encaissements/${idOf(saved)}/annulation`, {})
    expect((await who.get(undone.location ?? '')).words).toContain('Le règlement est annulé')
    expect([await till.due(invoice), await mails()]).toEqual([4_200, []])
    expect(await acts()).toEqual([
      ['desk.recorded', null],
      ['desk.undone', 'Annulé dans la minute'],
    ])
  })

  test('and a moment later a reason is asked, and kept', async () => {
    const invoice = await till.issue(4_200)
    const path = `/gestion/encaissements/${idOf(await save())}/annulation`
    till.services.clock.advance(MINUTE_MS + 1)
    const refused = await who.post(path, { motif: ' ' })
    expect([refused.status, refused.words]).toEqual([422, expect.stringContaining('La minute est passée')])
    expect(await till.due(invoice)).toBe(0)
    expect((await who.post(path, { motif: 'Erreur de famille' })).status).toBe(303)
    expect([await till.due(invoice), (await acts()).at(-1)]).toEqual([
      4_200,
      ['desk.undone', 'Erreur de famille'],
    ])
    expect((await who.post(path, { motif: 'Encore' })).words).toContain('était déjà annulé')
  })
})

test('the receipt is a ticket on its page and a PDF; who only reads may see it and undo nothing', async () => {
  const invoice = await till.issue(4_200)
  const path = `/gestion/encaissements/${idOf(await save())}`
  expect((await who.get(path)).words).toContain(`${invoice.number} 42,00 €`)
  expect((await who.get(`${path}/recu.pdf`)).headers.get('content-type')).toBe('application/pdf')
  const reader = visitor(await buildPortal(till.services), till.services)
  await reader.signInStaff((await buildStaff(db, till.organisationId, ['reader'])).staffId)
  expect((await reader.get(path)).html).not.toContain('/annulation')
  expect((await reader.post(`${path}/annulation`, {})).status).toBe(403)
  expect(await till.due(invoice)).toBe(0)
})

test('the family’s file leads to the payment, which is undone from there', async () => {
  await save({ montant: '42' })
  const file = await who.get(`/gestion/familles/${till.familyId}`)
  expect(file.html).toContain(`href="${page}"`)
  const path = /\/gestion\/encaissements\/[\w-]+/.exec(file.html)?.[0] ?? ''
  expect((await who.get(path)).words).toContain('Montant 42,00 €')
  expect((await who.post(`${path}/annulation`, {})).status).toBe(303)
  expect(await till.credit()).toBe(0)
})

test('the family reads its receipt, with the cheque’s number and nothing that only a bank says', async () => {
  await till.issue(4_200)
  await save()
  const receipt = db.selectFrom('receipt').select('id').where('organisation_id', '=', till.organisationId)
  const family = visitor(await buildPortal(till.services), till.services)
  await family.signIn(till.actor.loginId)
  const { words } = await family.get(`/recus/${(await receipt.executeTakeFirstOrThrow()).id}`)
  expect(words).toContain('Référence 0012345')
  expect(words).toContain('Chèque')
  expect(words).not.toContain('Transaction')
})

test('a search that finds one family opens its payment; several are to choose from', async () => {
  expect((await who.get('/gestion/guichet?q=mart')).location).toBe(page)
  expect((await who.get('/gestion/guichet?q=zzzz')).words).toContain('Rien ne correspond à « zzzz ».')
})

test('who works for another unit of the organisation takes, sees and undoes nothing here', async () => {
  await till.issue(4_200)
  const payment = `/gestion/encaissements/${idOf(await save())}`
  const other = await buildUnit(db, till.organisationId)
  const portal = await buildPortal(till.services)
  const statuses = async (unitId: BillingUnitId) => {
    const one = visitor(portal, till.services)
    await one.signInStaff((await buildStaff(db, till.organisationId, ['cashier'], { unitId })).staffId)
    return [
      (await one.get(page)).status,
      (await one.get(payment)).status,
      (await one.post(`${payment}/annulation`, {})).status,
    ]
  }
  expect(await statuses(other.unitId)).toEqual([403, 403, 403])
  expect(await till.internal('cheques')).toBe(4_200)
  expect(await statuses(till.unitId)).toEqual([200, 200, 303])
})
