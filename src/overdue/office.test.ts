// Overdue families over HTTP: the list, its file, reminders, debts given up.
import { beforeEach, expect, test } from 'vitest'
import { buildInvoice } from '../../test/support/account.ts'
import { buildFamily, buildLogin, buildUnit } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { TEST_NOW } from '../../test/support/services.ts'
import { buildStaff } from '../../test/support/staff.ts'
import { openTill, type Till } from '../../test/support/till.ts'
import { type Visitor, visitor } from '../../test/support/visitor.ts'
import { runDueJobs } from '../jobs/run-jobs.ts'
import { DAY_MS, type Day, day, later } from '../kernel/dates.ts'
import type { FamilyId } from '../kernel/ids.ts'
import { buildPortal } from '../portal.ts'
import type { Place } from '../staff/member-store.ts'
import type { Role } from '../staff/rights.ts'
import { jobHandlers, timedHandlers } from '../work.ts'

const db = await testDatabase()
let till: Till
let app: Awaited<ReturnType<typeof buildPortal>>
let unit: Awaited<ReturnType<typeof buildUnit>>
let numbers = 0

beforeEach(async () => {
  till = await openTill(db, { now: TEST_NOW })
  app = await buildPortal(till.services)
  unit = await buildUnit(db, till.organisationId, { name: 'CCVS' })
})

const signIn = async (role: Role, place: Place = {}): Promise<Visitor> => {
  const who = visitor(app, till.services)
  await who.signInStaff((await buildStaff(db, till.organisationId, [role], place)).staffId)
  return who
}
/** An invoice of another family at the second unit, with this deadline. */
const owe = async (familyId: FamilyId, amount: number, dueOn: Day): Promise<string> => {
  const number = `${unit.series}${String((numbers += 1)).padStart(6, '0')}`
  const whose = { organisationId: till.organisationId, familyId, unit }
  await buildInvoice(db, whose, number, amount, { dueOn, visibleAt: new Date('2011-01-01T00:00:00Z') })
  return number
}
const familyOf = async (name: string) => {
  const { familyId } = await buildFamily(db, till.organisationId, { name })
  return familyId
}

test('debts are counted by age, today being late for none that is due today', async () => {
  const family = await familyOf('DUPONT')
  await owe(family, 1_000, day('2012-04-12'))
  await owe(family, 2_000, day('2012-04-11'))
  await owe(family, 3_000, day('2012-03-13'))
  await owe(family, 4_000, day('2012-03-12'))
  await owe(family, 5_000, day('2012-01-13'))
  await owe(family, 6_000, day('2012-01-12'))
  const who = await signIn('cashier')
  const { words } = await who.get('/gestion/impayes')
  expect(words).toContain('30 jours au plus 50,00 € 2 factures')
  expect(words).toContain('31 à 60 jours 40,00 € 1 facture')
  expect(words).toContain('61 à 90 jours 50,00 € 1 facture')
  expect(words).toContain('plus de 90 jours 60,00 € 1 facture')
  expect(words).toContain('Toutes les anciennetés 200,00 € 5 factures')
  // What is due today is owed, not overdue.
  expect(words).toContain('200,00 € 210,00 €')
  const old = await who.get('/gestion/impayes?age=91')
  expect(old.words).toContain('60,00 € 210,00 €')
})

test('pages follow one another without a gap, in both orders', async () => {
  const owed = new Map<string, number>()
  for (let one = 0; one < 53; one += 1) {
    const name = `F${String(one).padStart(2, '0')}X`
    owed.set(name, 1_000 + (one % 7) * 100)
    await owe(
      await familyOf(name),
      1_000 + (one % 7) * 100,
      day(`2012-03-${String(1 + (one % 20)).padStart(2, '0')}`),
    )
  }
  const who = await signIn('cashier')
  for (const sort of ['age', 'montant']) {
    const first = await who.get(`/gestion/impayes?tri=${sort}`)
    const next = /rel="next" href="([^"]*)"/.exec(first.html)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const second = await who.get(next)
    const seen = [...(first.words + second.words).matchAll(/Choisir la famille (F\d\dX)/g)].map(
      ([, name]) => name ?? '',
    )
    expect(seen.toSorted()).toEqual([...owed.keys()].toSorted())
    if (sort === 'montant') {
      const amounts = seen.map((name) => owed.get(name) ?? 0)
      expect(amounts).toEqual(amounts.toSorted((a, b) => b - a))
    }
    expect(second.html).not.toContain('rel="next"')
  }
})

