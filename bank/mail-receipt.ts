import { createTransport } from 'nodemailer'
import { formatAmount, formatTime } from './format.ts'
import { maskNumber } from './cards.ts'
import { say, texts } from './texts.ts'
import type { Transaction } from './store.ts'

/** Text of the bank's receipt. */
function receiptText(transaction: Transaction, payee: string): string {
  const { order, payment } = transaction
  const line = (label: string, value: string) => `${label}\u00a0: ${value}`
  return [
    texts.accepted,
    '',
    line(texts.paidAmount, formatAmount(order.amount)),
    line(texts.payee, payee),
    line(texts.reference, order.orderId || order.transId),
    line(texts.paidOn, formatTime(transaction.time)),
    line(texts.authorisation, payment?.authorisationNumber ?? ''),
    line(texts.card, payment ? maskNumber(payment.card.number) : ''),
    '',
    texts.receiptNote,
    '',
    texts.bank,
  ].join('\n')
}

/** Mails the bank's own receipt to the address typed on its page. */
export async function mailReceipt(
  server: { readonly host: string; readonly port: number },
  to: string,
  transaction: Transaction,
  payee: string,
): Promise<void> {
  const transport = createTransport({ ...server, secure: false, ignoreTLS: true })
  await transport.sendMail({
    from: { name: texts.bank, address: 'recus@banque.example' },
    to,
    subject: say.receiptSubject(formatAmount(transaction.order.amount), payee),
    text: receiptText(transaction, payee),
  })
}
