import type { ComponentChildren } from 'preact'
import { addDays, type Day } from '../kernel/dates.ts'
import { formatDay } from '../kernel/french.ts'
import type { OpenTask } from '../tasks/store.ts'
import { Field } from '../web/fields.tsx'
import type { Problems } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { FormToken, SubmitButton } from '../web/ui.tsx'
import { type Difference, keyOf } from './comparison.ts'
import type { Proposal } from './place-store.ts'
import { texts } from './texts.ts'

export type ShownDifference = {
  readonly difference: Difference
  readonly proposal: Proposal | undefined
  /** The task that reports it, while it is open. */
  readonly reported: OpenTask | undefined
  /** The task that the surprise itself opened. */
  readonly taskId: string | undefined
  /** Whether this person may see whose payment it is. */
  readonly showsFamily: boolean
  /** Nothing is done from here: the day is closed and it was treated since, or the right is missing. */
  readonly isIdle: boolean
  readonly isTreated: boolean
}

export type DifferenceProps = {
  readonly view: View
  readonly shown: ShownDifference
  readonly day: Day
  readonly contractId: string
  readonly now: Date
  /** What was typed for this difference, and what was wrong with it. */
  readonly typed?: { readonly family: string; readonly problems: Problems } | undefined
  readonly index: number
}

const Form = (props: DifferenceProps & { gesture: string; children: ComponentChildren }) => (
  <form
    method="post"
    action={`${paths.office.treatDifference(props.day)}?contrat=${props.contractId}`}
    noValidate
  >
    <FormToken view={props.view} />
    <input type="hidden" name="operation" value={keyOf(props.shown.difference)} />
    <input type="hidden" name="geste" value={props.gesture} />
    {props.children}
  </form>
)

/** What may be done with a difference: the main action and the escape. */
export const Gestures = (props: DifferenceProps) => {
  const { difference, proposal, reported, taskId } = props.shown
  const { kind, cents: share, portal } = difference
  const inSuspense = portal?.standing === 'suspense'
  if (kind === 'absent-from-portal' && inSuspense)
    return (
      <>
        <OtherFamily {...props} opens={!proposal} />
        {proposal && (
          <Form {...props} gesture="placer">
            <input type="hidden" name="dossier" value={proposal.familyId} />
            <SubmitButton icon="check" small>
              {texts.place}
            </SubmitButton>
          </Form>
        )}
      </>
    )
  if (kind === 'different' && inSuspense && portal.familyId !== null)
    return (
      <>
        {taskId && <TaskLink id={taskId} />}
        <Form {...props} gesture="placer">
          <input type="hidden" name="dossier" value={portal.familyId} />
          <SubmitButton look="secondary" small>
            {share > 0 ? texts.credit(share) : texts.count}
          </SubmitButton>
        </Form>
      </>
    )
  if (taskId && (kind === 'taken-back' || kind === 'duplicate'))
    return (
      <>
        {kind === 'duplicate' && portal ? (
          <a class="b b-3 b-s" href={`${paths.office.newRefund}?paiement=${portal.reference}`}>
            {texts.refund}
          </a>
        ) : (
          <TaskLink id={taskId} />
        )}
        <Form {...props} gesture="accepter">
          <SubmitButton look="secondary" small>
            {kind === 'duplicate' ? texts.keepCredit : texts.accept}
          </SubmitButton>
        </Form>
      </>
    )
  if (kind === 'fees' || kind === 'short-remittance')
    return (
      <>
        {reported && <TaskLink id={reported.id} />}
        {!reported && kind === 'short-remittance' && (
          <Form {...props} gesture="signaler">
            <SubmitButton look="link" small>
              {texts.report}
            </SubmitButton>
          </Form>
        )}
        <Form {...props} gesture="accepter">
          <SubmitButton look="secondary" small>
            {texts.accept}
          </SubmitButton>
        </Form>
      </>
    )
  if (reported) return <TaskLink id={reported.id} />
  return (
    <>
      <Form {...props} gesture="signaler">
        <SubmitButton look="link" small>
          {texts.report}
        </SubmitButton>
      </Form>
      {kind === 'absent-from-bank' && (
        <Form {...props} gesture="attendre">
          <SubmitButton look="secondary" small>
            {texts.wait(formatDay(addDays(props.day, 2)).slice(0, 5))}
          </SubmitButton>
        </Form>
      )}
    </>
  )
}

const TaskLink = ({ id }: { id: string }) => (
  <a class="b b-3 b-s" href={paths.office.task(id)}>
    {texts.seeTask}
  </a>
)

const OtherFamily = (props: DifferenceProps & { opens: boolean }) => (
  <details class="autre" open={props.opens || props.typed !== undefined}>
    <summary>{texts.chooseFamily}</summary>
    <Form {...props} gesture="placer">
      <Field
        name={`famille-${props.index}`}
        label={texts.familyField}
        hint={texts.familyHint}
        value={props.typed?.family ?? ''}
        problems={props.typed?.problems}
        autocomplete="off"
      />
      <input type="hidden" name="champ" value={`famille-${props.index}`} />
      <SubmitButton look="secondary" small>
        {texts.placeTyped}
      </SubmitButton>
    </Form>
  </details>
)
