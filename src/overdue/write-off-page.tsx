import { parisDay } from '../kernel/dates.ts'
import { formatCents, formatDay } from '../kernel/french.ts'
import type { StaffId } from '../kernel/ids.ts'
import { Field } from '../web/fields.tsx'
import { field, type Form, type Problems } from '../web/form.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Button, Card, Empty, FormToken, Money, Notice, SubmitButton } from '../web/ui.tsx'
import { texts } from './texts.ts'
import type { DueInvoice, WriteOffRequest } from './write-off-store.ts'

const words = texts.writeOffs

type Props = {
  readonly view: View
  /** The number asked for, as typed. */
  readonly typed: string
  readonly invoice: DueInvoice | undefined
  readonly form: Form
  readonly problems: Problems
  readonly requests: readonly WriteOffRequest[]
  readonly me: StaffId
  readonly requestKey: string
  readonly saved: string | undefined
}

export const WriteOffPage = (props: Props) => {
  const waiting = props.requests.filter(({ state }) => state === 'waiting')
  const decided = props.requests.filter(({ state }) => state !== 'waiting').slice(0, 50)
  return (
    <OfficePage
      view={props.view}
      title={words.title}
      lede={words.lede}
      crumb={<a href={paths.office.overdue}>{texts.title}</a>}
      current="overdue"
      problems={props.problems}
    >
      {props.saved !== undefined && <Notice kind="success" title={props.saved} live />}
      {props.invoice ? <Proposal {...props} invoice={props.invoice} /> : <Finder {...props} />}
      <Card id="a-decider" title={words.waiting}>
        {waiting.length === 0 ? (
          <Empty title={words.none}>
            <p>{words.noneNext}</p>
          </Empty>
        ) : (
          waiting.map((request) => <Waiting {...props} request={request} />)
        )}
      </Card>
      {decided.length > 0 && <Decided requests={decided} />}
    </OfficePage>
  )
}

const Finder = ({ typed, problems }: Props) => (
  <Card id="proposer" title={words.propose} class="petite">
    <form class="formulaire" method="get" action={paths.office.writeOffs} noValidate>
      <Field
        name="facture"
        label={words.byNumber}
        hint={words.byNumberHint}
        value={typed}
        size={14}
        problems={problems}
      />
      <Button look="secondary" small>
        {words.open}
      </Button>
    </form>
  </Card>
)

const Proposal = (props: Props & { invoice: DueInvoice }) => {
  const { invoice, form, problems } = props
  const { number, due, familyName } = invoice
  return (
    <Card id="proposer" title={words.proposeTitle(number)} class="petite">
      <p>
        <a href={paths.office.invoice(number)}>{number}</a>, {familyName}
      </p>
      <form class="formulaire" method="post" action={paths.office.writeOffs} noValidate>
        <FormToken view={props.view} />
        <input type="hidden" name="facture" value={number} />
        <input type="hidden" name="cle" value={props.requestKey} />
        <Field
          name="somme"
          label={words.amount}
          hint={words.amountHint(formatCents(due))}
          value={form.has('somme') ? field(form, 'somme') : formatCents(due)}
          inputmode="decimal"
          size={12}
          problems={problems}
        />
        <Field
          name="motif"
          label={words.reason}
          hint={words.reasonHint}
          value={field(form, 'motif')}
          maxlength={300}
          problems={problems}
        />
        <p class="gestes">
          <a href={paths.office.overdue}>{texts.title}</a>
          <SubmitButton name="geste" value="proposer">
            {words.propose}
          </SubmitButton>
        </p>
      </form>
    </Card>
  )
}

const Waiting = ({ view, me, problems, request }: Props & { request: WriteOffRequest }) => {
  const { id, number, amount } = request
  return (
    <article class="ecart" aria-labelledby={`p-${id}`}>
      <header>
        <h3 id={`p-${id}`}>
          <a href={paths.office.invoice(number)}>{number}</a>, {request.familyName}
        </h3>
        <span class="m">
          <Money cents={amount} />
        </span>
      </header>
      <p class="pq">
        {words.by(request.preparedName, formatDay(parisDay(request.preparedAt)))}. {request.reason}
      </p>
      {request.preparedBy === me ? (
        <p class="etiq">{words.own}</p>
      ) : (
        <form class="formulaire" method="post" action={paths.office.writeOffs} noValidate>
          <FormToken view={view} />
          <input type="hidden" name="proposition" value={id} />
          <SubmitButton name="geste" value="accepter" icon="check">
            {words.approve}
            <span class="vh"> {number}</span>
          </SubmitButton>
        </form>
      )}
      <form class="formulaire" method="post" action={paths.office.writeOffs} noValidate>
        <FormToken view={view} />
        <input type="hidden" name="proposition" value={id} />
        <div class="champ">
          <label for={`refus-${id}`}>{words.refusal}</label>
          <input
            class="saisie"
            id={`refus-${id}`}
            name="refus"
            maxLength={300}
            aria-invalid={problems.some((one) => one.field === `refus-${id}`) ? 'true' : undefined}
          />
        </div>
        <Button look="secondary" small name="geste" value="refuser">
          {words.refuse}
          <span class="vh"> {number}</span>
        </Button>
      </form>
    </article>
  )
}

const Decided = ({ requests }: { requests: readonly WriteOffRequest[] }) => {
  const { columns } = words
  return (
    <Card id="decidees" title={words.decided}>
      <table class="tab souple" role="table">
        <caption class="vh">{words.caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {(['invoice', 'family', 'amount', 'state', 'by'] as const).map((name) => (
              <th role="columnheader" scope="col" class={name === 'amount' ? 'd' : undefined}>
                {columns[name]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {requests.map((one) => (
            <tr role="row">
              <th role="rowheader" scope="row">
                <a href={paths.office.invoice(one.number)}>{one.number}</a>
              </th>
              <td role="cell" data-l={columns.family}>
                {one.familyName}
              </td>
              <td role="cell" class="d" data-l={columns.amount}>
                <Money cents={one.amount} />
              </td>
              <td role="cell" data-l={columns.state}>
                {words.states[one.state]}
                <small>{one.refusal ?? one.reason}</small>
              </td>
              <td role="cell" data-l={columns.by}>
                {one.preparedName} → {one.decidedName}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}
