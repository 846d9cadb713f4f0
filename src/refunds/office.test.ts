// Refunds over HTTP: one person prepares, another approves, the money leaves by the card or a transfer.
import { beforeEach, expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { payOnline, tell } from '../../test/support/refunds.ts'
import { buildStaff } from '../../test/support/staff.ts'
import { openTill, type Till } from '../../test/support/till.ts'
import { type Visitor, visitor } from '../../test/support/visitor.ts'
import { randomBytes } from 'node:crypto'
import { cents } from '../kernel/money.ts'
import { buildPortal } from '../portal.ts'
import type { Role } from '../staff/rights.ts'

const db = await testDatabase()
let till: Till
let nadia: Visitor
let marc: Visitor

beforeEach(async () => {
  till = await openTill(db)
  nadia = await staff('director', 'Nadia')
  marc = await staff('accountant', 'Marc')
})

async function staff(role: Role, firstName: string, one = till): Promise<Visitor> {
  const who = visitor(await buildPortal(one.services, one.shops), one.services)
  const names = { firstName, lastName: 'Lefèvre' }
  await who.signInStaff((await buildStaff(db, one.organisationId, [role], {}, names)).staffId)
  return who
}
async function paid(amount: number) {
  const invoice = await till.issue(amount)
  const { fact, captureId } = await payOnline(db, till, [invoice], amount)
  return { invoice, fact, captureId, path: `/gestion/remboursements/nouveau?paiement=${fact.reference}` }
}
async function prepare(who: Visitor, path: string, fields: { readonly [name: string]: string }) {
  const page = await who.get(path)
  const cle = /name="cle" value="([^"]*)"/.exec(page.html)?.[1] ?? ''
  return who.post(path, { cle, motif: 'Semaine annulée', ...fields })
}
const idIn = (location: string | null) => /remboursements\/([0-9a-f-]{36})/.exec(location ?? '')?.[1] ?? ''
const asked = async (amount = '31,00') => {
  const payment = await paid(3_100)
  const answer = await prepare(nadia, payment.path, { origine: payment.invoice.id, montant: amount })
  return { ...payment, id: idIn(answer.location), path: `/gestion/remboursements/${idIn(answer.location)}` }
}
const kinds = async () =>
  (
    await db
      .selectFrom('staff_act')
      .select(['kind', 'staff_name'])
      .where('organisation_id', '=', till.organisationId)
      .where('kind', 'like', 'refund%')
      .execute()
  )
    .map((one) => `${one.kind} ${one.staff_name}`)
    .toSorted()

test('a second person approves, the bank gives the money back, and each step is told', async () => {
  const { path, fact } = await asked()
  expect((await nadia.get(path)).words).toContain('En attente d’un second accord')
  expect(await till.internal('refund_payable')).toBe(0)
  const seen = await marc.get(path)
  expect(seen.words).toContain('la facture')
  expect((await marc.post(`${path}/accord`, {})).location).toContain('note=approuve')
  expect(await till.internal('refund_payable')).toBe(-3_100)
  expect((await marc.get(path)).words).toContain('Approuvé, à rendre')
  await tell(db, till, { ...fact, operation: 'credit', bankTransaction: randomBytes(16).toString('hex') })
  expect((await marc.get(path)).words).toContain('Rendu par la banque, sur la carte')
  expect(await till.internal('refund_payable')).toBe(0)
  expect(await kinds()).toEqual(['refund.approved Marc Lefèvre', 'refund.prepared Nadia Lefèvre'])
})

test('who prepared a refund reads why they cannot approve it, on the page and by any other way', async () => {
  const { path } = await asked()
  const page = await nadia.get(path)
  expect(page.words).toContain('Vous avez préparé ce remboursement : une autre personne doit l’approuver.')
  expect(page.html).not.toContain('/accord"')
  const forced = await nadia.post(`${path}/accord`, {})
  expect([forced.status, await till.internal('refund_payable')]).toEqual([422, 0])
})

test('the database refuses one person’s two signatures, whoever writes', async () => {
  const { id } = await asked()
  const request = await db
    .selectFrom('refund_request')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const other = await asked('1,00')
  await marc.post(`${other.path}/accord`, {})
  const { refund_id } = await db
    .selectFrom('refund_decision')
    .select('refund_id')
    .where('request_id', '=', other.id)
    .executeTakeFirstOrThrow()
  const sign = (decided_by: string) =>
    db.transaction((tx) =>
      tx
        .insertInto('refund_decision')
        .values({
          organisation_id: till.organisationId,
          request_id: id,
          refund_id,
          decided_by,
          decided_name: 'Nadia',
          decided_at: till.services.clock.now(),
        })
        .execute(),
    )
  await expect(sign(request.prepared_by)).rejects.toThrow('needs a second person')
})

