import { expect, test } from 'vitest'
import { buildOrganisation } from '../../test/support/build.ts'
import { testDatabase } from '../../test/support/database.ts'
import { TEST_NOW } from '../../test/support/services.ts'
import { openTask } from './open-task.ts'

const db = await testDatabase()

test('a task is opened once per key and organisation', async () => {
  const task = { kind: 'foreign-currency', reference: 'R', bankTransaction: 'T' } as const
  for (const organisationId of [await buildOrganisation(db), await buildOrganisation(db)]) {
    const open = () =>
      db.transaction((tx) => openTask(tx, organisationId, 'organisation', 'T', task, TEST_NOW))
    await Promise.all([open(), open(), open()])
    const found = db.selectFrom('task').select(['kind', 'details', 'done_at'])
    expect(await found.where('organisation_id', '=', organisationId).execute()).toEqual([
      { kind: 'foreign-currency', details: { reference: 'R', bankTransaction: 'T' }, done_at: null },
    ])
  }
})
