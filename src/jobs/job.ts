import type { InvoiceId, MailId, MessageId, OrganisationId } from '../kernel/ids.ts'

/** Every kind of planned work. Payloads carry ids only; a job may run twice. */
export type Job =
  | { readonly name: 'send-mail'; readonly organisationId: OrganisationId; readonly mailId: MailId }
  | { readonly name: 'retry-message'; readonly organisationId: OrganisationId; readonly messageId: MessageId }
  | { readonly name: 'draw-invoice'; readonly organisationId: OrganisationId; readonly invoiceId: InvoiceId }
  | { readonly name: 'work-batch'; readonly organisationId: OrganisationId; readonly batchId: string }

export type JobName = Job['name']
export type JobOf<Name extends JobName> = Extract<Job, { name: Name }>

/** Work done by the clock, every minute: each is a question to the database, so a missed minute is caught up. */
export type TimedWork =
  | 'publish-invoices'
  | 'expire-attempts'
  | 'tidy-sessions'
  | 'seal-entries'
  | 'close-periods'
  | 'chase-payments'
  | 'pay-refunds'
  | 'import-journals'
  | 'tell-refused-signatures'
  | 'import-statements'
  | 'work-batches'
  | 'compare-days'
  | 'draw-figures'
