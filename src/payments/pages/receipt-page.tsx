// A receipt, on one printable page (ux.md 1.10).
import type { ComponentChildren } from 'preact'
import { formatInstantDay, formatTime } from '../../kernel/french.ts'
import { quotedReference } from '../../kernel/ids.ts'
import { ZERO } from '../../kernel/money.ts'
import type { ReceiptContent } from '../../documents/receipt-document.ts'
import { Page } from '../../web/layout.tsx'
import { paths } from '../../web/paths.ts'
import type { View } from '../../web/request.ts'
import { Card, LinkButton, Money } from '../../web/ui.tsx'
import type { ReceiptRow } from '../store.ts'
import { receiptTexts as texts } from './texts.ts'

type Props = { readonly view: View; readonly receipt: ReceiptRow; readonly content: ReceiptContent }

export const ReceiptPage = ({ view, receipt, content }: Props) => (
  <Page view={view} title={texts.title(receipt.number)} lede={texts.notAnInvoice} current="history">
    <div class="lecture">
      <div class="pile">
        <Card id="paiement" title={texts.thanks(content.amountCents)}>
          <dl class="fiche gauche">
            <ReceiptFacts content={content} isOnline={receipt.reference !== null} />
          </dl>
        </Card>
        <Card>
          <Shares content={content} />
        </Card>
        <div class="actions sans-impression">
          <LinkButton href={paths.receiptPdf(receipt.id)} icon="download">
            {texts.download}
          </LinkButton>
          <button class="b b-2" type="button" hidden data-print>
            {texts.print}
          </button>
          {receipt.reference !== null && (
            <LinkButton href={paths.payment(receipt.reference)} look="link">
              {texts.payment}
            </LinkButton>
          )}
        </div>
      </div>
    </div>
  </Page>
)

const Fact = ({ name, children }: { name: string; children: ComponentChildren }) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
)

const ReceiptFacts = ({ content, isOnline }: { content: ReceiptContent; isOnline: boolean }) => {
  const at = new Date(content.paidAt)
  const { payee } = content
  return (
    <>
      <Fact name={texts.paidAt}>{texts.at(formatInstantDay(at), formatTime(at))}</Fact>
      <Fact name={texts.payer}>{content.payer.name}</Fact>
      <Fact name={texts.payee}>
        {payee.unit}
        <br />
        {payee.organisation}
        <br />
        {payee.address}
        <br />
        {texts.siret(payee.siret)}
      </Fact>
      <Fact name={texts.mode}>{texts.card(content.mode, content.cardBrand, content.cardMasked)}</Fact>
      {content.authorisation !== '' && <Fact name={texts.authorisation}>{content.authorisation}</Fact>}
      {content.bankTransaction !== '' && <Fact name={texts.transaction}>{content.bankTransaction}</Fact>}
      {content.bankName !== '' && <Fact name={texts.bank}>{content.bankName}</Fact>}
      {content.reference !== '' && (
        <Fact name={texts.reference}>
          {/* A cheque's number is no reference of ours. */}
          {isOnline ? quotedReference(content.reference) : content.reference}
        </Fact>
      )}
    </>
  )
}

const Shares = ({ content }: { content: ReceiptContent }) => (
  <table class="tab souple" role="table">
    <caption>{texts.caption}</caption>
    <thead role="rowgroup">
      <tr role="row">
        <th role="columnheader" scope="col">
          {texts.invoice}
        </th>
        <th role="columnheader" scope="col">
          {texts.label}
        </th>
        <th role="columnheader" scope="col" class="d">
          {texts.settled}
        </th>
        <th role="columnheader" scope="col" class="d">
          {texts.dueAfter}
        </th>
      </tr>
    </thead>
    <tbody role="rowgroup">
      {content.lines.map((line) => (
        <tr role="row">
          <th role="rowheader" scope="row">
            <a href={paths.invoice(line.invoiceNumber)}>{line.invoiceNumber}</a>
          </th>
          <td role="cell" class="libre">
            {line.label}
          </td>
          <td role="cell" data-l={texts.settled} class="d">
            <Money cents={line.settledCents} />
          </td>
          <td role="cell" data-l={texts.dueAfter} class="d">
            <Money cents={line.dueAfterCents} />
          </td>
        </tr>
      ))}
      {content.creditCents > ZERO && (
        <tr role="row">
          <th role="rowheader" scope="row" colSpan={2}>
            {texts.credit}
          </th>
          <td role="cell" data-l={texts.settled} class="d">
            <Money cents={content.creditCents} />
          </td>
          <td role="cell" class="cache-etroit" />
        </tr>
      )}
      <tr role="row">
        <th role="rowheader" scope="row" colSpan={2}>
          {texts.total}
        </th>
        <td role="cell" data-l={texts.settled} class="d">
          <strong>
            <Money cents={content.amountCents} />
          </strong>
        </td>
        <td role="cell" class="cache-etroit" />
      </tr>
    </tbody>
  </table>
)
