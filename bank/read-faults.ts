import { z } from 'zod'

/** What a test may ask of the next payment page (test door, « armer »). */
export const faultsSchema = z.strictObject({
  loss: z.boolean().optional(),
  repeat: z.int().min(0).max(50).optional(),
  delayMs: z.number().min(0).optional(),
  bareReturn: z.boolean().optional(),
  amount: z.int().min(0).optional(),
  badSignature: z.boolean().optional(),
  held: z.enum(['manual', 'deferred']).optional(),
  fields: z.record(z.string().startsWith('vads_'), z.string()).optional(),
})
