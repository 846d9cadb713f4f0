// Refunds by transfer over HTTP: the account given and checked, the file, and what the bank makes of it.
import { beforeEach, expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { problemsOf } from '../../test/support/pain001-schema.ts'
import { payOnline } from '../../test/support/refunds.ts'
import { buildStaff } from '../../test/support/staff.ts'
import { type StatementEntry, statementXml } from '../../test/support/statement.ts'
import { openTill, type Till } from '../../test/support/till.ts'
import { type Visitor, visitor } from '../../test/support/visitor.ts'
import { payRefunds } from '../payments/refunds/pay-refunds.ts'
import { buildPortal } from '../portal.ts'
import type { Role } from '../staff/rights.ts'
import { importStatement } from '../transfers/import-statement.ts'

const db = await testDatabase()
const OURS = 'FR1420041010050500013M02606'
const THEIRS = 'FR76 3000 6000 0112 3456 7890 189'
const OTHER = 'DE89 3704 0044 0532 0130 00'
const FILES = '/gestion/remboursements/virements'
let till: Till
let nadia: Visitor
let marc: Visitor
let family: Visitor

beforeEach(async () => {
  till = await openTill(db, { transfer: { beneficiary: 'ifac Thonon', iban: OURS, bic: 'PSSTFRPPPAR' } })
  // Each test has an account of its own: a statement finds its organisation by it.
  await db.pool.query(
    'update billing_unit set transfer_iban = null, transfer_beneficiary = null, transfer_bic = null where id <> $1',
    [till.unitId],
  )
  nadia = await staff('director', 'Nadia')
  marc = await staff('accountant', 'Marc')
  family = visitor(await buildPortal(till.services, till.shops), till.services)
  await family.signIn(till.actor.loginId)
})

async function staff(role: Role, firstName: string): Promise<Visitor> {
  const who = visitor(await buildPortal(till.services, till.shops), till.services)
  const names = { firstName, lastName: 'Lefèvre' }
  await who.signInStaff((await buildStaff(db, till.organisationId, [role], {}, names)).staffId)
  return who
}

/** A refund prepared by Nadia, by transfer to this account; gives its page. */
async function prepared(amount = '12,00', account: { [name: string]: string } = {}) {
  till.services.clock.advance(1_000)
  const invoice = await till.issue(3_100)
  const { fact } = await payOnline(db, till, [invoice], 3_100)
  const path = `/gestion/remboursements/nouveau?paiement=${fact.reference}`
  const page = await nadia.get(path)
  const cle = /name="cle" value="([^"]*)"/.exec(page.html)?.[1] ?? ''
  const answer = await nadia.post(path, {
    cle,
    origine: invoice.id,
    montant: amount,
    motif: 'Semaine annulée',
    retour: 'virement',
    titulaire: 'Claire Martin',
    iban: THEIRS,
    ...account,
  })
  return { answer, path: (answer.location ?? '').replace(/\?.*/, '') }
}
async function approve(who: Visitor, path: string) {
  const page = await who.get(path)
  const compte = /name="compte" value="([^"]*)"/.exec(page.html)?.[1] ?? ''
  return who.post(`${path}/accord`, { compte })
}
const chosenIn = (html: string) =>
  [...html.matchAll(/name="remboursement" value="([^"]*)"/g)].map((one) => one[1] ?? '')
async function makeFile(who = marc) {
  const page = await who.get(FILES)
  const answer = await who.post(FILES, { remboursement: chosenIn(page.html), jour: '12/04/2012' })
  return { answer, path: (answer.location ?? '').replace(/\?.*/, '') }
}
/** A refund of 12,00 € in a file that Marc downloaded. */
async function sent() {
  const { path } = await prepared()
  await approve(marc, path)
  const file = await makeFile()
  const xml = (await marc.post(`${file.path}/fichier`, {})).html
  const endToEnd = /<EndToEndId>([^<]*)</.exec(xml)?.[1] ?? ''
  const batch = /<PmtInfId>([^<]*)</.exec(xml)?.[1] ?? ''
  return { path, file: file.path, xml, endToEnd, batch }
}
const statement = (...entries: StatementEntry[]) =>
  importStatement(till.services, Buffer.from(statementXml(OURS, entries)))
const debit = (endToEnd: string, amount = '12.00'): StatementEntry => ({
  amount,
  direction: 'DBIT',
  endToEnd,
})
const owed = async () => [await till.internal('refund_payable'), await till.internal('bank')]

