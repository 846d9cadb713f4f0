// Who may import whom. A message that fails quotes the rule.
import { expect, test } from 'vitest'
import { bank, program, type Source, sliceOf, sources } from './sources.ts'

/** Each slice and what it may import, besides itself. The table is the graph: it has no cycle. */
const SLICES: { readonly [slice: string]: readonly string[] } = {
  kernel: [],
  platform: ['kernel'],
  ledger: ['kernel', 'platform'],
  jobs: ['kernel', 'platform'],
  tasks: ['kernel', 'platform'],
  organisations: ['kernel', 'platform'],
  mail: ['kernel', 'platform', 'jobs'],
  proof: ['kernel', 'platform', 'organisations'],
  documents: ['kernel', 'platform', 'mail', 'organisations'],
  // Pages are laid for a signed-in adult: see WEB_READS.
  web: ['kernel', 'platform'],
  identity: ['kernel', 'platform', 'mail', 'organisations', 'tasks', 'documents', 'web'],
  families: ['kernel', 'platform', 'mail', 'organisations', 'documents', 'identity', 'web'],
  information: ['kernel', 'platform', 'organisations', 'identity', 'web'],
  staff: ['kernel', 'platform', 'mail', 'organisations', 'identity', 'web'],
  worklist: ['kernel', 'platform', 'tasks', 'staff', 'web'],
  households: ['kernel', 'platform', 'organisations', 'identity', 'statements', 'tasks', 'staff', 'web'],
  billing: ['kernel', 'platform', 'jobs', 'mail', 'ledger', 'organisations', 'documents', 'identity', 'web'],
  statements: ['kernel', 'platform', 'ledger', 'organisations', 'documents', 'identity', 'web'],
  payments: [
    'kernel',
    'platform',
    'jobs',
    'mail',
    'tasks',
    'ledger',
    'organisations',
    'documents',
    'identity',
    'web',
    'billing',
    'statements',
  ],
  desk: ['kernel', 'platform', 'tasks', 'ledger', 'documents', 'billing', 'payments'],
  transfers: ['kernel', 'platform', 'tasks', 'organisations', 'desk'],
  import: ['kernel', 'platform', 'organisations', 'families', 'billing'],
  demo: ['kernel', 'platform', 'organisations', 'families', 'billing', 'import', 'staff'],
  cli: [
    'kernel',
    'platform',
    'organisations',
    'identity',
    'families',
    'billing',
    'payments',
    'import',
    'tasks',
    'transfers',
    'proof',
    'web',
    'staff',
    'worklist',
  ],
}

/** The files of identity and staff that the web shell stands on; none knows of any page. */
const WEB_READS = [
  'src/identity/actor.ts',
  'src/identity/store.ts',
  'src/staff/actor.ts',
  'src/staff/rights-texts.ts',
  'src/staff/rights.ts',
  'src/staff/session-store.ts',
  'src/staff/view-store.ts',
]

/** Nouns: what things are and what rules say of them, without a database, a clock or a network. */
const NOUNS = [
  'src/ledger/ledger.ts',
  'src/ledger/allocation.ts',
  'src/billing/invoice.ts',
  'src/billing/content.ts',
  'src/billing/credit-note.ts',
  'src/desk/desk-payment.ts',
  'src/payments/payment.ts',
  'src/payments/capture.ts',
  'src/payments/bank-transaction.ts',
  'src/payments/gateway.ts',
  'src/payments/gateways/plain-answer.ts',
  'src/payments/chase-ladder.ts',
  'src/payments/queue.ts',
  'src/payments/gateways/payfip/detail.ts',
  'src/payments/gateways/payfip/envelope.ts',
  'src/payments/gateways/payfip/errors.ts',
  'src/payments/gateways/payfip/fields.ts',
  'src/payments/gateways/payfip/notification.ts',
  'src/payments/gateways/payfip/sending-answer.ts',
  'src/payments/gateways/payfip/texts.ts',
  'src/payments/gateways/systempay/chargebacks.ts',
  'src/payments/gateways/systempay/fields.ts',
  'src/payments/gateways/systempay/journal.ts',
  'src/payments/gateways/systempay/kr-answer.ts',
  'src/payments/gateways/systempay/payment-answer.ts',
  'src/payments/gateways/systempay/rest.ts',
  'src/payments/gateways/systempay/signature.ts',
  'src/organisations/contract.ts',
  'src/organisations/organisation.ts',
  'src/identity/actor.ts',
  'src/staff/act.ts',
  'src/staff/actor.ts',
  'src/staff/rights.ts',
  'src/statements/operation.ts',
  'src/documents/receipt-document.ts',
  'src/documents/printable.ts',
  'src/documents/texts.ts',
  'src/mail/mail.ts',
  'src/jobs/job.ts',
  'src/proof/chain.ts',
  'src/proof/check.ts',
  'src/proof/period.ts',
  'src/proof/verdict.ts',
  'src/proof/archive.ts',
  'src/proof/check-archive.ts',
  'src/tasks/task.ts',
  'src/transfers/transfer.ts',
  'src/billing/transfer-order.ts',
]
const isNoun = (file: string) => file.startsWith('src/kernel/') || NOUNS.includes(file)

/** Who writes the tables of money; nobody else does. */
const WRITERS: { readonly [slice: string]: readonly string[] } = {
  ledger: ['account', 'entry', 'posting', 'balance'],
  billing: [
    'invoice',
    'invoice_line',
    'invoice_content',
    'invoice_publication',
    'elsewhere_payment',
    'credit_note',
    'credit_note_line',
    'write_off',
  ],
  payments: [
    'payment_attempt',
    'payment_reference',
    'attempt_invoice',
    'attempt_queue',
    'attempt_sending',
    'bank_message',
    'enquiry',
    'journal_file',
    'journal_line',
    'capture',
    'capture_cancellation',
    'capture_alias',
    'bank_refund',
    'suspense_resolution',
    'receipt',
    'refund',
    'refund_sending',
    'refund_refusal',
    'chargeback',
    'transaction_counter',
  ],
  desk: ['desk_payment', 'deposited_payment'],
  transfers: ['transfer'],
  mail: ['mail'],
  proof: ['seal', 'closing', 'books'],
}
/** The demonstration comes published, so that its families are not written to. */
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
