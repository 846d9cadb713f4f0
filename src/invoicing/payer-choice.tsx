import { Button, Notice } from '../web/ui.tsx'
import type { OtherPayer } from './payer-store.ts'
import { draftTexts } from './texts.ts'

const words = draftTexts.payer

/** Which payer's file the invoice goes to, where a child has two; its buttons save what was typed first. */
export const PayerChoice = (props: { family: string; others: readonly OtherPayer[] }) =>
  props.others.length === 0 ? null : (
    <Notice kind="info" title={words.title(props.family)}>
      {props.others.map(({ familyId, name, children }) => (
        <span class="gestes">
          <span>{words.shared(children, name)}</span>
          <Button look="secondary" small name="geste" value={`payeur:${familyId}`}>
            {words.change(name)}
          </Button>
        </span>
      ))}
    </Notice>
  )
