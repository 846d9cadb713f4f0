import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { rightsDocument } from '../../scripts/print-rights.ts'
import type { BillingUnitId, EstablishmentId } from '../kernel/ids.ts'
import { projectFile } from '../platform/files.ts'
import { type Grant, holds, may, reachOf, RIGHTS, ROLES } from './rights.ts'

const THONON = 'thonon' as BillingUnitId
const CCVS = 'ccvs' as BillingUnitId
const MEZY = 'mezy' as EstablishmentId
const grant = (values: Partial<Grant>): Grant => ({
  role: 'cashier',
  unitId: undefined,
  establishmentId: undefined,
  ...values,
})

test('the printed rights are those of the code', () => {
  expect(readFileSync(projectFile('docs/rights.md'), 'utf8')).toBe(rightsDocument())
})

test('every right is held by somebody, and nobody holds them all', () => {
  for (const right of RIGHTS) expect(ROLES.some((role) => holds(role, right))).toBe(true)
  for (const role of ROLES) expect(RIGHTS.every((right) => holds(role, right))).toBe(false)
})

test('a reader changes nothing', () => {
  expect(
    RIGHTS.filter((right) => holds('reader', right)).filter((right) => !right.endsWith('.read')),
  ).toEqual([])
})

test('a role on a unit holds there, not elsewhere, not on the whole', () => {
  const grants = [grant({ unitId: THONON })]
  expect(may(grants, 'desk.record', { unitId: THONON })).toBe(true)
  expect(may(grants, 'desk.record', { unitId: THONON, establishmentId: MEZY })).toBe(true)
  expect(may(grants, 'desk.record', 'anywhere')).toBe(true)
  expect(may(grants, 'desk.record', { unitId: CCVS })).toBe(false)
  expect(may(grants, 'desk.record', 'organisation')).toBe(false)
  expect(may(grants, 'bank.edit', { unitId: THONON })).toBe(false)
})

test('a role on an establishment holds where that establishment is known', () => {
  const grants = [grant({ establishmentId: MEZY })]
  expect(may(grants, 'desk.record', { unitId: CCVS, establishmentId: MEZY })).toBe(true)
  expect(may(grants, 'desk.record', { unitId: CCVS })).toBe(false)
})

test('a role on the whole holds everywhere', () => {
  expect(may([grant({})], 'desk.record', { unitId: CCVS })).toBe(true)
  expect(may([grant({})], 'desk.record', 'organisation')).toBe(true)
})

test('a right reaches as far as the roles that hold it', () => {
  expect(reachOf([grant({ unitId: THONON }), grant({ role: 'reader' })], 'family.read')).toBe('all')
  expect(reachOf([grant({ unitId: THONON }), grant({ role: 'reader' })], 'desk.record')).toEqual({
    unitIds: [THONON],
    establishmentIds: [],
  })
  expect(reachOf([], 'family.read')).toEqual({ unitIds: [], establishmentIds: [] })
})
