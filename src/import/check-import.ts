// The whole check of an import: the same for the dry run and for the application. Pure.
import { checkInvoices } from './check-invoices.ts'
import { checkOpenings, checkPayments } from './check-money.ts'
import { checkPeople } from './check-people.ts'
import type { Remark } from './format.ts'
import type { Known } from './known.ts'
import { emptyPlan, type Plan } from './plan.ts'
import type { Records } from './records.ts'
import { texts } from './texts.ts'

/** Decides what the records would do to what is known. `problems` are those of reading the file. */
export function checkImport(records: Records, known: Known, problems: readonly Remark[]): Plan {
  const plan = emptyPlan(problems)
  checkPeople(records, known, plan)
  checkInvoices(records, known, plan)
  checkPayments(records, known, plan)
  checkOpenings(records, known, plan)
  noteFamiliesWithoutPayer(records, plan)
  plan.problems.sort((a, b) => a.line - b.line)
  plan.notes.sort((a, b) => a.line - b.line)
  return plan
}

function noteFamiliesWithoutPayer(records: Records, plan: Plan): void {
  const paying = new Set(records.adults.filter((one) => one.role === 'payer').map((one) => one.family))
  for (const { line, key } of plan.families.created)
    if (!paying.has(key)) plan.notes.push({ line, column: 'clé', value: key, reason: texts.notes.nobodyPays })
}