test('filters narrow the list and its totals alike, and a bad amount says what to type', async () => {
  await owe(await familyOf('PETIT'), 1_000, day('2012-04-01'))
  await owe(await familyOf('GRAND'), 9_000, day('2012-04-01'))
  await till.issue(700)
  const who = await signIn('cashier')
  const heavy = await who.get(`/gestion/impayes?minimum=50&unite=${unit.unitId}`)
  expect([heavy.words.includes('GRAND'), heavy.words.includes('PETIT')]).toEqual([true, false])
  expect(heavy.words).toContain('Toutes les anciennetés 90,00 € 1 facture')
  expect((await who.get('/gestion/impayes?mode=prepaid')).words).toContain('Aucun impayé ne correspond.')
  const bad = await who.get('/gestion/impayes?minimum=beaucoup')
  expect([bad.status, bad.words]).toEqual([422, expect.stringContaining('Écrivez un montant comme 74,50.')])
  expect(bad.html).toContain('value="beaucoup"')
})

test('who holds one establishment sees its debts alone', async () => {
  await owe(await familyOf('DUPONT'), 1_000, day('2012-04-01'))
  await till.issue(700)
  const director = await signIn('director', { establishmentId: unit.establishmentId })
  const { words } = await director.get('/gestion/impayes')
  expect([words.includes('DUPONT'), words.includes('MARTIN')]).toEqual([true, false])
  expect(words).toContain('Toutes les anciennetés 10,00 € 1 facture')
})

test('the file has every invoice of the filter, for who just proved who they are, and is in the journal', async () => {
  await owe(await familyOf('DUPONT'), 123_456, day('2012-03-01'))
  await owe(await familyOf('=PIRATE'), 1_000, day('2012-04-01'))
  const who = await signIn('accountant')
  const file = await who.get('/gestion/impayes.csv?age=31-60')
  expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  const lines = file.html.trimEnd().split('\r\n')
  expect(lines).toHaveLength(2)
  expect(lines[1]).toContain('DUPONT;CCVS;CCVS;')
  expect(lines[1]).toContain(';01/03/2012;42;1234,56;1234,56')
  expect((await who.get('/gestion/impayes.csv')).html).toContain("'=PIRATE")
  const acts = db.selectFrom('staff_act').select('kind').where('organisation_id', '=', till.organisationId)
  expect(await acts.where('kind', '=', 'debts.exported').execute()).toHaveLength(2)
  till.services.clock.advance(11 * 60_000)
  expect((await who.get('/gestion/impayes.csv')).location).toContain('/gestion/confirmation')
})

test('a reminder is shown, then sent once, then left alone for two weeks', async () => {
  await till.issue(3_100)
  const held = await till.issue(2_000)
  const chosen = `${till.familyId}.${till.unitId}`
  await till.send(await till.start([held]), 2_000)
  const who = await signIn('cashier')
  const preview = await who.get(`/gestion/impayes/relances?choix=coches&f=${chosen}`)
  expect(preview.words).toContain('1 famille recevra la relance')
  expect(preview.words).toContain('Une facture attend votre règlement')
  expect(preview.words).not.toContain(held.number)
  const round = /name="tour" value="([^"]*)"/.exec(preview.html)?.[1] ?? ''
  const form = { tour: round, f: chosen }
  expect((await who.post('/gestion/impayes/relances', form)).location).toContain(`tour=${round}`)
  await who.post('/gestion/impayes/relances', form)
  await runDueJobs(db.connection, jobHandlers(till.services), timedHandlers(till.services))
  expect(till.services.sent.map(({ subject }) => subject)).toEqual(['Une facture attend votre règlement'])
  expect(till.services.sent[0]?.text).not.toContain('31,00')
  const report = await who.get(`/gestion/impayes/relances?tour=${round}`)
  expect(report.words).toContain('1 relance planifiée, 0 écartée')
  const again = await who.get(`/gestion/impayes/relances?f=${chosen}`)
  expect(again.words).toContain('déjà relancée il y a moins de 14 jours')
  expect(again.html).not.toContain('name="tour"')
  till.services.clock.set(later(TEST_NOW, 15 * DAY_MS))
  const next = await signIn('cashier')
  expect((await next.get(`/gestion/impayes/relances?f=${chosen}`)).words).toContain('1 famille recevra')
})

