// Writes examples/familles-200.csv: 200 invented families for the demonstration's two billing units.
// The same seed gives the same file: node examples/generate-sample.ts
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { columnsOf, KINDS } from '../src/import/format.ts'
import { present } from '../src/kernel/assert.ts'

const FAMILIES = 200
const SEED = 2012_0412

/** A small generator of its own (mulberry32): the standard one cannot be seeded. */
let state = SEED
function random(): number {
  state = (state + 0x6d2b79f5) | 0
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
}
const whole = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1))
const pick = <T>(list: readonly T[]): T => present(list[whole(0, list.length - 1)], 'an empty list')
const chance = (share: number): boolean => random() < share

const NAMES =
  'BERNARD DUBOIS THOMAS ROBERT RICHARD DURAND LEROY MOREAU SIMON LAURENT LEFEBVRE MICHEL GARCIA DAVID BERTRAND ROUX VINCENT FOURNIER MOREL GIRARD ANDRÉ LEFÈVRE MERCIER DUPONT LAMBERT BONNET FRANÇOIS MARTINEZ LEGRAND GARNIER FAURE ROUSSEAU BLANC GUÉRIN MULLER HENRY ROUSSEL NICOLAS PERRIN MORIN MATHIEU CLÉMENT GAUTHIER DUMONT LOPEZ FONTAINE CHEVALIER ROBIN MASSON SANCHEZ GÉRARD NGUYEN BOYER DENIS LEMAIRE DUVAL JOLY GAUTIER ROGER ROCHE ROY NOËL MEYER LUCAS MEUNIER JEAN PEREZ MARCHAND DUFOUR BLANCHARD MARIE BARBIER BRUN DUMAS BRUNET SCHMITT LEROUX COLAS FERNANDEZ PIERRE RENARD ARNAUD ROLLAND CARON AUBERT GIRAUD LECLERC VIDAL BOURGEOIS RENAUD LEMOINE PICARD GAILLARD PHILIPPE LECLERCQ LACROIX FABRE DUPUIS OLIVIER RODRIGUEZ TRAORÉ BENALI KONATÉ YILMAZ PEREIRA KOWALSKI'.split(
    ' ',
  )
const WOMEN =
  'Camille Julie Sophie Nadia Aurélie Émilie Céline Sandrine Stéphanie Fatima Hélène Isabelle Laure Marion Anaïs Delphine'.split(
    ' ',
  )
const MEN =
  'Nicolas Julien Karim Sébastien Frédéric Olivier David Mehdi Laurent François Guillaume Benoît Thierry Jérôme Rémi Cédric'.split(
    ' ',
  )
const CHILDREN =
  'Emma Lucas Chloé Hugo Inès Nathan Manon Enzo Jade Louis Lina Théo Sarah Adam Zoé Raphaël Léna Maël Clara Ethan Eva Tom Alice Noah'.split(
    ' ',
  )
const STREETS = [
  'rue des Écoles',
  'chemin du Lac',
  'avenue de la Gare',
  'rue de l’Église',
  'allée des Tilleuls',
  'impasse du Moulin',
]

/** The two units of the demonstration: what a day costs there, and where families live. */
const UNITS = [
  {
    code: 'THONON',
    establishment: 'THONON',
    series: 'TH',
    postalCode: '74200',
    town: 'Thonon-les-Bains',
    activity: 'Mercredis',
    label: 'Mercredi, journée avec repas',
    half: 'Mercredi, demi-journée',
  },
  {
    code: 'CCVS',
    establishment: 'MEZY',
    series: 'CCV',
    postalCode: '78250',
    town: 'Mézy-sur-Seine',
    activity: 'Vacances',
    label: 'Vacances, journée avec repas',
    half: 'Vacances, demi-journée',
  },
] as const
type Unit = (typeof UNITS)[number]

/** Days of invoice, with the month each is for: TH1 and CCV1 are never used by the demonstration itself. */
const MONTHS = [
  { issued: '05/02/2012', from: '01/01/2012', to: '31/01/2012', due: '29/02/2012', month: '01/2012' },
  { issued: '05/03/2012', from: '01/02/2012', to: '29/02/2012', due: '31/03/2012', month: '02/2012' },
  { issued: '05/04/2012', from: '01/03/2012', to: '31/03/2012', due: '30/04/2012', month: '03/2012' },
] as const
const METHODS = ['chèque', 'espèces', 'virement', 'CESU', 'ANCV'] as const