test('up to the unit’s threshold one person is enough', async () => {
  await db.transaction((tx) =>
    tx
      .updateTable('billing_unit')
      .set({ refund_threshold_cents: cents(2_000) })
      .where('id', '=', till.unitId)
      .execute(),
  )
  const small = await asked('20,00')
  expect((await nadia.post(`${small.path}/accord`, {})).location).toContain('note=approuve')
  const large = await asked('20,01')
  expect((await nadia.post(`${large.path}/accord`, {})).status).toBe(422)
})

test('when only one person may approve, the screen says so before the need arises', async () => {
  const own = await openTill(db)
  const alone = await staff('director', 'Nadia', own)
  expect((await alone.get('/gestion/remboursements')).words).toContain(
    'Vous êtes la seule personne à pouvoir approuver des remboursements ici.',
  )
  expect((await nadia.get('/gestion/remboursements')).words).not.toContain('la seule personne')
})

test.each([
  ['above what is left', { montant: '31,01' }, 'Au plus 31,00 €'],
  ['no amount', { montant: 'trop' }, 'Écrivez un montant comme 12,50.'],
  ['no reason', { motif: ' ' }, 'Dites en quelques mots pourquoi cette somme est rendue.'],
  ['no source', { origine: '' }, 'Choisissez d’où vient cet argent.'],
  ['credit that is not there', { origine: 'credit' }, 'Rien n’est remboursable ainsi'],
])('a request with %s says what to do and keeps what was typed', async (_, fields, sentence) => {
  const { path, invoice } = await paid(3_100)
  const answer = await prepare(nadia, path, { origine: invoice.id, montant: '31,00', ...fields })
  expect([answer.status, answer.words]).toEqual([422, expect.stringContaining(sentence)])
  expect(answer.html).toContain(`value="${'montant' in fields ? fields.montant : '31,00'}"`)
  expect(await kinds()).toEqual([])
})

test('two requests on one payment never ask for more than it, nor does a form sent twice', async () => {
  const { path, invoice } = await paid(3_100)
  const page = await nadia.get(path)
  const cle = /name="cle" value="([^"]*)"/.exec(page.html)?.[1] ?? ''
  const form = { cle, motif: 'Semaine annulée', origine: invoice.id, montant: '20,00' }
  const [first, second] = [await nadia.post(path, form), await nadia.post(path, form)]
  expect(idIn(first.location)).toBe(idIn(second.location))
  const more = await prepare(nadia, path, { origine: invoice.id, montant: '11,01' })
  expect(more.words).toContain('Au plus 11,00 €')
})

test('the approver sees what changed since, and what can no longer be done stays waiting', async () => {
  const { path, fact } = await asked()
  await tell(db, till, { ...fact, amount: cents(1_000) })
  expect((await marc.get(path)).words).toContain('ce qui est remboursable est passé de 31,00 € à 10,00 €')
  const answer = await marc.post(`${path}/accord`, {})
  expect([answer.status, answer.words]).toEqual([
    422,
    expect.stringContaining('Ce paiement n’a plus assez de remboursable'),
  ])
  expect((await marc.get(path)).words).toContain('En attente d’un second accord')
})

test('a refusal needs a reason, books nothing, and is told to who prepared', async () => {
  const { path } = await asked()
  expect((await marc.post(`${path}/refus`, { raison: '' })).status).toBe(422)
  await marc.post(`${path}/refus`, { raison: 'La semaine a eu lieu' })
  expect((await nadia.get(path)).words).toContain('Raison du refus La semaine a eu lieu')
  expect((await marc.post(`${path}/accord`, {})).location).toContain('note=deja')
  expect(await till.internal('refund_payable')).toBe(0)
})

test('an approved refund that the card cannot take is paid by a transfer, once', async () => {
  const { path } = await asked()
  await marc.post(`${path}/accord`, {})
  expect((await marc.post(`${path}/virement`, { virement: '' })).status).toBe(422)
  expect((await marc.post(`${path}/virement`, { virement: 'VIR 12' })).location).toContain('note=rendu')
  expect((await marc.get(path)).words).toContain('Rendu par virement VIR 12')
  expect([await till.internal('refund_payable'), await till.internal('bank')]).toEqual([0, -3_100])
})

test('a payment that nobody made is not found, and says so', async () => {
  const answer = await nadia.get('/gestion/remboursements/nouveau?paiement=2M9X-7QFK')
  expect([answer.status, answer.words]).toEqual([
    422,
    expect.stringContaining('Aucun paiement encaissé ne porte la référence « 2M9X-7QFK ».'),
  ])
})
