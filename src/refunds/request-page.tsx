import { formatInstantDay, formatTime } from '../kernel/french.ts'
import { quotedReference } from '../kernel/ids.ts'
import { Field } from '../web/fields.tsx'
import { field } from '../web/form.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import { Card, Details, FormToken, Money, Notice, StateTag, SubmitButton } from '../web/ui.tsx'
import { AccountCard } from './account-card.tsx'
import { MissingNotice, type RequestProps, RequestTable, TAGS } from './pages.tsx'
import { texts } from './texts.ts'

/** One request: its facts, what changed since, and what may be decided. */
export const RequestPage = (props: RequestProps) => {
  const { request, history } = props
  const words = texts.one
  return (
    <OfficePage
      view={props.view}
      title={words.title(request.amount, request.familyName)}
      crumb={<a href={paths.office.refunds}>{texts.title}</a>}
      current="refunds"
      problems={props.problems}
    >
      <div class="pile-s">
        {props.saved && (
          <Notice
            kind={props.saved === 'deja' ? 'warning' : 'success'}
            title={texts.saved[props.saved]}
            live
          />
        )}
        <div class="carte">
          <p>
            <StateTag kind={TAGS[request.state]}>{texts.states[request.state]}</StateTag>
          </p>
          <Facts {...props} />
        </div>
        {request.state === 'waiting' && props.today !== request.refundable && (
          <Notice kind="warning" title={words.changed(request.refundable, props.today)} />
        )}
        <AccountCard {...props} />
        {request.state === 'waiting' && <Decide {...props} />}
        {request.state === 'approved' && <Settle {...props} />}
        {history.length > 0 && (
          <section aria-labelledby="autres">
            <h2 id="autres">{words.history}</h2>
            <RequestTable requests={history} />
          </section>
        )}
      </div>
    </OfficePage>
  )
}

const Facts = ({ request }: RequestProps) => {
  const words = texts.one
  const { settlement } = request
  return (
    <Details
      items={[
        [words.amount, <Money cents={request.amount} />],
        [words.source, request.invoiceNumber === null ? words.credit : words.invoice(request.invoiceNumber)],
        [
          words.payment,
          <>
            <Money cents={request.captured} />,{' '}
            {texts.form.paidOn(formatInstantDay(request.capturedAt), request.cardMasked)}
          </>,
        ],
        [words.unit, request.unitName],
        [words.reason, request.reason],
        [words.prepared, texts.preparedBy(request.preparedName, formatInstantDay(request.preparedAt))],
        ...(request.decidedAt && request.decidedName !== null
          ? [
              [
                words.decided,
                `${texts.preparedBy(request.decidedName, formatInstantDay(request.decidedAt))} ${formatTime(request.decidedAt)}`,
              ] as const,
            ]
          : []),
        ...(request.refusal === null ? [] : [[words.refusal, request.refusal] as const]),
        ...(settlement === null
          ? []
          : [
              [
                words.settlement,
                settlement.startsWith('transfer ')
                  ? `${words.byTransfer} ${settlement.slice('transfer '.length)}`
                  : words.byBank,
              ] as const,
            ]),
      ]}
    />
  )
}

const Decide = (props: RequestProps) => {
  const { request, view, problems } = props
  const words = texts.one
  if (!props.mayApprove) return <Notice kind="info" title={words.noRight} />
  return (
    <div class="pile-s">
      <MissingNotice missing={props.isOwn ? props.missing : undefined} />
      {props.isOwn ? (
        <Notice kind="info" title={words.own} />
      ) : (
        <form method="post" action={paths.office.approveRefund(request.id)}>
          <FormToken view={view} />
          <input type="hidden" name="compte" value={props.payout.account?.id ?? ''} />
          <SubmitButton icon="check">{words.approve}</SubmitButton>
        </form>
      )}
      <Card id="refuser" title={words.refuseTitle} class="petite">
        <form class="formulaire" method="post" action={paths.office.refuseRefund(request.id)} noValidate>
          <FormToken view={view} />
          <Field
            name="raison"
            label={words.refuseReason}
            value={props.form ? field(props.form, 'raison') : ''}
            maxlength={300}
            problems={problems}
          />
          <SubmitButton look="secondary">{words.refuse}</SubmitButton>
        </form>
      </Card>
    </div>
  )
}

const Settle = (props: RequestProps) => {
  const { request, view, problems } = props
  const words = texts.one
  return (
    <Card id="rendre" title={words.next} class="petite">
      <p>{words.nextText(request.reference === '' ? '' : quotedReference(request.reference))}</p>
      {props.mayApprove && (
        <form class="formulaire" method="post" action={paths.office.settleRefund(request.id)} noValidate>
          <FormToken view={view} />
          <Field
            name="virement"
            label={words.transfer}
            hint={words.transferHint}
            value={props.form ? field(props.form, 'virement') : ''}
            maxlength={80}
            autocomplete="off"
            problems={problems}
          />
          <SubmitButton look="secondary">{words.paid}</SubmitButton>
        </form>
      )}
    </Card>
  )
}
