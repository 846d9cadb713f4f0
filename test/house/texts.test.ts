// French is in the catalogues, and it is well set.
import { expect, test } from 'vitest'
import { program, sources } from './sources.ts'

const isCatalogue = (file: string) => /(?:^|[-/])texts\.tsx?$/.test(file)
/** The bank's catalogue sets its own spaces, by a rule. */
const catalogues = sources.filter(({ file }) => isCatalogue(file) && !file.startsWith('bank/'))

/** What speaks French without being a catalogue, and why. */
const SPEAKING: readonly (string | RegExp)[] = [
  // Sentences of a start that failed, when there is no page to show them on.
  'src/platform/config.ts',
  'src/platform/embedded-postgres.ts',
  'src/platform/migrate.ts',
  'src/boot.ts',
  // How French writes numbers and days.
  'src/kernel/french.ts',
  // The letters that identifiers do without.
  'src/families/identifier.ts',
  // Names of columns in the files that are taken over, and of places in them.
  /^src\/import\/(?!texts)/,
  // The people and places of the demonstration.
  /^src\/demo\//,
  // The project's own name in the documents it draws.
  'src/documents/sheet.ts',
  // What the usage line of a command calls its argument.
  'src/cli/tasks-command.ts',
  // The mark of a secret in the log.
  'src/platform/log.ts',
  // Who books when nobody asked: kept in the ledger as it is.
  'src/billing/apply-credit.ts',
]
const speaks = (file: string) =>
  isCatalogue(file) || SPEAKING.some((one) => (typeof one === 'string' ? one === file : one.test(file)))

const FRENCH = /[àâçéèêëîïôùûüÿœæÀÂÇÉÈÊËÎÏÔÙÛŒ«»]/

test('French stands in the catalogues only', () => {
  const speaking = program.filter(({ file, code }) => !speaks(file) && FRENCH.test(code))
  expect(
    speaking.map(({ file, code }) => `${file}: ${new RegExp(`.*${FRENCH.source}.*`).exec(code)?.[0].trim()}`),
  ).toEqual([])
})

test('every catalogue has something to say', () => {
  expect(catalogues.length).toBeGreaterThan(5)
  expect(catalogues.filter(({ strings }) => strings.length === 0)).toEqual([])
})

const badlySet = (pattern: RegExp) =>
  catalogues.flatMap(({ file, strings }) =>
    strings
      .filter((text) => pattern.test(text) && !/^https?:/.test(text))
      .map((text) => `${file}: ${text.slice(0, 90)}`),
  )

test('a no-break space stands before : ; ! ? and inside « »', () => {
  expect(badlySet(/ [:;!?»](?:\s|$|\.|\))|« /)).toEqual([])
  expect(badlySet(/[a-zéèêàù][;!?](?:\s|$)|[a-zéèêàù]:(?:\s|$)|«[^\u00A0\u202F]|[^\u00A0\u202F]»/)).toEqual(
    [],
  )
})

test('no narrow no-break space, which PDF fonts do not have', () => {
  expect(badlySet(/\u202F/)).toEqual([])
})

test('an apostrophe is curved, and three points are one sign', () => {
  expect(badlySet(/[A-Za-zÀ-ÿ]'[A-Za-zÀ-ÿ]/)).toEqual([])
  expect(badlySet(/[a-zé]\.\.\./)).toEqual([])
})
