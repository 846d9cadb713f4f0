// Members of staff to act as.
import type { OrganisationId, StaffId } from '../../src/kernel/ids.ts'
import type { Db } from '../../src/platform/db.ts'
import { hashPassword } from '../../src/platform/secrets.ts'
import { insertMember, insertRole, type Place, setStaffPassword } from '../../src/staff/member-store.ts'
import type { Role } from '../../src/staff/rights.ts'
import { TEST_PASSWORD } from './build.ts'
import { TEST_NOW } from './services.ts'

let count = 0
let passwordHash: Promise<string> | undefined

export type BuiltStaff = { readonly staffId: StaffId; readonly identifier: string; readonly name: string }

/** A member of staff with these roles, who signs in with the tests' password. */
export async function buildStaff(
  db: Db,
  organisationId: OrganisationId,
  roles: readonly Role[] = [],
  place: Place = {},
  names: { readonly firstName?: string; readonly lastName?: string } = {},
): Promise<BuiltStaff> {
  const identifier = `membre${(count += 1)}@ifac.example`
  const firstName = names.firstName ?? 'Nadia'
  const lastName = names.lastName ?? `Lefèvre ${count}`
  const hash = await (passwordHash ??= hashPassword(TEST_PASSWORD))
  const staffId = await db.transaction(async (tx) => {
    const member = { identifier, email: identifier, firstName, lastName }
    const id = await insertMember(tx, organisationId, member, TEST_NOW)
    if (id === undefined) throw new Error(`${identifier} is taken`)
    for (const role of roles) await insertRole(tx, organisationId, id, role, place, TEST_NOW)
    await setStaffPassword(tx, id, hash, TEST_NOW)
    return id
  })
  return { staffId, identifier, name: `${firstName} ${lastName}` }
}
