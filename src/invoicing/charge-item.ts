// A charge item: what an establishment may put on an invoice, and how its form is read. Pure.
import type { Vat } from '../billing/vat.ts'
import { VATS } from '../billing/vat.ts'
import type { EstablishmentId } from '../kernel/ids.ts'
import { type Cents, negate, readAmount } from '../kernel/money.ts'

export type ChargeItem = {
  readonly id: string
  readonly establishmentId: EstablishmentId
  readonly label: string
  /** All taxes included; negative for a reduction. */
  readonly unit: Cents
  readonly vat: Vat
  readonly accountCode: string
}

/** No line and no invoice of a family goes beyond: 10 000,00 €. */
export const MAX_AMOUNT = 1_000_000
export const MAX_LABEL = 100

/** A price as people type it, with a minus for a reduction; undefined when it is none, or beyond the limit. */
export function readPrice(text: string): Cents | undefined {
  const [, minus, rest = ''] = /^\s*([-\u2212]?)(.*)$/s.exec(text) ?? []
  const amount = readAmount(rest)
  if (amount === undefined || amount > MAX_AMOUNT) return undefined
  return minus === '' ? amount : negate(amount)
}

export const readVat = (text: string): Vat | undefined => VATS.find((vat) => vat === text)

/** An account of the general plan: « 706200 ». */
export const readAccountCode = (text: string): string | undefined => {
  const code = text.trim().toUpperCase()
  return /^[0-9A-Z]{3,12}$/.test(code) ? code : undefined
}

/** Labels are compared without case or surrounding spaces. */
export const plainLabel = (text: string): string => text.trim().replaceAll(/\s+/g, ' ').toLowerCase()
