import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { paymentStates } from '../../scripts/print-payment-states.ts'
import { projectFile } from '../platform/files.ts'
import { STATES } from './payment.ts'

test('the printed states are those of the code', () => {
  const printed = readFileSync(projectFile('docs/payment-states.md'), 'utf8')
  expect(printed).toBe(paymentStates())
  for (const state of STATES) expect(printed).toContain(`**${state}**`)
})
