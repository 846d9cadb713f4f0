// What a member of staff may see and change settings of.
import type { BillingUnitId, EstablishmentId, OrganisationId } from '../kernel/ids.ts'
import { findOrganisation, listEstablishments, listUnits } from '../organisations/store.ts'
import type { Read } from '../platform/db.ts'
import type { StaffActor } from '../staff/actor.ts'
import { may, type Right, type Scope } from '../staff/rights.ts'
import { type Section, settingsOf, type SubjectKind } from './setting.ts'

export type Subject = {
  readonly kind: SubjectKind
  readonly id: string
  readonly name: string
  readonly code: string
  /** Where a right must hold to change it. */
  readonly scope: Scope
}

/** The organisation, its units and its establishments. */
export async function listSubjects(read: Read, organisationId: OrganisationId): Promise<Subject[]> {
  const [organisation, units, establishments] = await Promise.all([
    findOrganisation(read, organisationId),
    listUnits(read, organisationId),
    listEstablishments(read, organisationId),
  ])
  return [
    ...(organisation
      ? [
          {
            kind: 'organisation' as const,
            id: organisationId,
            name: organisation.name,
            code: organisation.slug,
            scope: 'organisation' as const,
          },
        ]
      : []),
    ...units.map(({ id, name, code }) => ({ kind: 'unit' as const, id, name, code, scope: { unitId: id } })),
    ...establishments.map(({ id, name, code, billingUnitId }) => ({
      kind: 'establishment' as const,
      id,
      name,
      code,
      scope: { unitId: billingUnitId, establishmentId: id },
    })),
  ]
}

/** Those that have settings of this section, where the actor holds the right. */
export const reachable = (
  subjects: readonly Subject[],
  actor: StaffActor,
  section: Section,
  right: Right,
): readonly Subject[] =>
  subjects.filter(
    ({ kind, scope }) => settingsOf(section, kind).length > 0 && may(actor.grants, right, scope),
  )

/** Bank settings have a right of their own. */
export const editRight = (section: Section): Right => (section === 'banque' ? 'bank.edit' : 'settings.edit')

export const unitOf = (organisationId: OrganisationId, { id }: Subject) => ({
  organisationId,
  id: id as BillingUnitId & EstablishmentId,
})