test('nothing leaves for what was paid meanwhile, nor for who is out of reach or has no address', async () => {
  await till.issue(3_100)
  const lonely = await familyOf('SEUL')
  await owe(lonely, 1_000, day('2012-04-01'))
  const both = `f=${till.familyId}.${till.unitId}&f=${lonely}.${unit.unitId}`
  const who = await signIn('cashier')
  const preview = await who.get(`/gestion/impayes/relances?${both}`)
  expect(preview.words).toContain('1 famille recevra la relance, 1 famille ne recevra rien')
  expect(preview.words).toContain('aucune adresse de courriel')
  const stranger = await signIn('cashier', { unitId: unit.unitId })
  const round = /name="tour" value="([^"]*)"/.exec(preview.html)?.[1] ?? ''
  await stranger.get('/gestion/impayes')
  await stranger.post('/gestion/impayes/relances', { tour: round, f: `${till.familyId}.${till.unitId}` })
  expect(
    await db.selectFrom('mail').select('id').where('organisation_id', '=', till.organisationId).execute(),
  ).toEqual([])
  await who.post('/gestion/impayes/relances', { tour: round, f: `${till.familyId}.${till.unitId}` })
  await till.give(3_100)
  await till.settle()
  await runDueJobs(db.connection, jobHandlers(till.services), timedHandlers(till.services))
  expect(till.services.sent).toEqual([])
})

test('a debt is given up by two people, and by no one alone', async () => {
  const family = await familyOf('DUPONT')
  await buildLogin(db, till.organisationId, family)
  const number = await owe(family, 5_000, day('2012-01-01'))
  const [first, second] = [await signIn('director'), await signIn('accountant')]
  const page = await first.get(`/gestion/impayes/non-valeurs?facture=${number}`)
  const key = /name="cle" value="([^"]*)"/.exec(page.html)?.[1] ?? ''
  const form = { geste: 'proposer', facture: number, cle: key, somme: '50,00', motif: 'Partie sans adresse' }
  const above = await first.post('/gestion/impayes/non-valeurs', { ...form, somme: '50,01' })
  expect([above.status, above.words]).toEqual([422, expect.stringContaining('au plus ce qui reste dû')])
  expect((await first.post('/gestion/impayes/non-valeurs', form)).location).toContain('note=proposee')
  expect((await second.get('/gestion')).words).toContain('Admissions en non-valeur à décider 1 50,00 €')
  const waiting = db
    .selectFrom('write_off_request')
    .select('id')
    .where('organisation_id', '=', till.organisationId)
  const { id } = await waiting.executeTakeFirstOrThrow()
  const accept = { geste: 'accepter', proposition: id }
  const alone = await first.post('/gestion/impayes/non-valeurs', accept)
  expect([alone.status, alone.words]).toEqual([
    422,
    expect.stringContaining('une autre personne doit décider'),
  ])
  const due = () =>
    db.selectFrom('debt').select('cents').where('organisation_id', '=', till.organisationId).execute()
  expect(await due()).toEqual([{ cents: 5_000 }])
  await second.get('/gestion/impayes/non-valeurs')
  expect((await second.post('/gestion/impayes/non-valeurs', accept)).location).toContain('note=acceptee')
  expect(await due()).toEqual([])
  const twice = await second.post('/gestion/impayes/non-valeurs', accept)
  expect(twice.words).toContain('Quelqu’un d’autre vient de décider')
})
