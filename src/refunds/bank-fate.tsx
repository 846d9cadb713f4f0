// What the bank did of an approved refund, and the two gestures when it says nothing.
import { formatInstantDay, formatTime } from '../kernel/french.ts'
import type { Fate } from '../payments/refunds/store.ts'
import { Field } from '../web/fields.tsx'
import { field } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { Card, FormToken, Notice, SubmitButton } from '../web/ui.tsx'
import { bankTexts as words } from './bank-texts.ts'
import type { RequestProps } from './pages.tsx'

/** soon: the bank will be asked · asked: it was, and may be paying · over: it will not be asked any more. */
export function fateOf(fate: Fate | undefined): 'soon' | 'asked' | 'over' {
  if (!fate || fate.refusal !== null) return 'over'
  return fate.sentAt === null ? 'soon' : 'asked'
}

export const BankFate = (props: RequestProps) => {
  const { fate } = props
  if (!fate) return null
  if (fate.refusal !== null)
    return (
      <Notice kind={fate.refusal === 'transfer' ? 'info' : 'warning'} title={words.refusals[fate.refusal]}>
        {fate.code !== null && fate.code !== '' && <span class="petit">{words.code(fate.code)}</span>}
      </Notice>
    )
  if (fate.sentAt === null) return <Notice kind="info" title={words.soon} />
  return (
    <Card id="banque" title={words.title} class="petite">
      <p>{words.asked(formatInstantDay(fate.sentAt), formatTime(fate.sentAt))}</p>
      {props.mayApprove && <Gestures {...props} />}
    </Card>
  )
}

const Gestures = ({ view, request, form, problems }: RequestProps) => {
  const action = paths.office.refundAtBank(request.id)
  return (
    <>
      <form method="post" action={action}>
        <FormToken view={view} />
        <input type="hidden" name="geste" value="redemander" />
        <SubmitButton>{words.ask}</SubmitButton>
      </form>
      <details class="espace" open={problems !== undefined && problems.length > 0}>
        <summary>{words.nothing}</summary>
        <p>{words.nothingText}</p>
        <form class="formulaire" method="post" action={action} noValidate>
          <FormToken view={view} />
          <input type="hidden" name="geste" value="abandonner" />
          <Field
            name="constat"
            label={words.seen}
            hint={words.seenHint}
            value={form ? field(form, 'constat') : ''}
            maxlength={300}
            problems={problems}
          />
          <SubmitButton look="secondary">{words.giveUp}</SubmitButton>
        </form>
      </details>
    </>
  )
}
