import { assert } from './assert.ts'

/** An identifier of one kind of thing: ids of two kinds do not mix. */
export type Id<Kind extends string> = string & { readonly id: Kind }

export type OrganisationId = Id<'organisation'>
export type BillingUnitId = Id<'billingUnit'>
export type EstablishmentId = Id<'establishment'>
export type ContractId = Id<'contract'>
export type FamilyId = Id<'family'>
export type AdultId = Id<'adult'>
export type ChildId = Id<'child'>
export type LoginId = Id<'login'>
export type InvoiceId = Id<'invoice'>
export type AccountId = Id<'account'>
export type EntryId = Id<'entry'>
export type AttemptId = Id<'attempt'>
export type ReceiptId = Id<'receipt'>
export type MessageId = Id<'message'>
export type MailId = Id<'mail'>
export type TaskId = Id<'task'>
export type StaffId = Id<'staff'>

/**
 * A UUID of version 7 (RFC 9562) from an instant and ten random bytes: ordered by time, so that
 * indexes grow at one end. PostgreSQL 15 has no `uuidv7()`, hence here.
 */
export function uuidV7(at: Date, random: Uint8Array): string {
  assert(random.length >= 10, 'a UUID of version 7 needs ten random bytes')
  const bytes = new Uint8Array(16)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(at.getTime()) << 16n)
  bytes.set(random.subarray(0, 10), 6)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Buffer.from(bytes).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * A public reference: 26 letters and digits carrying 128 random bits, without I, L, O and U so that
 * it can be read over the phone. It is also the order number at the bank (gateways 1.2: at most 32
 * of [A-Za-z0-9-]).
 */
export function publicReference(random: Uint8Array): string {
  assert(random.length === 16, 'a public reference needs sixteen random bytes')
  let bits = BigInt(`0x${Buffer.from(random).toString('hex')}`)
  let text = ''
  for (let i = 0; i < 26; i += 1) {
    text = CROCKFORD.charAt(Number(bits & 31n)) + text
    bits >>= 5n
  }
  return text
}

/** The part of a public reference that people quote: its last eight signs, « 2M9X-7QFK ». */
export const quotedReference = (reference: string): string =>
  `${reference.slice(-8, -4)}-${reference.slice(-4)}`

/** The id, when the text of an address or a form can be one. */
export const readId = <Kind extends string>(text: string | undefined): Id<Kind> | undefined =>
  text !== undefined && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
    ? (text as Id<Kind>)
    : undefined
