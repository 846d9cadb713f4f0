// Which verb does which planned work: total records, so that a forgotten one does not compile.
import { drawFigures } from './dashboard/draw-figures.ts'
import { drawInvoice } from './billing/draw-invoice.ts'
import { publishInvoices } from './billing/publish-invoices.ts'
import { writeNewInvoicesMail } from './billing/write-mails.tsx'
import { tidySessions } from './identity/tidy-sessions.ts'
import { accessMailWriters } from './identity/write-mails.ts'
import { workBatch, workBatches } from './invoicing/issue-batch.ts'
import type { JobHandlers, TimedHandlers } from './jobs/run-jobs.ts'
import { type MailWriters, sendMail } from './mail/send-mail.ts'
import { writeReminderMail } from './overdue/write-reminder.ts'
import { chasePayments } from './payments/chase-payments.ts'
import { expireAttempts } from './payments/expire-attempts.ts'
import { importJournalFolder } from './payments/import-journal-folder.ts'
import { payRefunds } from './payments/refunds/pay-refunds.ts'
import { retryMessage } from './payments/receive-message.ts'
import { createShops } from './payments/shops.ts'
import { tellRefusedSignatures } from './payments/tell-refused-signatures.ts'
import { writeReceiptMail, writeTakenBackMail } from './payments/write-mails.ts'
import type { SeenFiles } from './platform/read-folder.ts'
import type { Services } from './platform/services.ts'
import { closeAll } from './proof/close-periods.ts'
import { sealAll } from './proof/seal-entries.ts'
import { compareDays } from './reconciliation/compare-days.ts'
import { tidyStaffSessions } from './staff/tidy-sessions.ts'
import { payerMailWriters } from './payers/write-mails.ts'
import { staffMailWriters } from './staff/write-mails.ts'
import { importStatementFolder } from './transfers/import-statement-folder.ts'

const mailWriters: MailWriters = {
  ...accessMailWriters,
  ...payerMailWriters,
  ...staffMailWriters,
  'new-invoices': writeNewInvoicesMail,
  receipt: writeReceiptMail,
  'taken-back': writeTakenBackMail,
  reminder: writeReminderMail,
}

export const jobHandlers = (services: Services): JobHandlers => ({
  'send-mail': ({ organisationId, mailId }) => sendMail(services, mailWriters, organisationId, mailId),
  'retry-message': ({ organisationId, messageId }) => retryMessage(services, organisationId, messageId),
  'draw-invoice': (job) => drawInvoice(services, job),
  'work-batch': (job) => workBatch(services, job),
})

export function timedHandlers(
  services: Services,
  shops = createShops(services.db, services.keys),
): TimedHandlers {
  const journals: SeenFiles = new Map()
  const statements: SeenFiles = new Map()
  return {
    'publish-invoices': async () => {
      await publishInvoices(services.db, services.clock.now())
    },
    'chase-payments': async () => {
      await chasePayments(services)
    },
    'pay-refunds': async () => {
      await payRefunds(services)
    },
    'import-journals': () => importJournalFolder(services, shops, journals),
    'import-statements': () => importStatementFolder(services, statements),
    'tell-refused-signatures': () => tellRefusedSignatures(services.db, shops, services.clock.now()),
    'expire-attempts': async () => {
      await expireAttempts(services.db, services.clock.now())
    },
    'tidy-sessions': async () => {
      await tidySessions(services)
      await tidyStaffSessions(services)
    },
    'seal-entries': async () => {
      await sealAll(services.db, services.clock.now())
    },
    'close-periods': async () => {
      await closeAll(services.db, services.clock.now())
    },
    'work-batches': () => workBatches(services),
    'draw-figures': () => drawFigures(services.db, services.clock.now()),
    'compare-days': () => compareDays(services.db, services.clock.now()),
  }
}
