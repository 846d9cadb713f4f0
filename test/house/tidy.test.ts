// Habits that are tests: what is banned says what to use instead.
import { expect, test } from 'vitest'
import { bank, isTest, lineCount, program, type Source, sources } from './sources.ts'

type Ban = {
  readonly pattern: RegExp
  readonly instead: string
  readonly except?: readonly (string | RegExp)[]
}

/** In what runs: the portal and the bank. */
const BANS: readonly Ban[] = [
  {
    pattern: /\bDate\.now\(|new Date\(\)/,
    instead: 'the clock that is passed',
    except: ['src/platform/clock.ts', 'bank/clock.ts'],
  },
  {
    pattern: /\bprocess\.env\b/,
    instead: 'the settings of platform/config.ts',
    except: ['src/start.ts', 'src/cli.ts', 'bank/main.ts'],
  },
  {
    pattern: /\bconsole\./,
    instead: 'the log',
    except: ['src/start.ts', 'src/cli.ts', /^src\/cli\//, 'bank/main.ts'],
  },
  { pattern: /\bparseFloat\b/, instead: 'readAmount' },
  {
    pattern: /\.toFixed\(/,
    instead: 'formatCents or csvCents',
    // The import tells how many seconds it took: no money.
    except: ['src/kernel/french.ts', 'src/cli/import-command.ts'],
  },
  { pattern: /\bMath\.random\b/, instead: 'platform/secrets.ts' },
  { pattern: /\.localeCompare\(/, instead: 'plain < and >, or the database’s own order' },
  { pattern: /\benum [A-Z]/, instead: 'a union of literals' },
  { pattern: /\bexport default\b/, instead: 'a named export' },
]

/** Everywhere, tests included. */
const BANS_EVERYWHERE: readonly Ban[] = [
  { pattern: /\bas any\b|: any\b|<any>/, instead: 'the type, or unknown' },
  { pattern: /@ts-ignore|@ts-nocheck|@ts-expect-error/, instead: 'the type' },
  { pattern: /\b(?:test|describe|it)\.(?:only|skip|todo)\b/, instead: 'a test that runs' },
  { pattern: /\bvi\.(?:mock|spyOn|fn)\b/, instead: 'the real thing: only third parties are faked' },
]

const broken = (files: readonly Source[], bans: readonly Ban[]) =>
  files.flatMap(({ file, code }) =>
    bans
      .filter(({ pattern }) => pattern.test(code))
      .filter(
        ({ except }) => !except?.some((one) => (typeof one === 'string' ? one === file : one.test(file))),
      )
      .map(({ pattern, instead }) => `${file}: ${pattern.source} → ${instead}`),
  )
const itself = 'test/house/tidy.test.ts'

test('what is banned has a replacement, and it is used', () => {
  expect(broken([...program, ...bank], BANS)).toEqual([])
  expect(
    broken(
      sources.filter(({ file }) => file !== itself),
      BANS_EVERYWHERE,
    ),
  ).toEqual([])
})

test('nothing is left to do in the text', () => {
  const words = new RegExp(`\\b(?:${['TO', 'DO'].join('')}|${['FIX', 'ME'].join('')}|XXX|HACK)\\b`)
  const left = sources.filter(({ file, text }) => file !== itself && words.test(text))
  expect(left.map(({ file }) => file)).toEqual([])
})

/** Longer than the rule, with the reason. */
const LONG: readonly string[] = [
  // One style sheet, read in order.
  'bank/style.ts',
  // One catalogue of the bank's words.
  'bank/texts.ts',
]

test('a file is read in one go: 250 lines, 300 for tests', () => {
  const long = [...sources].filter((source) => {
    if (source.file === 'src/platform/schema.ts' || LONG.includes(source.file)) return false
    return lineCount(source) > (isTest(source.file) ? 300 : 250)
  })
  expect(long.map((source) => `${source.file}: ${lineCount(source)}`)).toEqual([])
  const short = LONG.filter((file) => {
    const source = sources.find((one) => one.file === file)
    return !source || lineCount(source) <= 250
  })
  expect(short).toEqual([])
})

test('a file is named after what it holds', () => {
  const vague = /(?:^|[-/])(?:index|utils?|helpers?|common|manager|services?|misc)\.tsx?$/
  // The one record that is passed by hand, and its twin for tests.
  const known = ['src/platform/services.ts', 'test/support/services.ts']
  const found = sources.map(({ file }) => file).filter((file) => vague.test(file) && !known.includes(file))
  expect(found).toEqual([])
  const shape = /^[a-z\d]+(?:-[a-z\d]+)*(?:\.test)?\.tsx?$/
  expect(sources.map(({ file }) => file).filter((file) => !shape.test(file.split('/').at(-1) ?? ''))).toEqual(
    [],
  )
})

/** Verbs of staff, whose screens come later. */
const AWAITED: readonly string[] = ['src/payments/refunds/book-chargeback.ts']

test('every file serves a program', () => {
  const reached = new Set<string>()
  const reach = (file: string) => {
    if (reached.has(file)) return
    reached.add(file)
    for (const imported of sources.find((source) => source.file === file)?.imports ?? []) reach(imported)
  }
  for (const entry of ['src/start.ts', 'src/cli.ts', 'bank/main.ts', 'src/proof/standalone.ts', ...AWAITED])
    reach(entry)
  const orphans = [...program, ...bank].map(({ file }) => file).filter((file) => !reached.has(file))
  expect(orphans).toEqual([])
})
