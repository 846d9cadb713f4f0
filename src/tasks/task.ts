import type { BillingUnitId, ContractId, FamilyId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'

/**
 * What a task is about, from which its billing units follow: one of them, those that a contract, a
 * family or a bank account serves, or none: the whole organisation, which only those who hold their
 * right on all of it see.
 */
export type TaskPlace =
  | 'organisation'
  | { readonly unitId: BillingUnitId }
  | { readonly contractId: ContractId }
  | { readonly familyId: FamilyId }
  | { readonly iban: string }

/** What a person of the association must look at, with what the screen and the command line say of it. */
export type TaskPlan =
  | {
      readonly kind: 'unknown-order' | 'amount-mismatch' | 'second-capture' | 'surplus'
      readonly amountCents: Cents
      readonly expectedCents: Cents | null
      readonly reference: string
      readonly bankTransaction: string
    }
  | {
      readonly kind: 'taken-back' | 'dispute-lost' | 'refund-found' | 'refund-refused' | 'refund-by-transfer'
      readonly amountCents: Cents
      /** What no account of the family could give back, and stands in suspense. */
      readonly uncoveredCents: Cents
      readonly reference: string
      readonly bankTransaction: string
    }
  | {
      readonly kind: 'dispute-opened'
      readonly amountCents: Cents
      readonly dispute: string
      readonly bankTransaction: string
    }
  | {
      readonly kind: 'cheque-bounced'
      readonly amountCents: Cents
      readonly familyName: string
      readonly payerName: string
      readonly reason: string
    }
  | {
      readonly kind: 'foreign-currency' | 'unread-operation'
      readonly reference: string
      readonly bankTransaction: string
    }
  | {
      /** Found by comparing a day with the bank's journal, and reported to it. */
      readonly kind: 'bank-difference'
      readonly amountCents: Cents
      readonly reference: string
      readonly bankTransaction: string
    }
  | { readonly kind: 'enquiry-refused' | 'no-enquiry'; readonly shopNumber: string }
  /** count: notifications since the task was opened. */
  | { readonly kind: 'bad-signatures'; readonly shopNumber: string; readonly count: number }
  | { readonly kind: 'statement-refused'; readonly file: string }
  | { readonly kind: 'journal-refused'; readonly file: string; readonly line: number | null }
  | {
      readonly kind: 'transfer-waiting'
      readonly amountCents: Cents
      readonly payerName: string
      readonly words: string
      readonly transfer: string
    }
