import { stat } from 'node:fs/promises'
import { listHoldersOf } from '../families/store.ts'
import { writeLetters, writableFolder } from '../families/write-letters.ts'
import { applyImport, type Imported, planImport } from '../import/apply-import.ts'
import type { Plan } from '../import/plan.ts'
import { isEmpty, reportOf } from '../import/report.ts'
import { texts as importTexts } from '../import/texts.ts'
import type { Organisation } from '../organisations/organisation.ts'
import type { Services } from '../platform/services.ts'
import { chooseOrganisation, type Command, type CommandContext, readArgs, refusal } from './command.ts'
import { readUserFile } from './read-user-file.ts'
import { texts } from './texts.ts'

const { report } = importTexts
const LETTERS = 'lettres'

/** `import FICHIER.csv`: a dry run, or with --apply the import itself. */
export const importCommand: Command = {
  name: 'import',
  usage: 'FICHIER.csv [--apply] [--pdf DOSSIER] [--lettres DOSSIER] [--organisation NOM]',
  summary: texts.import.summary,
  run: async (context, args) => {
    const { values, words } = readArgs(
      args,
      {
        apply: { type: 'boolean' },
        pdf: { type: 'string' },
        lettres: { type: 'string' },
        organisation: { type: 'string' },
      },
      { names: ['FICHIER.csv'] },
    )
    const content = await readUserFile(words[0] ?? '')
    if (values.pdf !== undefined && !(await isFolder(values.pdf)))
      throw refusal(texts.import.noFolder(values.pdf))
    const services = await context.open()
    const organisation = await chooseOrganisation(services, values.organisation)
    const pdfFolder = values.pdf
    if (values.apply === true)
      await apply(context, services, organisation, content, { pdfFolder, letters: values.lettres ?? LETTERS })
    else {
      const { plan } = await planImport(services.db, organisation.id, content, { pdfFolder })
      tell(context, plan)
      context.terminal.print(isEmpty(plan) ? report.nothingNew : report.dryRun)
    }
  },
}

async function apply(
  context: CommandContext,
  services: Services,
  organisation: Organisation,
  content: Uint8Array,
  folders: { pdfFolder: string | undefined; letters: string },
): Promise<void> {
  const started = performance.now()
  const options = { now: services.clock.now(), mailActivation: true, pdfFolder: folders.pdfFolder }
  const done = await applyImport(services, organisation.id, content, options)
  if (!done.ok) {
    if (done.failure.kind === 'busy') throw refusal(report.busy)
    tell(context, done.failure.plan)
    return
  }
  const { plan, mails } = done.value
  tell(context, plan)
  context.terminal.print(
    isEmpty(plan) ? report.nothingNew : report.applied(seconds(performance.now() - started)),
  )
  if (mails > 0) context.terminal.print(report.mails(mails))
  await printLetters(context, services, organisation, done.value, folders.letters)
}

const seconds = (ms: number): string => (ms / 1000).toFixed(1).replace('.', ',')

/** Prints the report; throws when there are problems. */
function tell({ terminal }: CommandContext, plan: Plan): void {
  terminal.print(`${reportOf(plan)}\n`)
  if (plan.problems.length > 0) throw refusal(report.refused(plan.problems.length))
}

async function printLetters(
  { terminal }: CommandContext,
  services: Services,
  organisation: Organisation,
  { letters }: Imported,
  folder: string,
): Promise<void> {
  if (letters.length === 0) return
  const logins = letters.map((one) => one.loginId)
  const holders = await listHoldersOf(services.db, organisation.id, logins)
  const tokens = new Map(letters.map((one) => [one.loginId, one.token]))
  const accesses = holders.map((holder) => ({ holder, token: tokens.get(holder.loginId) ?? '' }))
  if (!(await writableFolder(folder))) throw refusal(texts.import.lettersLost(folder))
  await writeLetters(folder, organisation, services.config.publicUrl, accesses, services.clock.now())
  terminal.print(report.letters(letters.length, folder))
}

const isFolder = async (folder: string): Promise<boolean> =>
  (await stat(folder).catch(() => undefined))?.isDirectory() === true
