import { parisDay } from '../kernel/dates.ts'
import { formatDay } from '../kernel/french.ts'
import { Field } from '../web/fields.tsx'
import { field } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { Button, Card, FormToken, SubmitButton } from '../web/ui.tsx'
import type { PayersProps } from './payers-view.ts'
import type { SharedChild } from './people-store.ts'
import { texts } from './texts.ts'

const words = texts.office

/** The children, each with the other payers' files that have them too. */
export const ChildrenCard = (props: PayersProps) => (
  <Card id="enfants" title={words.children} class="petite">
    {props.kids.length === 0 ? (
      <p>{words.noChild}</p>
    ) : (
      <ul class="personnes">
        {props.kids.map((child) => (
          <li>
            <p>
              <b>{child.name}</b>{' '}
              {child.bornOn !== null && <span class="etiq">{formatDay(child.bornOn)}</span>}
            </p>
            {child.homeId !== props.family.id && (
              <p class="etiq">
                <a href={paths.office.family(child.homeId)}>{words.home(child.homeName)}</a>
              </p>
            )}
            {child.links.map((link) => (
              <Link {...props} child={child} link={link} />
            ))}
            {props.mayShare && <ShareForm {...props} child={child} />}
          </li>
        ))}
      </ul>
    )}
  </Card>
)

const Link = (props: PayersProps & { child: SharedChild; link: SharedChild['links'][number] }) => {
  const { familyId, familyName, sinceOn, untilOn } = props.link
  const since = formatDay(sinceOn)
  return (
    <form class="gestes" method="post" action={paths.office.payers(props.family.id)}>
      <FormToken view={props.view} />
      <input type="hidden" name="enfant" value={props.child.id} />
      <input type="hidden" name="dossier" value={familyId} />
      <span>
        <a href={paths.office.payers(familyId)}>
          {untilOn === null
            ? words.shared(familyName, since)
            : words.sharedUntil(familyName, since, formatDay(untilOn))}
        </a>
      </span>
      {props.mayShare && untilOn === null && (
        <Button look="link" small name="geste" value="detacher">
          {words.unshare}
          <span class="vh">{words.unshareWho(props.child.name, familyName)}</span>
        </Button>
      )}
    </form>
  )
}

const ShareForm = (props: PayersProps & { child: SharedChild }) => {
  const { child, form, problems } = props
  const [file, since] = [`dossier-${child.id}`, `depuis-${child.id}`]
  const isAsked = field(form, 'geste') === 'rattacher' && field(form, 'enfant') === child.id
  return (
    <details open={isAsked}>
      <summary>
        {words.share}
        <span class="vh">{words.shareWho(child.name)}</span>
      </summary>
      <form class="formulaire" method="post" action={paths.office.payers(props.family.id)} noValidate>
        <FormToken view={props.view} />
        <input type="hidden" name="geste" value="rattacher" />
        <input type="hidden" name="enfant" value={child.id} />
        <Field
          name={file}
          label={words.shareFile}
          hint={words.shareHint}
          value={field(form, file)}
          maxlength={100}
          autocomplete="off"
          problems={problems}
        />
        <Field
          name={since}
          label={texts.fields.since}
          hint={texts.fields.dayHint}
          value={isAsked ? field(form, since) : formatDay(parisDay(props.now))}
          size={11}
          maxlength={10}
          inputmode="numeric"
          autocomplete="off"
          problems={problems}
        />
        <SubmitButton look="secondary" small>
          {words.shareSend}
        </SubmitButton>
      </form>
    </details>
  )
}
