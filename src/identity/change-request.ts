// What a family asks the service to change, and the answer. Pure.
import type { Instant } from '../kernel/dates.ts'
import type { Id } from '../kernel/ids.ts'

export type RequestId = Id<'changeRequest'>

/** The family's address or telephone, one's own name, or a child's names and date of birth. */
export type RequestSubject = 'address' | 'phone' | 'name' | 'child'

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