test('a refund by transfer goes from its preparation to the family’s account, each step told to the family', async () => {
  const { path } = await prepared()
  expect((await family.get('/remboursements')).words).toMatch(
    /Remboursement de 12,00 € .*Demandé le 12\/04\/2012/,
  )
  expect((await approve(marc, path)).location).toContain('note=approuve')
  expect((await family.get('/remboursements')).words).toContain('Approuvé le 12/04/2012')
  // No bank is asked to give it back on the card.
  expect(await payRefunds(till.services)).toEqual({ answered: 0, unsure: 0 })
  const file = await makeFile()
  expect(file.answer.location).toContain('note=pret')
  expect((await marc.get(path)).words).toContain('Envoyé à la banque')
  expect((await family.get('/remboursements')).words).toContain(
    'Envoyé à la banque le 12/04/2012 vers le compte FR76 •••• 0189',
  )
  const { html: xml } = await marc.post(`${file.path}/fichier`, {})
  expect(problemsOf(xml)).toEqual([])
  expect(xml).toContain('<IBAN>FR7630006000011234567890189</IBAN>')
  const endToEnd = /<EndToEndId>([^<]*)</.exec(xml)?.[1] ?? ''
  expect(await statement(debit(endToEnd))).toMatchObject({ value: { ours: 1 } })
  expect(await owed()).toEqual([0, -1_200])
  expect((await marc.get(file.path)).words).toContain('Exécuté le 11/04/2012')
  expect((await marc.get(path)).words).toContain('Rendu')
  expect((await family.get('/remboursements')).words).toContain('Viré sur votre compte le 11/04/2012')
})

test('the same statement twice, and the same debit in another, book it once', async () => {
  const { endToEnd } = await sent()
  await statement(debit(endToEnd))
  await statement(debit(endToEnd))
  await statement(debit(endToEnd), { amount: '5.00', direction: 'DBIT' })
  expect(await owed()).toEqual([0, -1_200])
})

test('a batch that the bank books as one debit pays all its refunds, for its exact total only', async () => {
  const two = [await prepared('12,00'), await prepared('8,50')]
  for (const { path } of two) await approve(marc, path)
  const { path } = await makeFile()
  const { html: xml } = await marc.post(`${path}/fichier`, {})
  const batch = /<PmtInfId>([^<]*)</.exec(xml)?.[1] ?? ''
  await statement({ amount: '12.00', direction: 'DBIT', batch })
  expect(await owed()).toEqual([-2_050, 0])
  expect(await till.tasks()).toEqual(['payout-unexpected'])
  await statement({ amount: '20.50', direction: 'DBIT', batch })
  expect(await owed()).toEqual([0, -2_050])
})

test('a transfer that comes back is the family’s credit again, with a task, and may be refunded anew', async () => {
  const { path, endToEnd } = await sent()
  const back = { amount: '12.00', endToEnd, more: '<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>' }
  await statement(debit(endToEnd))
  await statement(back)
  await statement(back)
  expect([await owed(), await till.credit()]).toEqual([[0, 0], 1_200])
  expect(await till.tasks()).toEqual(['payout-returned'])
  expect((await family.get('/remboursements')).words).toContain('Le virement n’a pas abouti (11/04/2012)')
  expect((await marc.get(path)).words).toContain('Refusé')
})

test('a transfer that comes back before its debit was read is booked both ways', async () => {
  const { endToEnd } = await sent()
  await statement({ amount: '12.00', endToEnd, more: '<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>' })
  await statement(debit(endToEnd))
  expect([await owed(), await till.credit()]).toEqual([[0, 0], 1_200])
})

test('a transfer that the bank refused before it left is the family’s credit again, once, with a reason', async () => {
  const { file, endToEnd } = await sent()
  expect((await marc.post(`${file}/refus`, { virement: endToEnd, raison: '' })).words).toContain(
    'Écrivez ce que dit la banque.',
  )
  expect((await marc.post(`${file}/refus`, { virement: endToEnd, raison: 'AC04' })).location).toContain(
    'note=refuse',
  )
  expect((await marc.post(`${file}/refus`, { virement: endToEnd, raison: 'AC04' })).words).toContain(
    'Ce virement est déjà exécuté, ou déjà refusé',
  )
  expect([await owed(), await till.credit()]).toEqual([[0, 0], 1_200])
})

test('a file downloaded twice has the same bytes, and says by whom and when it was first', async () => {
  const { file, xml } = await sent()
  till.services.clock.advance(300_000)
  const again = await nadia.get(file)
  expect(again.words).toContain('Ce fichier a déjà été téléchargé par Marc Lefèvre, le 12/04/2012')
  const answer = await nadia.post(`${file}/fichier`, {})
  expect(answer.html).toBe(xml)
  expect(answer.headers.get('content-disposition')).toContain('virements-2012-04-12-PREAU')
  const acts = await db
    .selectFrom('staff_act')
    .select('staff_name')
    .where('organisation_id', '=', till.organisationId)
    .where('kind', '=', 'transfer-file.downloaded')
    .execute()
  expect(acts.map((one) => one.staff_name)).toEqual(['Marc Lefèvre', 'Nadia Lefèvre'])
  till.services.clock.advance(660_000)
  expect((await nadia.post(`${file}/fichier`, {})).location).toContain('/gestion/confirmation')
})

