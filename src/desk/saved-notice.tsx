// What was just recorded, with the minute in which it is undone without a reason.
import { formatCents } from '../kernel/french.ts'
import { type Cents, subtract, ZERO } from '../kernel/money.ts'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Button, FormToken, LinkButton, Notice } from '../web/ui.tsx'
import type { KnownPayment } from './store.ts'
import { texts } from './texts.ts'

export type Saved = {
  readonly payment: KnownPayment
  readonly credit: Cents
  /** What the family handed over in cash. */
  readonly given: Cents | undefined
  /** Seconds left to undo it without a reason; 0: the minute is over. */
  readonly seconds: number
}

export const SavedNotice = ({ view, saved }: { view: View; saved: Saved }) => {
  const { payment, credit, given, seconds } = saved
  const words = texts.payment
  return (
    <Notice kind="success" title={words.saved(payment.amount, payment.familyName)} live>
      {given !== undefined && given > payment.amount && (
        <p class="monnaie">
          {texts.entry.change(formatCents(given), formatCents(subtract(given, payment.amount)))}
        </p>
      )}
      {credit > ZERO && <p>{words.credited(credit)}</p>}
      <div class="gestes" data-saved={payment.familyId}>
        {seconds > 0 && !payment.undone && (
          <form method="post" action={paths.office.undoDeskPayment(payment.id)} data-vanish={String(seconds)}>
            <FormToken view={view} />
            <Button look="secondary" small icon="undo">
              {texts.undo.now}
              <span class="vh"> {texts.undo.nowHint}</span>
            </Button>
          </form>
        )}
        <LinkButton href={paths.office.deskPayment(payment.id)} look="link" small>
          {words.see}
        </LinkButton>
      </div>
    </Notice>
  )
}
