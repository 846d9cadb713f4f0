// Messages that others published, with their source: what we read is not only what we wrote.
import { expect, test } from 'vitest'
import vectors from '../../../../test/vectors/systempay-signatures.json' with { type: 'json' }
import { systempayContract } from '../../../../test/support/contracts.ts'
import { parseFields } from './fields.ts'
import { type Algorithm, isSigned, sign } from './signature.ts'
import { systempay } from './systempay.ts'

const NOW = new Date('2026-11-23T12:00:00Z')

test.each(vectors.map((one) => [`${one.source}, ${one.algorithm}`, one] as const))(
  '%s',
  (_, { fields: raw, key, algorithm: named, signature }) => {
    const algorithm = named as Algorithm
    const fields = parseFields(raw) ?? []
    expect(sign(fields, key, algorithm)).toBe(signature)
    expect(isSigned(fields, signature, `${key}x`, algorithm)).toBe(false)
    const shopNumber = fields.find(([name]) => name === 'vads_site_id')?.[1] ?? ''
    const contract = systempayContract({ shopNumber, secrets: { key }, settings: { signature: algorithm } })
    const { readNotification } = systempay.open(contract)
    const read = (text: string) =>
      readNotification({ headers: {}, raw: `${text}&${new URLSearchParams({ signature }).toString()}` }, NOW)
    // A form, or a part of a message, is authentic and still nothing that can be booked.
    expect(read(raw)).not.toMatchObject({ failure: 'bad-signature' })
    expect(read(raw.replace('vads_amount=', 'vads_amount=9'))).toEqual({
      ok: false,
      failure: 'bad-signature',
    })
  },
)

test('the whole messages among them are read for what they are', () => {
  const told = vectors.flatMap(({ fields: raw, source }) => {
    const { readKept } = systempay.open(systempayContract())
    const read = readKept(raw)
    const fact = read.ok && read.value.kind === 'facts' ? read.value.facts[0] : undefined
    return raw.includes('vads_trans_status=') && fact
      ? [`${source.slice(0, 12)} ${fact.operation} ${fact.verdict} ${fact.amount} ${fact.cardMasked}`]
      : []
  })
  expect([...new Set(told)]).toEqual([
    'eopayment, t debit accepted 1000 •••• 0018',
    'khalyomede/s debit accepted 19999 •••• 0014',
    'Lyra Network debit accepted 2525 •••• 0001',
    'Lyra Network debit refused 8894 •••• 0099',
  ])
})
