// What a family asks the service to change, and the answer. Pure.
import type { Instant } from '../kernel/dates.ts'
import type { Id } from '../kernel/ids.ts'

export type RequestId = Id<'changeRequest'>

/** What each request is about, and the fields it may change. */
export const REQUEST_FIELDS = {
  address: ['address', 'postalCode', 'city'],
  phone: ['phone'],
  name: ['firstName', 'lastName'],
  child: ['firstName', 'lastName', 'bornOn'],
} as const
export type RequestSubject = keyof typeof REQUEST_FIELDS

/** Fields as text, as people read them: a day is « 16/03/2012 ». */
export type RequestValues = { readonly [field: string]: string }

export type ChangeRequest = {
  readonly id: RequestId
  readonly subject: RequestSubject
  /** The family, the adult or the child that it is about. */
  readonly aboutId: string
  /** « Léo MARTIN », of a name or a child. */
  readonly aboutName: string | null
  /** As the record stood when it was asked, and as it is wanted. */
  readonly stood: RequestValues
  readonly wanted: RequestValues
  readonly askedAt: Instant
  readonly outcome: 'accepted' | 'refused' | 'withdrawn' | null
  readonly decidedAt: Instant | null
  readonly reason: string | null
}

/** The fields that would change. */
export const wantedFields = ({ stood, wanted }: Pick<ChangeRequest, 'stood' | 'wanted'>): readonly string[] =>
  Object.keys(wanted).filter((field) => wanted[field] !== stood[field])
