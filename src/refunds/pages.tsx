import { formatInstantDay } from '../kernel/french.ts'
import type { Cents } from '../kernel/money.ts'
import { Field } from '../web/fields.tsx'
import type { Form, Problems } from '../web/form.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Button, Empty, LinkButton, Money, Notice, StateTag } from '../web/ui.tsx'
import type { AccountView } from './account-card.tsx'
import { REFUND_STATES, type RefundRequest, type RefundState } from './store.ts'
import { texts } from './texts.ts'
import { transferTexts } from './transfer-texts.ts'

export const TAGS = {
  waiting: 'pending',
  approved: 'due',
  sent: 'pending',
  paid: 'ok',
  refused: 'refused',
} as const

/** A second person is missing: said before it is needed. */
export type Missing = 'alone' | 'nobody' | undefined
export const MissingNotice = ({ missing }: { missing: Missing }) =>
  missing ? <Notice kind="warning" title={texts[missing]} /> : null

export const RefundsPage = (props: {
  view: View
  requests: readonly RefundRequest[]
  state: RefundState | undefined
  missing: Missing
}) => (
  <OfficePage
    view={props.view}
    title={texts.title}
    lede={texts.lede}
    current="refunds"
    actions={
      <>
        <LinkButton href={paths.office.transferFiles} look="secondary" small icon="bank">
          {transferTexts.page.open}
        </LinkButton>
        <LinkButton href={paths.office.newRefund} look="secondary" small icon="plus">
          {texts.prepare}
        </LinkButton>
      </>
    }
  >
    <MissingNotice missing={props.missing} />
    <nav class="puces" aria-label={texts.filter}>
      <a class="puce" href={paths.office.refunds} aria-current={props.state ? undefined : 'true'}>
        {texts.all}
      </a>
      {REFUND_STATES.map((one) => (
        <a
          class="puce"
          href={`${paths.office.refunds}?etat=${one}`}
          aria-current={props.state === one ? 'true' : undefined}
        >
          {texts.states[one]}
        </a>
      ))}
    </nav>
    {props.requests.length === 0 ? (
      <Empty title={texts.empty}>
        <p>{texts.emptyText}</p>
      </Empty>
    ) : (
      <RequestTable requests={props.requests} />
    )}
  </OfficePage>
)

export const RequestTable = ({ requests }: { requests: readonly RefundRequest[] }) => (
  <div class="carte defile" role="region" aria-label={texts.caption} tabIndex={0}>
    <table class="tab">
      <caption class="vh">{texts.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{texts.columns.family}</th>
          <th scope="col" class="d">
            {texts.columns.amount}
          </th>
          <th scope="col">{texts.columns.prepared}</th>
          <th scope="col">{texts.columns.state}</th>
        </tr>
      </thead>
      <tbody>
        {requests.map((one) => (
          <tr>
            <th scope="row">
              <a href={paths.office.refund(one.id)}>{one.familyName}</a>
            </th>
            <td class="d">
              <Money cents={one.amount} />
            </td>
            <td>{texts.preparedBy(one.preparedName, formatInstantDay(one.preparedAt))}</td>
            <td>
              <StateTag kind={TAGS[one.state]}>{texts.states[one.state]}</StateTag>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)

/** Which payment is given back: asked first, since all the rest follows from it. */
export const FindPage = (props: { view: View; typed: string; problems?: Problems | undefined }) => (
  <OfficePage
    view={props.view}
    title={texts.prepare}
    crumb={<a href={paths.office.refunds}>{texts.title}</a>}
    current="refunds"
    problems={props.problems}
  >
    <form class="formulaire carte petite" method="get" action={paths.office.newRefund} noValidate>
      <Field
        name="paiement"
        label={texts.find.field}
        hint={texts.find.hint}
        value={props.typed}
        maxlength={40}
        autocomplete="off"
        spellcheck={false}
        problems={props.problems}
      />
      <Button icon="search">{texts.find.go}</Button>
    </form>
  </OfficePage>
)

export type RequestProps = {
  readonly view: View
  readonly request: RefundRequest
  readonly today: Cents
  readonly history: readonly RefundRequest[]
  readonly mayApprove: boolean
  readonly isOwn: boolean
  readonly missing: Missing
  readonly payout: AccountView
  readonly saved: keyof typeof texts.saved | undefined
  readonly form?: Form
  readonly problems?: Problems | undefined
}
