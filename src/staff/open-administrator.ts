import type { Instant } from '../kernel/dates.ts'
import type { OrganisationId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Db } from '../platform/db.ts'
import { staffName } from './actor.ts'
import { planInvitation } from './manage-team.ts'
import { findMemberByIdentifier, insertMember, insertRole, insertStaffLink } from './member-store.ts'
import { type Author, recordAct } from './record-act.ts'

/** What stands for a page in the journal when the act was a command. */
const COMMAND = 'preau admin'

/**
 * Makes a member an administrator of the whole organisation, from the terminal: whoever reads the
 * database may. Gives the one-time link's token, or undefined when it goes by mail.
 */
export async function openAdministrator(
  db: Db,
  from: { readonly organisationId: OrganisationId; readonly terminal: string; readonly byMail: boolean },
  member: { readonly email: string; readonly firstName: string; readonly lastName: string },
  now: Instant,
): Promise<Result<{ token: string | undefined }, 'elsewhere' | 'suspended'>> {
  const { organisationId } = from
  const author: Author = {
    organisationId,
    staffId: undefined,
    name: from.terminal,
    screen: COMMAND,
    clientAddress: '-',
  }
  return db.transaction(async (tx) => {
    const inserted = await insertMember(tx, organisationId, { ...member, identifier: member.email }, now)
    const known = inserted === undefined ? await findMemberByIdentifier(tx, member.email) : undefined
    if (known && known.organisationId !== organisationId) return fail('elsewhere')
    if (known?.suspendedAt) return fail('suspended')
    const staffId = inserted ?? known?.id
    if (staffId === undefined) return fail('elsewhere')
    await insertRole(tx, organisationId, staffId, 'administrator', {}, now)
    const object = staffName(known ?? member)
    await recordAct(tx, author, { kind: known ? 'staff.link-renewed' : 'staff.invited', object }, now)
    if (!from.byMail) return ok({ token: await insertStaffLink(tx, staffId, now) })
    await planInvitation(tx, organisationId, { id: staffId, email: known?.email ?? member.email }, now)
    return ok({ token: undefined })
  })
}
