// Whoever directs a unit closes the days of its own contract, and not those of a contract that others share.
import { expect, test } from 'vitest'
import { liveDemoMonth } from '../../src/demo/demo-month.ts'
import { loadDemo } from '../../src/demo/load-demo.ts'
import { addDays, parisDay } from '../../src/kernel/dates.ts'
import type { StaffId } from '../../src/kernel/ids.ts'
import { buildPortal } from '../../src/portal.ts'
import { testDatabase } from '../support/database.ts'
import { testServices } from '../support/services.ts'
import { type Visitor, visitor } from '../support/visitor.ts'

const SHOP = { id: '20120316', key: 'KeyOfTheDemoShop' }

async function demonstration(secondId: string | undefined): Promise<{ sophie: Visitor; address: string }> {
  const db = await testDatabase()
  const services = testServices(db, { now: new Date() })
  await loadDemo(services, { ...SHOP, secondId })
  await liveDemoMonth(services, SHOP.id)
  const sophie = visitor(await buildPortal(services), services)
  const { id } = await db
    .selectFrom('staff_member')
    .select('id')
    .where('identifier', '=', 'directrice.thonon')
    .executeTakeFirstOrThrow()
  await sophie.signInStaff(id as StaffId)
  const contract = await db
    .selectFrom('bank_contract')
    .select('id')
    .where('shop_number', '=', SHOP.id)
    .executeTakeFirstOrThrow()
  const day = addDays(parisDay(services.clock.now()), -2)
  return { sophie, address: `/gestion/rapprochement/${day}?contrat=${contract.id}` }
}
const close = async ({ sophie, address }: Awaited<ReturnType<typeof demonstration>>) => {
  const { html } = await sophie.get(address)
  const seen = /name="vu" value="([^"]*)"/.exec(html)?.[1] ?? ''
  return sophie.post(address.replace('?', '/cloture?'), { vu: seen })
}

test('with a shop of its own, the directrice of Thonon closes her day', async () => {
  const closed = await close(await demonstration('20120317'))
  expect([closed.status, closed.location]).toEqual([303, expect.stringContaining('note=clos')])
})

test('while the shop serves CCVS too, she reads the day and cannot close it', async () => {
  const shared = await demonstration(undefined)
  expect((await shared.sophie.get(shared.address)).words).toContain('CCVS')
  expect((await close(shared)).status).toBe(403)
})
