// A file of credit transfers, as the bank takes it: pain.001.001.09 of ISO 20022. It is the version of
// the European Payments Council's own guidelines (EPC132-08, 2023 and later), which every SEPA bank
// takes; gateways.md 6.2 lists the fields. Pure.
import type { Day, Instant } from '../kernel/dates.ts'
import { type Cents, sum } from '../kernel/money.ts'

type CreditTransfer = {
  /** Comes back on the bank's statement; 35 signs at most. */
  readonly endToEnd: string
  readonly amount: Cents
  readonly holder: string
  readonly iban: string
  /** What the family reads on its own statement. */
  readonly words: string
}

/** What one account pays, as one payment information. */
export type Paying = {
  readonly paymentId: string
  readonly account: { readonly beneficiary: string; readonly iban: string; readonly bic: string }
  readonly transfers: readonly CreditTransfer[]
}

export type TransferOrder = {
  readonly messageId: string
  readonly createdAt: Instant
  readonly initiator: string
  readonly executionOn: Day
  readonly paying: readonly Paying[]
}

const MAX_NAME = 70
const MAX_WORDS = 140

/**
 * The text in the signs that SEPA carries (a-z A-Z 0-9 / - ? : ( ) . , ' + space), accents undone,
 * cut to `max`: « Été à Évian » gives « Ete a Evian ». What it cannot say becomes a space.
 */
export const sepaText = (text: string, max: number): string =>
  text
    .replaceAll('\u0153', 'oe')
    .replaceAll('\u0152', 'OE')
    .replaceAll('\u00E6', 'ae')
    .replaceAll('\u00C6', 'AE')
    .replaceAll('\u2019', "'")
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .replaceAll(/[^a-zA-Z0-9/\-?:().,'+ ]/g, ' ')
    .replaceAll(/\/{2,}/g, '/')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, max)
    .replaceAll(/^[/ ]+|[/ ]+$/g, '')

/** `12.50`, as the schema writes an amount. */
const euros = (amount: Cents): string =>
  `${Math.trunc(amount / 100)}.${String(amount % 100).padStart(2, '0')}`

const totalOf = (transfers: readonly CreditTransfer[]): Cents => sum(transfers.map(({ amount }) => amount))

/** The whole file. Its names and words are cleaned here, so that nothing in it needs an escape. */
export function writePain001({
  messageId,
  createdAt,
  initiator,
  executionOn,
  paying,
}: TransferOrder): string {
  const all = paying.flatMap(({ transfers }) => transfers)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09">',
    '<CstmrCdtTrfInitn>',
    `<GrpHdr><MsgId>${messageId}</MsgId><CreDtTm>${createdAt.toISOString().slice(0, 19)}Z</CreDtTm>`,
    `<NbOfTxs>${all.length}</NbOfTxs><CtrlSum>${euros(totalOf(all))}</CtrlSum>`,
    `<InitgPty><Nm>${sepaText(initiator, MAX_NAME)}</Nm></InitgPty></GrpHdr>`,
    ...paying.map((one) => writePaying(one, executionOn)),
    '</CstmrCdtTrfInitn>',
    '</Document>',
    '',
  ].join('\n')
}

function writePaying({ paymentId, account, transfers }: Paying, executionOn: Day): string {
  return [
    `<PmtInf><PmtInfId>${paymentId}</PmtInfId><PmtMtd>TRF</PmtMtd><BtchBookg>false</BtchBookg>`,
    `<NbOfTxs>${transfers.length}</NbOfTxs><CtrlSum>${euros(totalOf(transfers))}</CtrlSum>`,
    '<PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl></PmtTpInf>',
    `<ReqdExctnDt><Dt>${executionOn}</Dt></ReqdExctnDt>`,
    `<Dbtr><Nm>${sepaText(account.beneficiary, MAX_NAME)}</Nm></Dbtr>`,
    `<DbtrAcct><Id><IBAN>${account.iban}</IBAN></Id></DbtrAcct>`,
    `<DbtrAgt><FinInstnId><BICFI>${account.bic}</BICFI></FinInstnId></DbtrAgt><ChrgBr>SLEV</ChrgBr>`,
    ...transfers.map(writeTransfer),
    '</PmtInf>',
  ].join('\n')
}

const writeTransfer = ({ endToEnd, amount, holder, iban, words }: CreditTransfer): string =>
  [
    `<CdtTrfTxInf><PmtId><EndToEndId>${endToEnd}</EndToEndId></PmtId>`,
    `<Amt><InstdAmt Ccy="EUR">${euros(amount)}</InstdAmt></Amt>`,
    `<Cdtr><Nm>${sepaText(holder, MAX_NAME)}</Nm></Cdtr>`,
    `<CdtrAcct><Id><IBAN>${iban}</IBAN></Id></CdtrAcct>`,
    `<RmtInf><Ustrd>${sepaText(words, MAX_WORDS)}</Ustrd></RmtInf></CdtTrfTxInf>`,
  ].join('\n')
