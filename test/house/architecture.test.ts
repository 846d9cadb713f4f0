// Who may import whom. A message that fails quotes the rule.
import { expect, test } from 'vitest'
import { isNoun, NOUNS, SLICES, WEB_READS, WRITERS } from './plan.ts'
import { bank, program, type Source, sliceOf, sources } from './sources.ts'

const DEMO_WRITES = 'src/demo/load-demo.ts'

const SQL = /\bsql(?:\.raw|<[^>]*>)?`|\b(?:selectFrom|insertInto|updateTable|deleteFrom)\(/
const WRITE = /\b(?:insert into|update [a-z_]+ set|delete from)\b|\b(?:insertInto|updateTable|deleteFrom)\(/i

const breaking = (breaks: (source: Source) => readonly string[] | boolean) =>
  program.flatMap((source) => {
    const found = breaks(source)
    if (found === false || (Array.isArray(found) && found.length === 0)) return []
    return [found === true ? source.file : `${source.file}: ${(found as readonly string[]).join(', ')}`]
  })

test('slices import what the table says', () => {
  const strangers = breaking(({ file, imports }) => {
    const slice = sliceOf(file)
    const allowed = SLICES[slice]
    // At the root of src/ are the programs, which put everything together.
    if (slice.endsWith('.ts')) return []
    if (!allowed) return ['a slice that the table does not know']
    return imports.filter((imported) => {
      const other = sliceOf(imported)
      if (other === slice || allowed.includes(other)) return false
      return !(slice === 'web' && WEB_READS.includes(imported))
    })
  })
  expect(strangers).toEqual([])
})

test('the table has no cycle, and no slice that is gone', () => {
  const order: string[] = []
  const visit = (slice: string, path: readonly string[]) => {
    expect(path).not.toContain(slice)
    for (const other of SLICES[slice] ?? []) visit(other, [...path, slice])
    if (!order.includes(slice)) order.push(slice)
  }
  for (const slice of Object.keys(SLICES)) visit(slice, [])
  const known = new Set(program.map(({ file }) => sliceOf(file)))
  expect(Object.keys(SLICES).filter((slice) => !known.has(slice))).toEqual([])
})

test('the web shell and what it reads of identity stand under every page', () => {
  const read = program.filter(({ file }) => WEB_READS.includes(file))
  expect(read.map(({ file }) => file)).toEqual(WEB_READS)
  for (const { imports } of read)
    for (const imported of imports)
      expect([...WEB_READS, 'kernel', 'platform']).toContain(
        WEB_READS.includes(imported) ? imported : sliceOf(imported),
      )
})

test('the kernel needs no package but the calendar', () => {
  const kernel = breaking(({ file, packages }) =>
    file.startsWith('src/kernel/') ? packages.filter((name) => name !== 'temporal-polyfill') : [],
  )
  expect(kernel).toEqual([])
})

test('nouns are pure: they wait for nothing, and ask neither clock, chance, machine nor network', () => {
  const impure = breaking(({ file, code }) =>
    isNoun(file)
      ? (/\basync\b|\bawait\b|\bDate\.now\b|new Date\(\)|Math\.random|\bprocess\.|\bfetch\(/.exec(code) ?? [])
      : [],
  )
  expect(impure).toEqual([])
  const leaning = breaking(({ file, imports, packages }) =>
    isNoun(file)
      ? [
          ...imports.filter((name) => !isNoun(name)),
          ...packages.filter(
            (name) => !['node:crypto', 'temporal-polyfill', 'fast-xml-parser'].includes(name),
          ),
        ]
      : [],
  )
  expect(leaning).toEqual([])
  expect(NOUNS.filter((noun) => !program.some(({ file }) => file === noun))).toEqual([])
})

test('stores speak SQL, and doors, pages and texts never do', () => {
  const silent = breaking(({ file, code }) => /(?:^|-|\/)store\.ts$/.test(file) && !SQL.test(code))
  expect(silent).toEqual([])
  const doors =
    /(?:^|[-/])(?:portal|door|pages?|view|parts|texts)\.tsx?$|\.tsx$|^src\/web\/(?!app|middleware|session)/
  expect(breaking(({ file, code }) => doors.test(file) && SQL.test(code))).toEqual([])
})

test('a function that takes Read reads', () => {
  const writing = breaking(({ code }) =>
    code
      .split(/\n(?=(?:export )?(?:async )?(?:function|const)\b)/)
      .filter((part) =>
        /\(\s*(?:read|db): Read\b|\bread: Read\b/.test(part.slice(0, part.indexOf('{') + 1) || part),
      )
      .filter((part) => WRITE.test(part))
      .map((part) => /(?:function|const) (\w+)/.exec(part)?.[1] ?? 'a function'),
  )
  expect(writing).toEqual([])
})

test('each table of money is written by its own slice', () => {
  const owner = new Map(
    Object.entries(WRITERS).flatMap(([slice, tables]) => tables.map((table) => [table, slice] as const)),
  )
  const writing =
    /\b(?:insert into|update|delete from) ([a-z_]+)\b|\b(?:insertInto|updateTable|deleteFrom)\('([a-z_]+)'\)/g
  const strangers = breaking(({ file, code }) =>
    [...code.matchAll(writing)]
      .map(([, written, built]) => written ?? built ?? '')
      .filter((table) => owner.has(table) && owner.get(table) !== sliceOf(file) && file !== DEMO_WRITES),
  )
  expect(strangers).toEqual([])
})

test('the portal and the demonstration bank know nothing of each other', () => {
  expect(breaking(({ imports }) => imports.filter((name) => name.startsWith('bank/')))).toEqual([])
  expect(
    bank.flatMap(({ file, imports }) =>
      imports.filter((name) => name.startsWith('src/')).map((name) => `${file}: ${name}`),
    ),
  ).toEqual([])
})

test('nobody imports a program', () => {
  const programs = ['src/start.ts', 'src/cli.ts', 'bank/main.ts', 'src/proof/standalone.ts']
  expect(
    sources.flatMap(({ file, imports }) =>
      imports.filter((name) => programs.includes(name)).map((name) => `${file}: ${name}`),
    ),
  ).toEqual([])
})
