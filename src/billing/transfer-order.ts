// A transfer as a banking application reads it in a square code: EPC069-12 (gateways.md 6.1). Pure.
import { assert } from '../kernel/assert.ts'
import { type Cents, ZERO } from '../kernel/money.ts'
import { rfReference } from '../kernel/transfer-reference.ts'
import type { TransferAccount } from '../organisations/organisation.ts'

/**
 * The eleven lines: service, version, UTF-8, transfer, bank, beneficiary, account, amount in euros, no
 * purpose, the invoice's reference, no text. Throws on an amount that no transfer can have.
 */
export function transferOrder(
  { beneficiary, iban, bic }: TransferAccount,
  invoiceNumber: string,
  amount: Cents,
): string {
  assert(amount > ZERO && amount <= 99_999_999_999, `no transfer of ${amount} cents`)
  const digits = String(amount).padStart(3, '0')
  const euros = `EUR${digits.slice(0, -2)}.${digits.slice(-2)}`
  const name = plain(beneficiary).slice(0, 70)
  return ['BCD', '002', '1', 'SCT', bic, name, iban, euros, '', rfReference(invoiceNumber)].join('\n')
}

/** Interbank messages have no accents, and applications differ in reading them. */
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('’', "'")
    .replaceAll(/[^A-Za-z\d/\-?:().,'+ ]/g, ' ')
