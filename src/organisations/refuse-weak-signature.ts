import { rows, sql, type Read } from '../platform/db.ts'
import { texts } from './texts.ts'

/** Production never believes SHA-1 signatures. Throws the sentence that says what to do. */
export async function refuseWeakSignature(read: Read): Promise<void> {
  const weak = await rows<{ shop: string }>(
    read,
    sql`select shop_number as shop from bank_contract
      where mode = 'PRODUCTION' and settings ->> 'signature' = 'SHA-1' order by shop_number`,
  )
  if (weak.length > 0) throw new Error(texts.weakSignature(weak.map((one) => one.shop)))
}
