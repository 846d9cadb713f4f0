import { expect, test } from 'vitest'
import type { BillingUnitId, EstablishmentId, FamilyId, OrganisationId } from '../kernel/ids.ts'
import { day } from '../kernel/dates.ts'
import { cents } from '../kernel/money.ts'
import { freezeContent } from './content.ts'

const organisationId = 'o' as OrganisationId
const seller = {
  id: organisationId,
  slug: 'ifac',
  name: 'ifac',
  siret: '12345678900012',
  address: '12 place',
  phone: '01',
  email: 's@o.example',
  openingHours: '9 h',
  vatMention: 'Exonération',
  dataContact: 'd@o.example',
}
const establishment = {
  id: 'e' as EstablishmentId,
  billingUnitId: 'u' as BillingUnitId,
  code: 'THONON',
  name: 'Thonon',
  address: '3 rue',
  phone: '02',
}
const payer = { name: 'MARTIN', address: '4 chemin', postalCode: '74200', city: 'Thonon' }
const unit = { otherMeans: 'Chèque', transfer: undefined }
const invoice = {
  organisationId,
  billingUnitId: 'u' as BillingUnitId,
  establishmentId: 'e' as EstablishmentId,
  familyId: 'f' as FamilyId,
  number: 'TH002048',
  externalKey: 'K1',
  purpose: 'sale' as const,
  issuedOn: day('2012-04-02'),
  visibleAt: new Date(0),
  dueOn: undefined,
  period: undefined,
  beneficiary: 'MARTIN Léo',
  activity: 'Mercredis',
  referent: 'MARTIN Claire',
  total: cents(100),
  lines: [],
}

test('what is absent is frozen as absent, and nothing internal is frozen', () => {
  const frozen = freezeContent(invoice, seller, establishment, payer, unit)
  expect(frozen).toMatchObject({ dueOn: null, period: null, lines: [], otherMeans: 'Chèque', payer })
  expect(JSON.stringify(frozen)).not.toMatch(/organisationId|dataContact|externalKey|K1|familyId/)
})

test('the same invoice is frozen in the same words', () => {
  const freeze = () => JSON.stringify(freezeContent(invoice, seller, establishment, payer, unit))
  expect(freeze()).toBe(freeze())
})

test('the account for transfers is frozen with its invoice, and nothing where there is none', () => {
  const transfer = { beneficiary: 'ifac', iban: 'FR1420041010050500013M02606', bic: 'PSSTFRPPPAR' }
  const frozen = freezeContent(invoice, seller, establishment, payer, { ...unit, transfer })
  expect(frozen.transfer).toEqual(transfer)
  expect(JSON.stringify(freezeContent(invoice, seller, establishment, payer, unit))).not.toContain('transfer')
})
