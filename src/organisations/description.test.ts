import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { projectFile } from '../platform/files.ts'
import { isSiret, readDescription } from './description.ts'

const example = (): Record<string, unknown> & {
  unites: Record<string, unknown>[]
  contrats: Record<string, unknown>[]
} => JSON.parse(readFileSync(projectFile('examples/organisation.json'), 'utf8'))

const problemsOf = (json: unknown): readonly string[] => {
  const read = readDescription(json)
  return read.ok ? [] : read.failure
}

test('the example is read whole', () => {
  const read = readDescription(example())
  expect(read).toMatchObject({
    ok: true,
    value: {
      slug: 'exemple',
      contracts: [{ shopNumber: '73239078', mode: 'TEST', secretFiles: { key: 'cle-test.txt' } }],
      units: [
        { code: 'THONON', mode: 'per_invoice', alertThreshold: 3_000, seriesSource: 'import' },
        { code: 'CCVS', mode: 'prepaid', minPayment: 100, maxPayment: 200_000 },
      ],
    },
  })
})

test('the REST interface of a contract has an address and the file of its password', () => {
  const json = example()
  const [contract = {}] = json.contrats
  Object.assign(contract, { rest: { adresse: 'https://api.systempay.fr/', fichierMotDePasse: 'rest.txt' } })
  expect(readDescription(json)).toMatchObject({
    value: {
      contracts: [
        { settings: { restUrl: 'https://api.systempay.fr' }, secretFiles: { restPassword: 'rest.txt' } },
      ],
    },
  })
  for (const adresse of [
    'http://api.systempay.fr',
    'https://api.systempay.fr/api-payment/V4',
    'https://a?b=c',
  ]) {
    Object.assign(contract, { rest: { adresse, fichierMotDePasse: 'rest.txt' } })
    expect(problemsOf(json).join()).toContain('en https et sans chemin')
  }
  Object.assign(contract, { rest: { adresse: 'api.systempay.fr' } })
  const problems = problemsOf(json)
  expect(problems).toHaveLength(2)
  expect(problems.join()).toContain('rest, adresse\u00A0: doit être l’adresse du service REST')
})

test('a contract of PayFiP has a number and no secret, and its mode says which payments are real', () => {
  const json = example()
  const regie = { code: 'principal', passerelle: 'payfip', banque: 'PayFiP', numcli: '090909', mode: 'TEST' }
  const read = (changes: Record<string, unknown> = {}) =>
    readDescription({ ...json, contrats: [{ ...regie, ...changes }] })
  expect(read()).toMatchObject({
    value: {
      contracts: [
        {
          gateway: 'payfip',
          shopNumber: '090909',
          host: 'www.payfip.gouv.fr',
          settings: { address: 'https://www.payfip.gouv.fr', saisie: 'T' },
          secretFiles: {},
        },
      ],
    },
  })
  const saisies = [read({ mode: 'PRODUCTION' }), read({ mode: 'PRODUCTION', saisie: 'X' })]
  expect(saisies).toMatchObject(
    ['W', 'X'].map((saisie) => ({ value: { contracts: [{ settings: { saisie } }] } })),
  )
  for (const [changes, said] of [
    [{ saisie: 'W' }, 'en mode TEST'],
    [{ mode: 'PRODUCTION', saisie: 'T' }, 'en mode PRODUCTION'],
    [{ saisie: 'M' }, 'doit valoir'],
    [{ numcli: '9090' }, '6 chiffres'],
    [{ adresse: 'http://www.payfip.gouv.fr' }, 'en https'],
    [{ fichierCle: 'cle.txt' }, 'ne connaît pas'],
  ] as const)
    expect(problemsOf({ ...json, contrats: [{ ...regie, ...changes }] }).join()).toContain(said)
})

test('a SIRET is fourteen digits that check one another', () => {
  expect(isSiret('90212345600011')).toBe(true)
  expect(isSiret('90212345600012')).toBe(false)
  expect(isSiret('9021234560001')).toBe(false)
})

test('every problem is told at once, with the path of its field', () => {
  const json = example()
  const [unit = {}] = json.unites
  Object.assign(json, { siret: '123', courriel: 'nulle part' })
  Object.assign(unit, { serie: 'th', seuilAlerte: 'trente' })
  delete json['nom']
  const problems = problemsOf(json)
  expect(problems).toHaveLength(5)
  for (const path of ['siret', 'courriel', 'nom', 'unites, n° 1, serie', 'unites, n° 1, seuilAlerte'])
    expect(problems.some((problem) => problem.startsWith(path))).toBe(true)
})

