import { expect, test } from 'vitest'
import type { Evidence } from './evidence.ts'
import { type Case, judge } from './judge.ts'
import { drawPlan } from './plan.ts'

/** One family owes 31,00 €, has paid it, and everything says so. */
function soundCase(): Case {
  const whole = drawPlan(7, 100)
  const family = whole.families.find((one) => one.payments[0]?.story === 'paid' && one.invoices.length > 0)
  const payment = family?.payments[0]
  if (!family || !payment) throw new Error('no plain family in the plan')
  const plan = { ...whole, families: [{ ...family, invoices: [3_100], payments: [payment] }] }
  const evidence: Evidence = {
    captures: [{ transUuid: 'u1', amount: 3_100, reference: 'R1', inSuspense: false, receipts: ['N1'] }],
    ledgerSum: 3_100,
    mails: new Map([['N1', { planned: 1, sent: 1 }]]),
    families: new Map([[`F${family.id}`, 0]]),
    drifted: 0,
    overpaid: 0,
    states: new Map([['R1', 'captured']]),
    tasks: new Set(),
    messagesWaiting: 0,
    unsealed: 0,
  }
  return {
    plan,
    takings: [{ transUuid: 'u1', orderId: 'R1', ordered: 3_100, taken: 3_100 }],
    orders: new Map([['R1', payment]]),
    evidence,
    mailTimes: new Map([['<m1>', 1]]),
    mailsOfReceipt: new Map([['N1', new Set(['<m1>'])]]),
    cuts: 1,
    chainVerified: true,
    stranded: [],
    workLeft: 0,
  }
}

const [capture] = soundCase().evidence.captures
if (!capture) throw new Error('no capture')
const withEvidence = (changes: Partial<Evidence>) => ({ evidence: { ...soundCase().evidence, ...changes } })
const reasonsOf = (changes: Partial<Case>) =>
  judge({ ...soundCase(), ...changes }).reasons.map((reason) => reason.split(':')[0])

test('when the bank and the ledger say the same of everything, nothing is found', () => {
  expect(judge(soundCase()).reasons).toEqual([])
})

test('one warning of bad signatures is what forgeries bring', () => {
  expect(reasonsOf(withEvidence({ tasks: new Set(['bad-signatures ']) }))).toEqual([])
})

test.each<[string, Partial<Case>, string[]]>([
  [
    'money the ledger does not know',
    withEvidence({ captures: [], ledgerSum: 0, families: soundCase().evidence.families }),
    ['ledgerSum', 'lost'],
  ],
  [
    'a capture booked twice',
    withEvidence({ captures: [capture, capture], ledgerSum: 6_200 }),
    ['ledgerSum', 'doubled'],
  ],
  [
    'a capture the bank never made',
    withEvidence({ captures: [capture, { ...capture, transUuid: 'u2' }], ledgerSum: 6_200 }),
    ['ledgerSum', 'notFromBank'],
  ],
  ['another amount', withEvidence({ captures: [{ ...capture, amount: 3_000 }] }), ['wrongAmount']],
  ['no receipt', withEvidence({ captures: [{ ...capture, receipts: [] }] }), ['receiptsMissing']],
  ['two receipts', withEvidence({ captures: [{ ...capture, receipts: ['N1', 'N1'] }] }), ['receiptsDoubled']],
  ['a mail that was never planned', withEvidence({ mails: new Map() }), ['mailsMissing']],
  ['a mail that never came', { mailsOfReceipt: new Map() }, ['mailsMissing']],
  [
    'two mails for one receipt',
    { mailsOfReceipt: new Map([['N1', new Set(['<m1>', '<m2>'])]]) },
    ['mailsPlannedTwice'],
  ],
  ['more mails sent again than cuts explain', { mailTimes: new Map([['<m1>', 4]]) }, ['mailsSentAgain']],
  ['a balance that drifts', withEvidence({ drifted: 1 }), ['drift']],
  ['an invoice paid over', withEvidence({ overpaid: 1 }), ['overpaidInvoices']],
  ['a family that still owes', withEvidence({ families: new Map() }), ['wrongFamilies']],
  ['an attempt still waiting', withEvidence({ states: new Map([['R1', 'redirected']]) }), ['wrongStates']],
  ['a task nobody needs', withEvidence({ tasks: new Set(['surplus u1']) }), ['tasksTooMany']],
  ['a message left waiting', withEvidence({ messagesWaiting: 1 }), ['messagesWaiting']],
  ['an entry without a seal', withEvidence({ unsealed: 1 }), ['unsealed']],
  ['a chain that does not verify', { chainVerified: false }, ['chainVerified']],
  ['work that never ends', { workLeft: 1 }, ['workLeft']],
  ['a family that got nowhere', { stranded: ['payment 1'] }, ['stranded']],
])('%s is found', (_, changes, expected) => {
  expect(reasonsOf(changes)).toEqual(expect.arrayContaining(expected))
})

test('another amount than was ordered belongs in suspense, with a task', () => {
  const { takings } = soundCase()
  const wrong = takings.map((one) => ({ ...one, ordered: 3_000 }))
  expect(reasonsOf({ takings: wrong })).toEqual(
    expect.arrayContaining(['suspenseFound', 'tasksMissing', 'wrongStates']),
  )
})
