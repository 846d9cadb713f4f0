// What is read of Stripe's objects: the fields that matter, each of its kind; any other is left.
import { z } from 'zod'

const amount = z.int().min(0)
const time = z.int().min(0)
const metadata = z
  .record(z.string(), z.string())
  .nullish()
  .transform((pairs) => pairs ?? {})
const text = z
  .string()
  .nullish()
  .transform((one) => one ?? '')

/** What any of these may carry: our marks, or another use's. */
export const marked = z.object({ metadata })

export const charge = z.object({
  id: z.string(),
  created: time,
  amount,
  currency: z.string(),
  livemode: z.boolean(),
  payment_intent: text,
  metadata,
  failure_code: text,
  outcome: z.object({ reason: text }).nullish(),
  payment_method_details: z
    .object({
      card: z.object({ brand: text, last4: text, authorization_code: text }).nullish(),
      sepa_debit: z.object({ last4: text }).nullish(),
    })
    .nullish(),
})
export const intent = z.object({
  id: z.string(),
  created: time,
  amount,
  currency: z.string(),
  livemode: z.boolean(),
  status: z.string(),
  metadata,
  latest_charge: z.union([z.string(), charge]).nullish(),
  last_payment_error: z.object({ code: text, decline_code: text, charge: text }).nullish(),
})
export const session = z.object({
  id: z.string(),
  /** Versions of before 2022 write no date; of before 2021, no status. */
  created: time.nullish(),
  amount_total: amount,
  currency: z.string(),
  livemode: z.boolean(),
  status: z.enum(['open', 'complete', 'expired']).nullish(),
  payment_status: z.enum(['paid', 'unpaid', 'no_payment_required']),
  metadata,
  payment_intent: z.union([z.string(), intent]).nullish(),
})
export const refund = z.object({
  id: z.string(),
  created: time,
  amount,
  currency: z.string(),
  status: z.string(),
  payment_intent: text,
  metadata,
})
export const dispute = z.object({
  id: z.string(),
  created: time,
  amount,
  currency: z.string(),
  status: z.string(),
  payment_intent: text,
})
export const event = z.object({
  type: z.string(),
  created: time,
  livemode: z.boolean(),
  data: z.object({ object: z.unknown() }),
})