test.each([
  ['a word that is not known', { telephonne: '04' }, '«\u00A0telephonne\u00A0»'],
  ['a missing word', { nom: undefined }, 'nom\u00A0: manque.'],
  ['a word of another kind', { nom: 12 }, 'nom\u00A0: doit être un texte entre guillemets.'],
  ['an empty word', { nom: ' ' }, 'nom\u00A0: est vide.'],
  ['no unit at all', { unites: [] }, 'unites\u00A0: est vide.'],
])('%s is told', (_, change, sentence) => {
  expect(problemsOf(JSON.parse(JSON.stringify({ ...example(), ...change }))).join('\n')).toContain(sentence)
})

test.each([
  ['the reserved series', { serie: 'RAN' }, 'réservée'],
  ['a mode that is not known', { mode: 'abonnement' }, 'facture par facture'],
  ['a maximum below the minimum', { paiementMaximum: '0,50' }, 'paiementMinimum'],
  ['a contract that is not described', { contrat: 'autre' }, '«\u00A0autre\u00A0»'],
  ['two units of one series', { serie: 'CCV' }, 'deux fois'],
  ['a delay that is no number of hours', { delaiVisibiliteHeures: 1.5 }, 'nombre entier'],
])('%s is told', (_, change, sentence) => {
  const json = example()
  Object.assign(json.unites[0] ?? {}, change)
  expect(problemsOf(json).join('\n')).toContain(sentence)
})

test('one shop number is not in TEST and in PRODUCTION at once', () => {
  const json = example()
  json.contrats.push({ ...json.contrats[0], code: 'second', mode: 'PRODUCTION', fichierCle: 'autre.txt' })
  expect(problemsOf(json).join('\n')).toContain('73239078')
})

test('the choices of Systempay are read, and the wrong ones told', () => {
  const json = example()
  const [contract = {}] = json.contrats
  const choices = { signature: 'SHA-1', cartes: ['CB', 'VISA'], authentification: 'renforcée' }
  Object.assign(contract, { ...choices, fichierClePrecedente: 'ancienne.txt' })
  expect(readDescription(json)).toMatchObject({
    value: {
      contracts: [
        {
          gateway: 'systempay',
          host: 'paiement.systempay.fr',
          settings: { signature: 'SHA-1', cards: 'CB;VISA', threeDs: '3' },
          secretFiles: { previousKey: 'ancienne.txt' },
        },
      ],
    },
  })
  Object.assign(contract, { mode: 'PRODUCTION' })
  expect(problemsOf(json).join()).toContain('ne peut pas signer en SHA-1')
  Object.assign(contract, { cartes: ['carte bleue'], authentification: 'forte' })
  expect(problemsOf(json).join()).toMatch(/code d’un moyen de paiement.*allégée/)
  Object.assign(contract, { passerelle: 'autre' })
  expect(problemsOf(json).join()).toContain('passerelle')
})

test('the account for transfers is checked and kept without its spaces; without one there is none', () => {
  const json = example()
  const [unit = {}, other = {}] = json.unites
  delete other['virement']
  const virement = {
    titulaire: 'Les Tilleuls',
    iban: 'fr14 2004 1010 0505 0001 3M02 606',
    bic: 'psstfrpppar',
  }
  Object.assign(unit, { virement })
  const transfer = { beneficiary: 'Les Tilleuls', iban: 'FR1420041010050500013M02606', bic: 'PSSTFRPPPAR' }
  expect(readDescription(json)).toMatchObject({ value: { units: [{ transfer }, {}] } })
  Object.assign(unit, { virement: { ...virement, iban: 'FR14 2004 1010 0505 0001 3M02 607', bic: 'PSST' } })
  const problems = problemsOf(json)
  expect(problems.join()).toContain('virement, iban\u00A0: n’est pas un IBAN')
  expect(problems.join()).toContain('virement, bic\u00A0: n’est pas un BIC')
  expect(problems).toHaveLength(2)
})

test('a Stripe contract has its account, its key, the names of what families pay with', () => {
  const json = example()
  const stripe = {
    code: 'principal',
    passerelle: 'stripe',
    banque: 'Stripe',
    mode: 'TEST',
    compte: 'acct_1AbCdEf',
    fichierCle: 'cle.txt',
    fichierSecret: 'secret.txt',
    moyens: ['carte', 'prélèvement'],
  }
  Object.assign(json, { contrats: [stripe] })
  expect(readDescription(json)).toMatchObject({
    value: {
      contracts: [
        {
          gateway: 'stripe',
          host: 'api.stripe.com',
          shopNumber: 'acct_1AbCdEf',
          settings: { apiUrl: null, pageUrl: null, methods: 'card;sepa_debit' },
          secretFiles: { key: 'cle.txt', webhookSecret: 'secret.txt' },
        },
      ],
    },
  })
  Object.assign(json, { contrats: [{ ...stripe, compte: '12345678', api: 'http://api.stripe.com' }] })
  const problems = problemsOf(json)
  expect(problems.join()).toContain('l’identifiant du compte Stripe')
  expect(problems.join()).toContain('en https et sans chemin')
})
