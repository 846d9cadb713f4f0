// An organisation as its JSON file describes it: read strictly, every problem at once. Pure.
import { z } from 'zod'
import { type Cents, ZERO, readAmount } from '../kernel/money.ts'
import { type Result, fail, ok } from '../kernel/result.ts'
import { contract, type ContractDescription, type ContractFile } from './contract-file.ts'
import { isInOrder, MAX_DAYS, type PaymentMode, type TransferAccount } from './organisation.ts'
import { texts } from './texts.ts'
import { transferAccount } from './transfer-account.ts'

/** Numbers of this series are given by Préau to the debts taken over from the other software. */
export const OPENING_SERIES = 'RAN'

export type UnitDescription = {
  readonly code: string
  readonly name: string
  readonly mode: PaymentMode
  readonly series: string
  /** undefined: the first import, or the first invoice numbered here, decides. */
  readonly seriesSource: 'preau' | 'import' | undefined
  readonly alertThreshold: Cents
  readonly visibilityDelayHours: number
  readonly minPayment: Cents
  readonly maxPayment: Cents
  readonly contact: string
  readonly otherMeans: string
  readonly transfer?: TransferAccount | undefined
  /** Above it, a refund wants a second person; undefined: as it stands. */
  readonly refundThreshold?: Cents | undefined
  /** Days after the issue that new invoices are proposed; undefined: as it stands. */
  readonly dueDays?: number | undefined
  readonly onlineDays?: number | undefined
  readonly deskDays?: number | undefined
  /** The code of one of the contracts; undefined: no online payment. */
  readonly contract: string | undefined
}

export type EstablishmentDescription = {
  readonly code: string
  readonly unit: string
  readonly name: string
  readonly address: string
  readonly phone: string
}

export type OrganisationDescription = {
  readonly slug: string
  readonly name: string
  readonly siret: string
  readonly address: string
  readonly phone: string
  readonly email: string
  readonly openingHours: string
  readonly vatMention: string
  readonly dataContact: string
  readonly contracts: readonly ContractDescription[]
  readonly units: readonly UnitDescription[]
  readonly establishments: readonly EstablishmentDescription[]
}

/** A description whose bank keys and passwords are still in their files, by path. */
export type OrganisationFile = Omit<OrganisationDescription, 'contracts'> & {
  readonly contracts: readonly ContractFile[]
}

/** Whether 14 digits are a SIRET: their Luhn sum is a multiple of ten (INSEE). */
export function isSiret(text: string): boolean {
  if (!/^\d{14}$/.test(text)) return false
  const total = text.split('').reduce((sum, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1)
    return sum + (value > 9 ? value - 9 : value)
  }, 0)
  return total % 10 === 0
}

const said = texts.description
const words = z.string().trim().min(1).max(300)
const optionalWords = z.string().trim().max(300).default('')
const code = z.string().regex(/^[A-Z0-9-]{2,20}$/, said.code)
const amount = z.string().transform((text, context): Cents => {
  const read = readAmount(text)
  if (read !== undefined) return read
  context.addIssue({ code: 'custom', message: said.amount(text) })
  return ZERO
})
const days = z.int().min(0).max(MAX_DAYS).optional()
const positiveAmount = amount.refine((value) => value > 0, said.positive)

