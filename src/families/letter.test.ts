import { expect, test } from 'vitest'
import { drawPdf } from '../documents/draw-pdf.ts'
import type { AdultId, LoginId, OrganisationId } from '../kernel/ids.ts'
import { activationLetter } from './letter.ts'

const HOLDER = {
  adultId: 'a' as AdultId,
  loginId: 'l' as LoginId,
  identifier: 'martin.claire',
  name: 'Claire MARTIN',
  email: null,
  activatedAt: null,
  familyKey: 'F1',
  familyName: 'MARTIN',
  address: '4 chemin du Lac',
  postalCode: '74200',
  city: 'Thonon-les-Bains',
}
const ORGANISATION = {
  id: 'o' as OrganisationId,
  slug: 'exemple',
  name: 'Association Les Tilleuls',
  siret: '90212345600011',
  address: '8 place du Marché, 74200 Thonon-les-Bains',
  phone: '04 50 00 00 00',
  email: 'factures@lestilleuls.example',
  openingHours: 'du lundi au vendredi',
  vatMention: '',
  dataContact: '',
}

test('a letter bears the address, the identifier, the link and until when it works', async () => {
  const url = 'https://portail.exemple.fr/activation/abc'
  const dates = { now: new Date('2012-04-12T16:44:00Z'), until: new Date('2012-04-19T16:44:00Z') }
  const letter = activationLetter(HOLDER, ORGANISATION, 'https://portail.exemple.fr', url, dates)
  expect(letter.addressee).toEqual(['Claire MARTIN', '4 chemin du Lac', '74200 Thonon-les-Bains'])
  const text = JSON.stringify(letter.blocks)
  for (const said of ['martin.claire', url, '19/04/2012', ORGANISATION.phone]) expect(text).toContain(said)
  expect((await drawPdf(letter)).subarray(0, 5).toString()).toBe('%PDF-')
})
