// Stripe's API takes forms with brackets: `line_items[0][price_data][currency]=eur`.
import { z } from 'zod'

type Tree = { [name: string]: string | Tree }

/** The tree of a form's pairs; lists are trees whose names are numbers. */
export function readTree(body: string): Tree {
  const tree: Tree = {}
  for (const [path, value] of new URLSearchParams(body)) {
    const names = [
      path.replace(/\[.*$/, ''),
      ...[...path.matchAll(/\[([^\]]*)\]/g)].map(([, name = '']) => name),
    ]
    let place = tree
    for (const name of names.slice(0, -1)) {
      const inside = place[name]
      if (typeof inside === 'object') place = inside
      else place = place[name] = {}
    }
    place[names.at(-1) ?? path] = value
  }
  return tree
}

const listOf = <Item extends z.ZodType>(item: Item) =>
  z.record(z.string().regex(/^\d*$/), item).transform((tree) => Object.values(tree) as z.output<Item>[])
const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,12}$/)
    .transform(Number)
    .refine((value) => value >= least && value <= most)
const metadata = z
  .record(z.string().max(40), z.string().max(500))
  .refine((pairs) => Object.keys(pairs).length <= 50)
  .default({})
const url = z.url({ protocol: /^https?$/ })

/** A session for one payment in euros; what this bank does not know is refused, as Stripe does. */
export const newSession = z.strictObject({
  mode: z.literal('payment'),
  line_items: listOf(
    z.strictObject({
      quantity: z.literal('1'),
      price_data: z.strictObject({
        currency: z.literal('eur'),
        unit_amount: whole(50, 99_999_999),
        product_data: z.strictObject({
          name: z.string().min(1).max(250),
          description: z.string().optional(),
        }),
      }),
    }),
  ).refine((items) => items.length > 0),
  success_url: url,
  cancel_url: url.optional(),
  client_reference_id: z.string().max(200).optional(),
  customer_email: z.email().max(512).optional(),
  expires_at: whole(0, 99_999_999_999).optional(),
  locale: z.string().optional(),
  metadata,
  payment_intent_data: z
    .strictObject({
      metadata,
      description: z.string().max(1000).optional(),
      statement_descriptor_suffix: z.string().max(22).optional(),
    })
    .default({ metadata: {} }),
  adaptive_pricing: z.strictObject({ enabled: z.enum(['true', 'false']) }).optional(),
  /** Since 2026-10-28 this is the name; `payment_method_types` is gone from the pinned version. */
  allowed_payment_method_types: listOf(z.enum(['card', 'sepa_debit'])).default(['card', 'sepa_debit']),
  expand: listOf(z.string()).optional(),
})

export const newRefund = z.strictObject({
  payment_intent: z.string().optional(),
  charge: z.string().optional(),
  amount: whole(1, 99_999_999).optional(),
  reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
  metadata,
})