const unit = z
  .strictObject({
    code,
    nom: words,
    mode: z.enum(['facture par facture', 'compte rechargeable']),
    serie: z
      .string()
      .regex(/^[A-Z]{2,4}$/, said.series)
      .refine((series) => series !== OPENING_SERIES, said.reservedSeries(OPENING_SERIES)),
    numerotation: z.enum(['import', 'preau']).optional(),
    seuilAlerte: amount.prefault('30,00'),
    delaiVisibiliteHeures: z.int().min(0).max(720).default(24),
    paiementMinimum: positiveAmount.prefault('1,00'),
    paiementMaximum: positiveAmount.prefault('2 000,00'),
    contact: words,
    autresMoyens: optionalWords,
    virement: transferAccount.optional(),
    accordRemboursement: amount.optional(),
    echeanceJours: days,
    enLigneJours: days,
    guichetJours: days,
    contrat: words.optional(),
  })
  .refine((from) => from.paiementMinimum <= from.paiementMaximum, {
    path: ['paiementMaximum'],
    message: said.maximum,
  })
  .refine((from) => isInOrder(from.echeanceJours, from.enLigneJours, from.guichetJours), {
    path: ['echeanceJours'],
    message: said.deadlines,
  })
  .transform((from) => ({
    code: from.code,
    name: from.nom,
    mode: from.mode === 'compte rechargeable' ? ('prepaid' as const) : ('per_invoice' as const),
    series: from.serie,
    seriesSource: from.numerotation,
    alertThreshold: from.seuilAlerte,
    visibilityDelayHours: from.delaiVisibiliteHeures,
    minPayment: from.paiementMinimum,
    maxPayment: from.paiementMaximum,
    contact: from.contact,
    otherMeans: from.autresMoyens,
    transfer: from.virement,
    refundThreshold: from.accordRemboursement,
    dueDays: from.echeanceJours,
    onlineDays: from.enLigneJours,
    deskDays: from.guichetJours,
    contract: from.contrat,
  }))

const establishment = z
  .strictObject({ code, unite: code, nom: words, adresse: words, telephone: words })
  .transform((from) => ({
    code: from.code,
    unit: from.unite,
    name: from.nom,
    address: from.adresse,
    phone: from.telephone,
  }))

const organisation = z
  .strictObject({
    identifiant: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/, said.slug),
    nom: words,
    siret: z
      .string()
      .transform((text) => text.replaceAll(/\s/g, ''))
      .refine(isSiret, said.siret),
    adresse: words,
    telephone: words,
    courriel: z.email(said.email),
    horaires: words,
    mentionTva: words,
    contactDonnees: words,
    contrats: z.array(contract).default([]),
    unites: z.array(unit).min(1),
    etablissements: z.array(establishment).min(1),
  })
  .transform((from) => ({
    slug: from.identifiant,
    name: from.nom,
    siret: from.siret,
    address: from.adresse,
    phone: from.telephone,
    email: from.courriel,
    openingHours: from.horaires,
    vatMention: from.mentionTva,
    dataContact: from.contactDonnees,
    contracts: from.contrats,
    units: from.unites,
    establishments: from.etablissements,
  }))

/** Reads a parsed JSON file; gives the description, or a French sentence for every problem found. */
export function readDescription(json: unknown): Result<OrganisationFile, string[]> {
  const read = organisation.safeParse(json, { error: (issue) => said.issue(issue) })
  if (!read.success)
    return fail(read.error.issues.map((issue) => said.at(issue.path.map(String), issue.message)))
  const problems = crossCheck(read.data)
  return problems.length > 0 ? fail(problems) : ok(read.data)
}

function crossCheck(from: OrganisationFile): string[] {
  const contracts = new Set(from.contracts.map((one) => one.code))
  const units = new Set(from.units.map((one) => one.code))
  return [
    ...repeated(from.contracts.map((one) => one.code)).map((value) => said.twice('contrats', 'code', value)),
    ...repeated(from.contracts.map((one) => `${one.host} ${one.shopNumber}`)).map(said.shopTwice),
    ...from.contracts
      .filter(
        (one) =>
          one.gateway === 'systempay' && one.mode === 'PRODUCTION' && one.settings.signature === 'SHA-1',
      )
      .map((one) => said.weakSignature(one.code)),
    ...repeated(from.units.map((one) => one.code)).map((value) => said.twice('unites', 'code', value)),
    ...repeated(from.units.map((one) => one.series)).map((value) => said.twice('unites', 'serie', value)),
    ...repeated(from.establishments.map((one) => one.code)).map((value) =>
      said.twice('etablissements', 'code', value),
    ),
    ...from.units
      .filter((one) => one.contract !== undefined && !contracts.has(one.contract))
      .map((one) => said.unknownContract(one.code, one.contract ?? '')),
    ...from.establishments
      .filter((one) => !units.has(one.unit))
      .map((one) => said.unknownUnit(one.code, one.unit)),
  ]
}

const repeated = (values: readonly string[]): string[] => [
  ...new Set(values.filter((value, index) => values.indexOf(value) !== index)),
]
