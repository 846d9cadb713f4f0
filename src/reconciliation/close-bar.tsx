import { Field } from '../web/fields.tsx'
import { paths } from '../web/paths.ts'
import { FormToken, SubmitButton } from '../web/ui.tsx'
import { seenOf } from './close-day.ts'
import { isClear } from './comparison.ts'
import type { DayProps } from './day-page.tsx'
import { texts } from './texts.ts'

/** What stands between the day and its closing, and the two ways to close it. */
export const CloseBar = (props: DayProps) => {
  const { comparison, differences, readAt, day, contract, view } = props
  const over = day < props.today
  const clear = isClear(comparison)
  const blocked = !over ? texts.notOver : readAt === undefined ? texts.noStatementShort : undefined
  const mayClose = props.mayTreat && props.otherUnits.length === 0 && blocked === undefined
  const action = `${paths.office.closeReconciliation(day)}?contrat=${contract.id}`
  return (
    <div class="cloture">
      <p id="pq-c">
        {blocked === undefined && clear ? (
          <>
            <b>{texts.closable}</b> {texts.closableText}
          </>
        ) : (
          <>
            <b>{texts.notClosableLead}</b> {blocked ?? texts.notClosable(differences.length)} {texts.logged}
          </>
        )}
        {props.otherUnits.length > 0 && <> {texts.otherUnits(props.otherUnits.join(', '))}</>}
      </p>
      {mayClose && clear && (
        <form method="post" action={action}>
          <FormToken view={view} />
          <input type="hidden" name="vu" value={seenOf(comparison)} />
          <SubmitButton icon="check">{texts.close}</SubmitButton>
        </form>
      )}
      {mayClose && !clear && (
        <details class="avec-reserve" open={props.problems?.some(({ field }) => field === 'reserve')}>
          <summary class="b b-2 b-s">{texts.closeReserve}</summary>
          <form class="formulaire" method="post" action={action} noValidate>
            <FormToken view={view} />
            <input type="hidden" name="vu" value={seenOf(comparison)} />
            <Field
              name="reserve"
              label={texts.reserve}
              hint={texts.reserveHint}
              value={props.typed?.reserve ?? ''}
              maxlength={500}
              problems={props.problems}
            />
            <SubmitButton look="secondary">{texts.sign(props.signer)}</SubmitButton>
          </form>
        </details>
      )}
    </div>
  )
}
