import type {
  AdultId,
  AttemptId,
  BillingUnitId,
  EntryId,
  FamilyId,
  LoginId,
  ReceiptId,
  StaffId,
} from '../kernel/ids.ts'
import type { Day } from '../kernel/dates.ts'

/** Somebody joined a family's file, another file was merged into it, or was opened beside it. */
export type DossierNews = 'joined' | 'merged' | 'separated'

/** Every kind of mail, with what its writer needs: ids only, read again when the mail leaves. */
export type MailPlan =
  | { readonly kind: 'activation'; readonly loginId: LoginId }
  | { readonly kind: 'reset'; readonly loginId: LoginId }
  | { readonly kind: 'sign-in-failures'; readonly loginId: LoginId }
  | { readonly kind: 'password-changed'; readonly loginId: LoginId }
  | { readonly kind: 'email-confirmation'; readonly loginId: LoginId; readonly newEmail: string }
  | { readonly kind: 'email-changed'; readonly loginId: LoginId; readonly newEmail: string }
  /** Told to the old address when staff replace it. */
  | { readonly kind: 'email-change-asked'; readonly loginId: LoginId }
  /** Staff answered what the family asked to have changed. */
  | { readonly kind: 'request-decided'; readonly loginId: LoginId }
  | { readonly kind: 'adult-invitation'; readonly invitationId: string }
  /** Something about who may open a family's file; `about` is a name. */
  | {
      readonly kind: 'dossier-news'
      readonly familyId: FamilyId
      readonly adultId: AdultId
      readonly news: DossierNews
      readonly about: string
    }
  | { readonly kind: 'staff-invitation'; readonly staffId: StaffId }
  | {
      readonly kind: 'new-invoices'
      readonly adultId: AdultId
      readonly familyId: FamilyId
      readonly day: Day
    }
  | {
      readonly kind: 'receipt'
      readonly receiptId: ReceiptId
      readonly attemptId: AttemptId | undefined
      readonly billingUnitId: BillingUnitId
    }
  | {
      readonly kind: 'reminder'
      readonly adultId: AdultId
      readonly familyId: FamilyId
      readonly billingUnitId: BillingUnitId
    }
  /** The entry by which the bank's taking back was booked. */
  | { readonly kind: 'taken-back'; readonly entryId: EntryId }

export type MailKind = MailPlan['kind']
export type MailPlanOf<Kind extends MailKind> = Extract<MailPlan, { kind: Kind }>

/** A mail ready to leave. Its writer gives `undefined` when there is no longer anything to say. */
export type WrittenMail = {
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly attachments?: readonly { readonly filename: string; readonly content: Buffer }[]
}
