// A camt.053 statement, of version 02 or 08, as banks write them.

export type StatementEntry = {
  readonly amount: string
  readonly day?: string
  readonly payer?: string
  /** What the payer wrote; the bank may cut it into several. */
  readonly words?: readonly string[]
  /** The structured reference. */
  readonly reference?: string
  readonly bankReference?: string
  /** Our own id, of a transfer that we sent. */
  readonly endToEnd?: string
  /** Our own payment information: all of it booked as one. */
  readonly batch?: string
  readonly direction?: 'CRDT' | 'DBIT'
  readonly status?: string
  readonly currency?: string
  readonly isReversal?: boolean
  /** Further elements of the details, as they stand. */
  readonly more?: string
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

export function entryXml(version: '02' | '08', entry: StatementEntry): string {
  const { amount, day = '2012-04-11', payer, words = [], reference, bankReference } = entry
  const status = entry.status ?? 'BOOK'
  const name = payer === undefined ? '' : `<Nm>${escaped(payer)}</Nm>`
  const party = version === '02' ? name : `<Pty>${name}</Pty>`
  const structured =
    reference === undefined
      ? ''
      : `<Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp><Ref>${reference}</Ref></CdtrRefInf></Strd>`
  return `<Ntry><Amt Ccy="${entry.currency ?? 'EUR'}">${amount}</Amt>
    <CdtDbtInd>${entry.direction ?? 'CRDT'}</CdtDbtInd>${entry.isReversal ? '<RvslInd>true</RvslInd>' : ''}
    <Sts>${version === '02' ? status : `<Cd>${status}</Cd>`}</Sts>
    <BookgDt><Dt>${day}</Dt></BookgDt><ValDt><Dt>${day}</Dt></ValDt>
    ${bankReference === undefined ? '' : `<AcctSvcrRef>${bankReference}</AcctSvcrRef>`}
    <NtryDtls>${entry.batch === undefined ? '' : `<Btch><PmtInfId>${entry.batch}</PmtInfId></Btch>`}<TxDtls><Refs><EndToEndId>${entry.endToEnd ?? 'NOTPROVIDED'}</EndToEndId></Refs>
      <RltdPties><Dbtr>${party}</Dbtr></RltdPties>
      <RmtInf>${words.map((one) => `<Ustrd>${escaped(one)}</Ustrd>`).join('')}${structured}</RmtInf>${entry.more ?? ''}
    </TxDtls></NtryDtls></Ntry>`
}

export const statementXml = (
  iban: string,
  entries: readonly (StatementEntry | string)[],
  version: '02' | '08' = '02',
): string => `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.${version}"><BkToCstmrStmt>
  <GrpHdr><MsgId>1</MsgId><CreDtTm>2012-04-12T06:00:00</CreDtTm></GrpHdr>
  <Stmt><Id>1</Id><Acct><Id><IBAN>${iban}</IBAN></Id><Ccy>EUR</Ccy></Acct>
  ${entries.map((one) => (typeof one === 'string' ? one : entryXml(version, one))).join('\n')}
  </Stmt></BkToCstmrStmt></Document>`
