import type { Read } from '../platform/db.ts'
import { DEMO_SIRET } from './demo-organisation.ts'
import { texts } from './texts.ts'

/**
 * Production never runs on a database that holds the demonstration: its logins have a password that
 * everybody knows. Throws the sentence that says what to do.
 */
export async function refuseDemo(read: Read): Promise<void> {
  const demo = await read
    .selectFrom('organisation')
    .select('id')
    .where('siret', '=', DEMO_SIRET)
    .executeTakeFirst()
  if (demo) throw new Error(texts.demoInProduction)
}
