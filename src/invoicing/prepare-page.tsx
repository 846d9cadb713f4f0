import { Select } from '../web/fields.tsx'
import type { Problems } from '../web/form.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Card, Empty, FormToken, LinkButton, Notice, SubmitButton } from '../web/ui.tsx'
import { batchTexts } from './invoice-texts.ts'
import { prepareTexts as words } from './prepare-texts.ts'

type Options = readonly (readonly [string, string])[]
type Props = {
  readonly view: View
  readonly typed: { readonly lieu: string; readonly de: string; readonly pour: string }
  readonly places: Options
  readonly pastMonths: Options
  readonly newMonths: Options
  /** What was just done, and where it goes on. */
  readonly done: { readonly said: string; readonly next: string; readonly mayControl: boolean } | undefined
  readonly problems: Problems
}

/** The month to copy, and what became of it. */
export const PreparePage = ({ view, typed, done, problems, ...options }: Props) => (
  <OfficePage
    view={view}
    title={words.title}
    lede={words.lede}
    crumb={<a href={paths.office.batches}>{batchTexts.title}</a>}
    current="batches"
    problems={problems}
  >
    <div class="pile">
      {done && (
        <Notice kind="success" title={done.said} live>
          <p>
            <LinkButton href={done.next} small>
              {done.mayControl ? words.control : words.drafts}
            </LinkButton>
          </p>
        </Notice>
      )}
      {options.places.length === 0 ? (
        <Empty title={words.noPlace} />
      ) : (
        <Card id="mois" title={words.form} class="petite">
          <form class="formulaire" method="post" action={paths.office.prepareMonth} noValidate>
            <FormToken view={view} />
            <Select
              name="lieu"
              label={words.place}
              value={typed.lieu}
              options={options.places}
              problems={problems}
            />
            <Select
              name="de"
              label={words.from}
              value={typed.de}
              options={options.pastMonths}
              problems={problems}
            />
            <Select
              name="pour"
              label={words.to}
              value={typed.pour}
              options={options.newMonths}
              problems={problems}
            />
            <p class="etiq">{words.note}</p>
            <SubmitButton look={done ? 'secondary' : 'primary'}>{words.submit}</SubmitButton>
          </form>
        </Card>
      )}
    </div>
  </OfficePage>
)
