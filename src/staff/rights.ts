// Who may do what: one table, printed to docs/rights.md. Pure.
import type { BillingUnitId, EstablishmentId } from '../kernel/ids.ts'

export const ROLES = ['director', 'cashier', 'accountant', 'administrator', 'reader'] as const
export type Role = (typeof ROLES)[number]

/**
 * Every right, and the roles that hold it. One line per act that somebody could be refused; a new
 * screen uses a line that is there, or adds its own.
 */
const TABLE = {
  'worklist.read': ['director', 'cashier', 'accountant', 'administrator', 'reader'],
  'worklist.treat': ['director', 'cashier', 'accountant', 'administrator'],
  'family.read': ['director', 'cashier', 'accountant', 'administrator', 'reader'],
  'family.edit': ['director', 'cashier'],
  'family.access': ['director', 'cashier', 'administrator'],
  'family.view-as': ['director', 'cashier', 'administrator'],
  'family.merge': ['director', 'accountant'],
  'invoice.read': ['director', 'cashier', 'accountant', 'administrator', 'reader'],
  'invoice.draft': ['director', 'cashier', 'accountant'],
  'invoice.issue': ['director', 'accountant'],
  'invoice.correct': ['director', 'accountant'],
  'catalogue.edit': ['director', 'accountant'],
  'desk.record': ['director', 'cashier'],
  'desk.undo': ['director', 'cashier', 'accountant'],
  'deposit.close': ['director', 'cashier', 'accountant'],
  'till.close': ['director', 'cashier'],
  'reconciliation.read': ['director', 'cashier', 'accountant', 'reader'],
  'reconciliation.close': ['director', 'accountant'],
  'refund.prepare': ['director', 'cashier', 'accountant'],
  'refund.approve': ['director', 'accountant'],
  'reminder.send': ['director', 'cashier', 'accountant'],
  'write-off.decide': ['director', 'accountant'],
  'dashboard.read': ['director', 'cashier', 'accountant', 'reader'],
  'export.mass': ['director', 'accountant'],
  'journal.read': ['director', 'accountant', 'administrator'],
  'settings.read': ['director', 'accountant', 'administrator', 'reader'],
  'settings.edit': ['director', 'administrator'],
  'bank.edit': ['administrator'],
  'team.manage': ['administrator'],
} as const satisfies Readonly<Record<string, readonly Role[]>>

export type Right = keyof typeof TABLE
export const RIGHTS = Object.keys(TABLE) as readonly Right[]

/** A role on the whole organisation, on a billing unit, or on one establishment. */
export type Grant = {
  readonly role: Role
  readonly unitId: BillingUnitId | undefined
  readonly establishmentId: EstablishmentId | undefined
}

/**
 * What an act touches. `anywhere`: enough to open a page that then shows only what one may see;
 * `organisation`: the whole of it; else a billing unit, and the establishment when it is known.
 */
export type Scope =
  | 'anywhere'
  | 'organisation'
  | { readonly unitId: BillingUnitId; readonly establishmentId?: EstablishmentId | undefined }

export const holds = (role: Role, right: Right): boolean => (TABLE[right] as readonly Role[]).includes(role)

/** Whether one of these grants gives the right there. */
export const may = (grants: readonly Grant[], right: Right, scope: Scope): boolean =>
  grants.some((grant) => holds(grant.role, right) && covers(grant, scope))

function covers({ unitId, establishmentId }: Grant, scope: Scope): boolean {
  if (scope === 'anywhere' || (unitId === undefined && establishmentId === undefined)) return true
  if (scope === 'organisation') return false
  return establishmentId === undefined ? unitId === scope.unitId : establishmentId === scope.establishmentId
}

/**
 * Whether the right holds on all these units, as for what they share: a bank's contract belongs to every
 * unit that it serves. What belongs to no unit is the organisation's.
 */
export const mayOnAll = (
  grants: readonly Grant[],
  right: Right,
  unitIds: readonly BillingUnitId[],
): boolean =>
  may(grants, right, 'organisation') ||
  (unitIds.length > 0 && unitIds.every((unitId) => may(grants, right, { unitId })))

export type Reach =
  | 'all'
  | { readonly unitIds: readonly BillingUnitId[]; readonly establishmentIds: readonly EstablishmentId[] }

/** Where these grants give the right, to narrow a list: everything, or some units and establishments. */
export function reachOf(grants: readonly Grant[], right: Right): Reach {
  const held = grants.filter(({ role }) => holds(role, right))
  if (may(held, right, 'organisation')) return 'all'
  return {
    unitIds: held.flatMap(({ unitId }) => unitId ?? []),
    establishmentIds: held.flatMap(({ establishmentId }) => establishmentId ?? []),
  }
}

/** Whether a list narrowed to this reach shows what belongs to the unit. */
export const reaches = (reach: Reach, unitId: BillingUnitId): boolean =>
  reach === 'all' || reach.unitIds.includes(unitId)
