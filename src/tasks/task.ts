import type { FamilyId } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'

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
      readonly kind: 'foreign-currency' | 'unread-operation'
      readonly reference: string
      readonly bankTransaction: string
    }
  | { readonly kind: 'enquiry-refused' | 'no-enquiry'; readonly shopNumber: string }
  | { readonly kind: 'journal-refused'; readonly file: string; readonly line: number | null }
  | {
      readonly kind: 'address-change'
      readonly familyId: FamilyId
      readonly familyName: string
      readonly address: string
      readonly postalCode: string
      readonly city: string
    }
