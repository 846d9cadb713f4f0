import type { BillingUnitId, ContractId, EstablishmentId, OrganisationId } from '../kernel/ids.ts'
import { type Cents, negate } from '../kernel/money.ts'
import type { GatewayName } from './contract.ts'

/** How a billing unit is paid: invoice by invoice, or from a rechargeable account. */
export type PaymentMode = 'per_invoice' | 'prepaid'
export type ContractMode = 'TEST' | 'PRODUCTION'

export type Organisation = {
  readonly id: OrganisationId
  readonly slug: string
  readonly name: string
  readonly siret: string
  readonly address: string
  readonly phone: string
  readonly email: string
  readonly openingHours: string
  readonly vatMention: string
  readonly dataContact: string
}

/** Where families may transfer money; the number without spaces. */
export type TransferAccount = {
  readonly beneficiary: string
  readonly iban: string
  readonly bic: string
}

export type BillingUnit = {
  readonly organisationId: OrganisationId
  readonly id: BillingUnitId
  readonly code: string
  readonly name: string
  readonly mode: PaymentMode
  readonly series: string
  readonly alertThreshold: Cents
  readonly visibilityDelayHours: number
  readonly minPayment: Cents
  readonly maxPayment: Cents
  /** Above it, a refund wants the accord of a second person. */
  readonly refundThreshold: Cents
  /** Days after the day of issue that a new invoice is proposed; null: none. */
  readonly dueDays: number | null
  readonly onlineDays: number | null
  readonly deskDays: number | null
  /** Whom families ask, in one line. */
  readonly contact: string
  /** How else one may pay, in one sentence. */
  readonly otherMeans: string
  /** undefined: no transfer is proposed. */
  readonly transfer: TransferAccount | undefined
  readonly contractId: ContractId | undefined
  readonly bankName: string | undefined
  readonly contractMode: ContractMode | undefined
  readonly gateway: GatewayName | undefined
}

export type Establishment = {
  readonly id: EstablishmentId
  readonly billingUnitId: BillingUnitId
  readonly code: string
  readonly name: string
  readonly address: string
  readonly phone: string
}

/**
 * Whether a balance calls for the guide's warning: strictly beyond the threshold.
 * At a threshold of 30,00 €, −30,00 € gives none and −30,01 € gives it (issue 1).
 */
export const isBeyondThreshold = (balance: Cents, threshold: Cents): boolean => negate(balance) > threshold

export const MAX_DAYS = 365

/** Whether the last days online and at the desk come on the deadline or after it, where they are known. */
export const isInOrder = (
  due: number | null | undefined,
  online: number | null | undefined,
  desk: number | null | undefined,
): boolean => [online, desk].every((last) => (last ?? MAX_DAYS) >= (due ?? 0))