const lines: string[] = []
const write = (cells: readonly string[]): void => {
  lines.push(cells.map((cell) => (/[;"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(';'))
}
const euros = (amount: number): string => (amount / 100).toFixed(2).replace('.', ',')
const padded = (value: number, digits: number): string => String(value).padStart(digits, '0')
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/[^A-Za-z]/g, '')
    .toLowerCase()

let invoiceCount = 0

type Child = { readonly key: string; readonly name: string }

function writeFamily(number: number): void {
  const key = `F${padded(number, 4)}`
  const unit = UNITS[chance(0.7) ? 0 : 1] ?? UNITS[0]
  const name = pick(NAMES)
  const address = `${whole(1, 60)} ${pick(STREETS)}`
  write(['famille', key, name, address, unit.postalCode, unit.town, unit.code])
  const adults = writeAdults(key, name, number)
  const children: Child[] = []
  for (let index = 0; index < pick([1, 1, 2, 2, 2, 3]); index += 1) {
    const first = pick(CHILDREN.filter((one) => !children.some((child) => child.name === `${name} ${one}`)))
    const child = { key: `${key}-E${index + 1}`, name: `${name} ${first}` }
    children.push(child)
    const born = `${padded(whole(1, 28), 2)}/${padded(whole(1, 12), 2)}/${whole(2001, 2008)}`
    write(['enfant', child.key, key, first, name, born])
  }
  const months = chance(0.1) ? [] : chance(0.3) ? MONTHS : MONTHS.slice(1)
  for (const month of months) writeInvoice(key, unit, adults, children, month)
  if (chance(0.06)) write(['solde', `${key}-S`, unit.code, key, '31/12/2011', euros(whole(5, 40) * 100)])
  else if (chance(0.05))
    write(['solde', `${key}-S`, unit.code, key, '31/12/2011', `-${euros(whole(5, 60) * 100)}`])
}

/** One or two adults; one family in twelve has no mail address. Gives the first payer's name. */
function writeAdults(family: string, name: string, number: number): string {
  const pair = chance(0.6) ? [pick(WOMEN), pick(MEN)] : [pick(chance(0.7) ? WOMEN : MEN)]
  const mail = !chance(1 / 12)
  pair.forEach((first, index) => {
    const email = mail ? `${plain(first)}.${plain(name)}${number}@courriel.example` : ''
    const mobile = `06 99 ${padded(whole(0, 99), 2)} ${padded(whole(0, 99), 2)} ${padded(whole(0, 99), 2)}`
    const role = index === 0 || chance(0.8) ? 'payeur' : 'lecteur'
    write(['adulte', `${family}-A${index + 1}`, family, role, first, name, email, mobile])
  })
  return `${name} ${pair[0] ?? ''}`
}

function writeInvoice(
  family: string,
  unit: Unit,
  payer: string,
  children: readonly Child[],
  month: (typeof MONTHS)[number],
): void {
  invoiceCount += 1
  const number = `${unit.series}1${padded(invoiceCount, 5)}`
  const rate = pick([920, 1_150, 1_400, 1_680])
  const rows = children.flatMap((child) => {
    const days = whole(1, 4)
    const half = chance(0.3)
    const tariff = `Tarif appliqué : tranche ${pick(['A', 'B', 'C', 'D'])}`
    return [
      { child, label: unit.label, quantity: String(days), price: rate, amount: days * rate, tariff },
      ...(half ? [{ child, label: unit.half, quantity: '0,5', price: rate, amount: rate / 2, tariff }] : []),
    ]
  })
  const total = rows.reduce((sum, row) => sum + row.amount, 0)
  const names = children.map((child) => child.name).join(', ')
  const place = [unit.code, unit.establishment, family]
  const days = [month.issued, month.from, month.to, month.due]
  write(
    ['facture', number, number].concat(place, days, [
      names,
      unit.activity,
      payer,
      euros(total),
      'immédiatement',
    ]),
  )
  for (const { child, label, quantity, price, amount, tariff } of rows)
    write(
      ['ligne', number, child.key, `${padded(whole(1, 28), 2)}/${month.month}`].concat([
        label,
        quantity,
        euros(price),
        euros(amount),
        tariff,
      ]),
    )
  const paid = month === MONTHS[2] ? chance(0.25) : chance(0.85)
  if (!paid) return
  const part = chance(0.85) ? total : Math.round(total / 2)
  const on = month === MONTHS[2] ? whole(6, 11) : whole(10, 27)
  const day = `${padded(on, 2)}/${month.issued.slice(3)}`
  write(['paiement', `P-${number}`, unit.code, family, day, pick(METHODS), euros(part), number])
}

lines.push(
  '# Deux cents familles inventées, pour essayer l’import sur la démonstration (docs/import.md).',
  ...KINDS.map((kind) => `# ${[kind, ...columnsOf(kind)].join(';')}`),
)
for (let number = 1; number <= FAMILIES; number += 1) writeFamily(number)
writeFileSync(path.join(import.meta.dirname, 'familles-200.csv'), `${lines.join('\n')}\n`)
