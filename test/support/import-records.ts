// A small file of records, and the import of files into an organisation.
import {
  applyImport,
  type Imported,
  type ImportFailure,
  type ImportOptions,
} from '../../src/import/apply-import.ts'
import type { OrganisationId } from '../../src/kernel/ids.ts'
import type { Result } from '../../src/kernel/result.ts'
import { rows, sql } from '../../src/platform/db.ts'
import type { Services } from '../../src/platform/services.ts'
import { TEST_NOW } from './services.ts'

export const PEOPLE = `famille;F1;MARTIN;4 chemin du Lac;74200;Thonon-les-Bains;CCVS
adulte;A1;F1;payeur;Claire;MARTIN;Claire.Martin@exemple.fr;06 12 34 56 78
adulte;A2;F1;lecteur;Paul;MARTIN
enfant;E1;F1;Léo;MARTIN;03/09/2004
`
export const INVOICE = `facture;K1;TH001987;THONON;THONON;F1;16/03/2012;01/02/2012;29/02/2012;15/04/2012;;Mercredis;;31,00
ligne;K1;E1;01/02/2012;Mercredi;2;11,50;23,00;tranche C
ligne;K1;E1;15/02/2012;Demi-journée;0,5;16,00;8,00;
`
/** One family that owes 4,50 € of 31,00 €. */
export const FILE = `${PEOPLE}${INVOICE}paiement;P1;THONON;F1;20/03/2012;chèque;26,50;TH001987\n`

export type Importer = {
  readonly run: (
    id: OrganisationId,
    content: string | Uint8Array,
    options?: Partial<ImportOptions>,
  ) => Promise<Result<Imported, ImportFailure>>
  /** As `run`; throws when the import is refused. */
  readonly apply: (
    id: OrganisationId,
    content: string | Uint8Array,
    options?: Partial<ImportOptions>,
  ) => Promise<Imported>
  /** What the families of an organisation owe on each invoice; their credits under no number. */
  readonly balancesOf: (id: OrganisationId) => Promise<{ number: string | null; cents: number }[]>
}

/** Imports on the evening of the tests, with activation mails. */
export function importer(services: Services): Importer {
  const run: Importer['run'] = (id, content, options = {}) =>
    applyImport(services, id, content, { now: TEST_NOW, mailActivation: true, ...options })
  return {
    run,
    apply: async (...args) => {
      const done = await run(...args)
      if (!done.ok) throw new Error(JSON.stringify(done.failure))
      return done.value
    },
    balancesOf: (id) =>
      rows<{ number: string | null; cents: number }>(
        services.db,
        sql`select i.number, b.cents from account a
          join balance b on b.organisation_id = a.organisation_id and b.account_id = a.id
          left join invoice i on i.organisation_id = a.organisation_id and i.id = a.invoice_id
          where a.organisation_id = ${id} order by i.number`,
      ),
  }
}
