// Families, the adults who sign in for them, and their children, as rows.
import type { Instant } from '../../src/kernel/dates.ts'
import { identifierOf } from '../../src/families/identifier.ts'
import type { Rows } from './copy-rows.ts'
import type { World } from './organisation.ts'
import { childrenOf, givenName, idOf, issuedAt, lastNameOf, monthStart, type Size, unitOf } from './shape.ts'

/** Everything of a large database begins then. */
export const beganAt = (size: Size): Instant => new Date(`${monthStart(size, 0)}T06:00:00Z`)

export const familyId = (size: Size, family: number) => idOf<'family'>('family', family, beganAt(size))
export const payerId = (size: Size, family: number) => idOf<'adult'>('adult', family * 2, beganAt(size))
export const childId = (size: Size, family: number, child: number) =>
  idOf<'child'>('child', family * 2 + child, beganAt(size))
export const invoiceId = (size: Size, family: number, month: number) =>
  idOf<'invoice'>('invoice', month * size.families + family, issuedAt(size, family, month))

export const payerName = (family: number): string => `${lastNameOf(family)} ${givenName(family, 0)}`
export const identifierIn = (family: number): string =>
  `${identifierOf({ lastName: lastNameOf(family), firstName: givenName(family, 0) })}${family}`

export function addFamily(rows: Rows, world: World, size: Size, family: number, passwordHash: string): void {
  const { organisationId, units } = world
  const at = beganAt(size)
  const id = familyId(size, family)
  const name = lastNameOf(family)
  const town = `${10 + (family % 80)}${String(family % 900).padStart(3, '0')}`
  rows.add(
    'family',
    organisationId,
    id,
    null,
    name,
    `${(family % 150) + 1} rue des Écoles`,
    town,
    'Paris',
    at,
  )
  const digits = String(family)
    .padStart(8, '0')
    .replaceAll(/(\d\d)(?=\d)/g, '$1 ')
  for (let person = 0; person < 1 + (family % 2); person += 1) {
    const adult = idOf('adult', family * 2 + person, at)
    const mail = person === 0 ? `${identifierIn(family)}@courriel.example` : null
    const mobile = person === 0 ? `06 ${digits}` : null
    const role = person === 0 ? 'payer' : 'reader'
    rows.add(
      'adult',
      organisationId,
      adult,
      id,
      null,
      role,
      givenName(family, person),
      name,
      mail,
      mobile,
      at,
    )
    if (person === 0)
      rows.add(
        'login',
        idOf('login', family, at),
        organisationId,
        adult,
        identifierIn(family),
        mail,
        passwordHash,
        at,
        at,
      )
  }
  for (let child = 0; child < childrenOf(family); child += 1) {
    const born = `20${14 + ((family + child) % 8)}-0${1 + (family % 9)}-1${family % 10}`
    rows.add(
      'child',
      organisationId,
      childId(size, family, child),
      id,
      null,
      givenName(family, 2 + child),
      name,
      born,
      at,
    )
  }
  rows.add('family_unit', organisationId, id, units[unitOf(family)]?.id ?? null, at)
}