test('a refund enters one file only, whoever posts, and a file is never changed', async () => {
  const { path } = await prepared()
  await approve(marc, path)
  const refundIds = chosenIn((await marc.get(FILES)).html)
  const asked = { remboursement: refundIds, jour: '12/04/2012' }
  expect((await marc.post(FILES, asked)).status).toBe(303)
  const again = await marc.post(FILES, asked)
  expect([again.status, again.words]).toEqual([422, expect.stringContaining('rien n’a été préparé')])
  await expect(db.pool.query('update transfer_file set total_cents = 1')).rejects.toThrow('append-only')
  const settled = await marc.post(`${path}/virement`, { virement: 'VIR 12' })
  expect(settled.location).toContain('note=deja')
  expect(await owed()).toEqual([-1_200, 0])
})

test.each([
  ['an IBAN whose key is wrong', { iban: 'FR76 3000 6000 0112 3456 7890 188' }, 'Cet IBAN n’est pas valable'],
  ['our own IBAN', { iban: OURS }, 'Cet IBAN est celui de l’association'],
  ['no holder', { titulaire: ' ' }, 'Écrivez le nom du titulaire du compte.'],
])('%s is refused with a sentence, and nothing is prepared', async (_, account, sentence) => {
  const { answer } = await prepared('12,00', account)
  expect([answer.status, answer.words]).toEqual([422, expect.stringContaining(sentence)])
  const kept = await db
    .selectFrom('refund_request')
    .select('id')
    .where('organisation_id', '=', till.organisationId)
    .execute()
  expect(kept).toEqual([])
})

test('another IBAN than last time is an alarm for who approves', async () => {
  await prepared()
  const { path } = await prepared('8,00', { iban: OTHER })
  expect((await marc.get(path)).words).toContain(
    'L’IBAN de cette famille a changé. Le précédent : FR76 •••• 0189',
  )
  const same = await prepared('5,00', { iban: OTHER })
  expect((await marc.get(same.path)).words).not.toContain('L’IBAN de cette famille a changé')
})

test('an IBAN changed while the approver reads is not approved', async () => {
  const { path } = await prepared()
  const compte = /name="compte" value="([^"]*)"/.exec((await marc.get(path)).html)?.[1] ?? ''
  till.services.clock.advance(1_000)
  await nadia.post(`${path}/iban`, { titulaire: 'Claire Martin', iban: OTHER })
  const answer = await marc.post(`${path}/accord`, { compte })
  expect([answer.status, answer.words]).toEqual([422, expect.stringContaining('L’IBAN a changé')])
  expect(await owed()).toEqual([0, 0])
})

test('an IBAN given after the approval waits for a second person before money leaves', async () => {
  const { path } = await prepared()
  await approve(marc, path)
  till.services.clock.advance(1_000)
  expect((await nadia.post(`${path}/iban`, { titulaire: 'Claire Martin', iban: OTHER })).status).toBe(303)
  expect((await makeFile()).answer.words).toContain('Cochez au moins un remboursement')
  const page = await nadia.get(path)
  expect(page.words).toContain('Vous avez donné cet IBAN')
  const account = await db
    .selectFrom('payout_account')
    .select('id')
    .where('organisation_id', '=', till.organisationId)
    .orderBy('given_at', 'desc')
    .executeTakeFirstOrThrow()
  const forced = await nadia.post(`${path}/iban/verification`, { compte: account.id })
  expect([forced.status, forced.words]).toEqual([422, expect.stringContaining('Vous avez donné cet IBAN')])
  await marc.get(path)
  expect((await marc.post(`${path}/iban/verification`, { compte: account.id })).location).toContain(
    'note=verifie',
  )
  expect((await makeFile()).answer.status).toBe(303)
})

test('the database keeps no account number in clear, and refuses one person’s two signatures', async () => {
  const { path } = await prepared()
  const dump = await db.pool.query<{ text: string }>(
    'select to_jsonb(a)::text as text, a.id, a.given_by from payout_account a where organisation_id = $1',
    [till.organisationId],
  )
  expect(dump.rows.map(({ text }) => text).join()).not.toContain('30006000011234567890189')
  const sign = db.pool.query(
    `insert into payout_account_check select organisation_id, id, given_by, 'Nadia', now()
     from payout_account where organisation_id = $1`,
    [till.organisationId],
  )
  await expect(sign).rejects.toThrow('needs a second person')
  expect((await marc.get(path)).words).not.toContain('3000 6000')
})

test('a bad day of execution keeps what was ticked', async () => {
  const { path } = await prepared()
  await approve(marc, path)
  const [refundId = ''] = chosenIn((await marc.get(FILES)).html)
  const answer = await marc.post(FILES, { remboursement: refundId, jour: '11/04/2012' })
  expect([answer.status, answer.words]).toEqual([422, expect.stringContaining('Choisissez un jour')])
  expect(answer.html).toMatch(new RegExp(`value="${refundId}"[^>]*checked|checked[^>]*value="${refundId}"`))
})
