import { listAccesses } from '../families/access-store.ts'
import { listChildren, listQuotients, readFamily } from '../families/record-store.ts'
import type { FamilyId } from '../kernel/ids.ts'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from '../staff/actor.ts'
import { may } from '../staff/rights.ts'
import type { People } from './people-cards.tsx'
import { hasInvoice } from './file-store.ts'

/** Who a family is made of, and what this member of staff may do about it. */
export async function readPeople(
  { db, clock }: Services,
  { organisationId, grants }: StaffActor,
  familyId: FamilyId,
): Promise<People> {
  const now = clock.now()
  const [values, accesses, children, quotients, invoiced] = await Promise.all([
    readFamily(db, organisationId, familyId),
    listAccesses(db, organisationId, familyId, now),
    listChildren(db, organisationId, familyId),
    listQuotients(db, organisationId, familyId),
    hasInvoice(db, organisationId, familyId),
  ])
  return {
    phone: values?.['phone'] ?? '',
    accesses,
    children,
    quotients,
    hasInvoice: invoiced,
    now,
    mayEdit: may(grants, 'family.edit', 'anywhere'),
    mayAccess: may(grants, 'family.access', 'anywhere'),
    mayDraft: may(grants, 'invoice.draft', 'anywhere'),
  }
}
