import type { Instant } from '../kernel/dates.ts'
import type { AdultId, FamilyId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Tx } from '../platform/db.ts'
import { type Author, recordAct } from '../staff/record-act.ts'
import { type FileRole, nameOf } from './invitation.ts'
import { lockFamilies } from './merge-store.ts'
import { deleteAccess, listMembers, lockRole, type Member, setRole } from './people-store.ts'

export type RoleFailure =
  | 'unknown'
  /** A file keeps somebody who pays. */
  | 'last-payer'
  /** The role is not the one the page showed. */
  | 'changed-meanwhile'

type Whose = { readonly familyId: FamilyId; readonly adultId: AdultId }

/** Makes an adult a payer or a reader of the file, from the next page on. `from`: the role that was shown. */
export async function changeRole(
  tx: Tx,
  author: Author,
  change: Whose & { readonly from: FileRole; readonly to: FileRole },
  now: Instant,
): Promise<Result<undefined, RoleFailure>> {
  const { organisationId } = author
  const { familyId, adultId, from, to } = change
  // One change of a file at a time: two last payers cannot both become readers.
  await lockFamilies(tx, organisationId, [familyId])
  const role = await lockRole(tx, organisationId, familyId, adultId)
  const members = await listMembers(tx, organisationId, familyId)
  const member = members.find(({ id }) => id === adultId)
  if (!role || !member) return fail('unknown')
  if (role !== from) return fail('changed-meanwhile')
  if (role === to) return ok(undefined)
  if (to === 'reader' && !hasOtherPayer(members, adultId)) return fail('last-payer')
  await setRole(tx, organisationId, adultId, to)
  const changes = { access: { before: from, after: to } }
  await recordAct(tx, author, { kind: 'adult.role-changed', familyId, object: nameOf(member), changes }, now)
  return ok(undefined)
}

/**
 * Closes the file to a person who opened it besides another of their own; they stay among its adults, as
 * somebody to reach, who reads and pays nothing here.
 */
export async function removeAccess(
  tx: Tx,
  author: Author,
  { familyId, adultId }: Whose,
  now: Instant,
): Promise<Result<undefined, RoleFailure>> {
  const { organisationId } = author
  await lockFamilies(tx, organisationId, [familyId])
  const members = await listMembers(tx, organisationId, familyId)
  const member = members.find(({ id }) => id === adultId)
  if (!member || member.besides === null) return fail('unknown')
  if (member.role === 'payer' && !hasOtherPayer(members, adultId)) return fail('last-payer')
  if (!(await deleteAccess(tx, organisationId, adultId))) return fail('unknown')
  await setRole(tx, organisationId, adultId, 'reader')
  await recordAct(tx, author, { kind: 'adult.access-removed', familyId, object: nameOf(member) }, now)
  return ok(undefined)
}

export const hasOtherPayer = (members: readonly Member[], adultId: AdultId): boolean =>
  members.some(({ id, role }) => id !== adultId && role === 'payer')
