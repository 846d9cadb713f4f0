// What a unit's bank allows: its own limits, and the unit's within them.
import { larger, smaller } from '../kernel/money.ts'
import type { BillingUnit } from '../organisations/organisation.ts'
import type { Capabilities } from './gateway.ts'
import { adapterOf } from './gateways/registry.ts'

/** What families may be promised at a unit's bank; undefined where nothing is paid online. */
export const capabilitiesOf = ({ gateway }: BillingUnit): Capabilities | undefined =>
  gateway === undefined ? undefined : adapterOf(gateway).capabilities

/** The unit with its limits of a payment brought within those of its bank. */
export function withinBank(unit: BillingUnit): BillingUnit {
  const bank = capabilitiesOf(unit)
  if (!bank) return unit
  return {
    ...unit,
    minPayment: larger(unit.minPayment, bank.minAmount),
    maxPayment: bank.maxAmount === null ? unit.maxPayment : smaller(unit.maxPayment, bank.maxAmount),
  }
}
