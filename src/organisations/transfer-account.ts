// The account that families may transfer money to, as the JSON file describes it.
import { z } from 'zod'
import { isBic, readIban } from '../kernel/transfer-reference.ts'
import type { TransferAccount } from './organisation.ts'
import { texts } from './texts.ts'

const said = texts.description

/** `virement`: whose account it is, its number and its bank, checked. */
export const transferAccount = z
  .strictObject({
    titulaire: z.string().trim().min(1).max(70),
    iban: z.string().transform((text, context) => {
      const iban = readIban(text)
      if (iban === undefined) context.addIssue({ code: 'custom', message: said.iban })
      return iban ?? ''
    }),
    bic: z
      .string()
      .transform((text) => text.replaceAll(/\s/g, '').toUpperCase())
      .refine(isBic, said.bic),
  })
  .transform((from): TransferAccount => ({ beneficiary: from.titulaire, iban: from.iban, bic: from.bic }))
