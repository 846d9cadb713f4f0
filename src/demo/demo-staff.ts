// The staff of the demonstration, invented: one person per role that the walk-through needs.
import type { OrganisationId } from '../kernel/ids.ts'
import { assert } from '../kernel/assert.ts'
import { listUnits } from '../organisations/store.ts'
import type { Services } from '../platform/services.ts'
import { insertMember, insertRole, setStaffPassword } from '../staff/member-store.ts'
import type { Role } from '../staff/rights.ts'

const STAFF: readonly {
  readonly identifier: string
  readonly firstName: string
  readonly lastName: string
  readonly role: Role
  /** The code of the unit; undefined: the whole organisation. */
  readonly unit: string | undefined
}[] = [
  {
    identifier: 'directrice.thonon',
    firstName: 'Sophie',
    lastName: 'Arnaud',
    role: 'director',
    unit: 'THONON',
  },
  { identifier: 'regie.thonon', firstName: 'Nadia', lastName: 'Lefèvre', role: 'cashier', unit: 'THONON' },
  { identifier: 'compta.ifac', firstName: 'Marc', lastName: 'Olivier', role: 'accountant', unit: undefined },
  { identifier: 'admin', firstName: 'Inès', lastName: 'Morel', role: 'administrator', unit: undefined },
]

/** Opens the demonstration's staff logins, once each. */
export async function openDemoStaff(
  { db, clock }: Services,
  organisationId: OrganisationId,
  passwordHash: string,
): Promise<void> {
  const now = clock.now()
  const units = await listUnits(db, organisationId)
  await db.transaction(async (tx) => {
    for (const { role, unit, ...who } of STAFF) {
      const email = `${who.identifier}@ifac.example`
      const staffId = await insertMember(tx, organisationId, { ...who, email }, now)
      if (staffId === undefined) continue
      const unitId = units.find(({ code }) => code === unit)?.id
      assert(unit === undefined || unitId !== undefined, `no unit ${unit}`)
      await insertRole(tx, organisationId, staffId, role, { unitId }, now)
      await setStaffPassword(tx, staffId, passwordHash, now)
    }
  })
}
