// One PostgreSQL for the whole run, and one migrated database from which each test file's is cloned.
import type { TestProject } from 'vitest/node'
import type { ConnectionSettings } from '../../src/platform/db.ts'
import { createTemplate, dropDatabase, openTestServer } from './server.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** How to reach the server's maintenance database, and the name of the template. */
    server: ConnectionSettings
    template: string
  }
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const server = await openTestServer()
  const template = `preau_test_${process.pid}`
  await createTemplate(server.connection, template)
  project.provide('server', server.connection)
  project.provide('template', template)
  return async () => {
    await dropDatabase(server.connection, template)
    await server.stop()
  }
}
