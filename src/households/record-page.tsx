import type { ComponentChildren } from 'preact'
import { RECORD_FIELDS, type RecordKind, type Values } from '../families/record.ts'
import type { FamilyId } from '../kernel/ids.ts'
import { Field } from '../web/fields.tsx'
import type { Problems } from '../web/form.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Card, FormToken, LinkButton, Notice, SubmitButton } from '../web/ui.tsx'
import type { Double } from './doubles-store.ts'
import { peopleTexts as words } from './people-texts.ts'
import { INPUTS, originOf } from './record-form.ts'
import { texts } from './texts.ts'

/** What somebody else changed while the form was open. */
export type Moved = {
  readonly who: { readonly name: string; readonly day: string; readonly time: string } | undefined
  readonly fields: readonly { readonly key: string; readonly before: string; readonly after: string }[]
  /** Changed by both: what was typed is kept. */
  readonly kept: readonly string[]
}

export type RecordPageProps = {
  readonly view: View
  readonly title: string
  readonly lede?: string
  readonly kind: RecordKind
  readonly action: string
  readonly cancel: string
  /** The id of what is being added: posting twice adds once. */
  readonly newId?: string
  readonly values: Values
  readonly origin: Values
  readonly problems?: Problems | undefined
  readonly moved?: Moved | undefined
  readonly doubles?: readonly Double[]
  /** Fields that this form must not change, each with the reason. */
  readonly fixed?: { readonly [field: string]: ComponentChildren }
  readonly places?: readonly Choice[]
  /** Establishments of other members of staff, which stay as they are. */
  readonly elsewhere?: string
  /** Units to choose from, of a new family. */
  readonly units?: readonly Choice[]
  readonly family?: { readonly id: FamilyId; readonly name: string }
  readonly children?: ComponentChildren
}
type Choice = { readonly value: string; readonly label: string; readonly checked: boolean }

/** The page on which a family, an adult or a child is added or changed. */
export const RecordPage = (props: RecordPageProps) => (
  <OfficePage
    view={props.view}
    title={props.title}
    lede={props.lede}
    current="search"
    problems={props.problems}
    crumb={
      <a href={props.family ? paths.office.family(props.family.id) : paths.office.search}>
        {props.family ? texts.file.heading(props.family.name) : texts.file.crumb}
      </a>
    }
  >
    <div class="pile fiche-saisie">
      {props.moved && <MovedNotice moved={props.moved} />}
      {props.doubles && props.doubles.length > 0 && <Doubles list={props.doubles} />}
      <Card>
        <form class="formulaire" method="post" action={props.action} noValidate>
          <FormToken view={props.view} />
          {props.newId !== undefined && <input type="hidden" name="cle" value={props.newId} />}
          {props.doubles && (
            <input
              type="hidden"
              name="doubles"
              value={props.doubles.map(({ familyId }) => familyId).join(' ')}
            />
          )}
          <Fields {...props} />
          {props.units && (
            <Boxes
              name="services"
              label={words.units}
              hint={words.unitsHint}
              choices={props.units}
              problems={props.problems}
            />
          )}
          <div class="actions">
            <SubmitButton>{submitOf(props)}</SubmitButton>
            <LinkButton href={props.cancel} look="link">
              {words.cancel}
            </LinkButton>
          </div>
        </form>
      </Card>
      {props.children}
    </div>
  </OfficePage>
)

const submitOf = ({ doubles, units }: RecordPageProps): string => {
  if (!doubles || doubles.length === 0) return words.save
  return units ? words.doubles.saveFamily : words.doubles.saveAnyway
}

const MODES: Readonly<Record<string, 'numeric' | 'email' | 'tel'>> = {
  postalCode: 'numeric',
  bornOn: 'numeric',
  email: 'email',
  mobile: 'tel',
  phone: 'tel',
}
const OPTIONAL: readonly string[] = ['phone', 'email', 'mobile', 'bornOn']
const SIZES: Readonly<Record<string, number>> = { postalCode: 7, bornOn: 11, phone: 20, mobile: 20 }

const Fields = (props: RecordPageProps) => (
  <>
    {RECORD_FIELDS[props.kind].map((key) => (
      <>
        <input type="hidden" name={originOf(key)} value={props.origin[key] ?? ''} />
        <OneField {...props} field={key} />
      </>
    ))}
  </>
)

const OneField = (props: RecordPageProps & { field: string }) => {
  const { field: key } = props
  const name = INPUTS[key] ?? key
  const label = words.fields[key] ?? key
  const value = props.values[key] ?? ''
  if (key === 'establishments')
    return (
      <>
        <Boxes name={name} label={label} choices={props.places ?? []} problems={props.problems} />
        {props.elsewhere !== undefined && <p class="etiq">{words.elsewhere(props.elsewhere)}</p>}
      </>
    )
  const fixed = props.fixed?.[key]
  if (fixed !== undefined)
    return (
      <div class="champ">
        <p>
          <b>{label}</b>
          <br />
          {value}
        </p>
        <p class="aide">{fixed}</p>
      </div>
    )
  return (
    <Field
      name={name}
      label={label}
      hint={words.hints[key]}
      value={value}
      autocomplete="off"
      inputmode={MODES[key] ?? 'text'}
      optional={OPTIONAL.includes(key)}
      maxlength={200}
      {...(SIZES[key] === undefined ? {} : { size: SIZES[key] })}
      problems={props.problems}
    />
  )
}

/** Any number of choices; the first box's id is the name, so that the error summary reaches it. */
const Boxes = (props: {
  name: string
  label: string
  hint?: string
  choices: readonly Choice[]
  problems: Problems | undefined
}) => {
  const message = props.problems?.find(({ field }) => field === props.name)?.message
  return props.choices.length === 0 ? null : (
    <fieldset class={message === undefined ? 'champ' : 'champ en-erreur'}>
      <legend>{props.label}</legend>
      {props.hint !== undefined && <p class="aide">{props.hint}</p>}
      {message !== undefined && <p class="erreur">{message}</p>}
      <div class="cases">
        {props.choices.map(({ value, label, checked }, index) => (
          <label>
            <input
              type="checkbox"
              id={index === 0 ? props.name : `${props.name}-${index}`}
              name={props.name}
              value={value}
              checked={checked}
            />{' '}
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

const MovedNotice = ({ moved }: { moved: Moved }) => {
  const { who } = moved
  const said = (value: string) => (value === '' ? words.moved.empty : value)
  const named = (key: string) => words.fields[key] ?? key
  return (
    <Notice kind="warning" title={words.moved.title} live>
      <p>{who ? words.moved.who(who.name, who.day, who.time) : words.moved.unknown}</p>
      <ul>
        {moved.fields.map(({ key, before, after }) => (
          <li>{words.moved.line(named(key), said(before), said(after))}</li>
        ))}
        {moved.kept.map((key) => (
          <li>{words.moved.kept(named(key))}</li>
        ))}
      </ul>
      <p>{words.moved.next}</p>
    </Notice>
  )
}

const Doubles = ({ list }: { list: readonly Double[] }) => {
  const [only, ...others] = list
  return (
    <Notice
      kind="warning"
      title={only && others.length === 0 ? words.doubles.title(only.name) : words.doubles.titleMany}
      live
    >
      <ul>
        {list.map((one) => (
          <li>
            <a href={paths.office.family(one.familyId)}>
              {words.doubles.family(one.name)}
              <span class="vh"> – {words.doubles.open}</span>
            </a>
            , {[one.address, one.city].filter(Boolean).join(', ')} ({words.doubles.why[one.why]})
          </li>
        ))}
      </ul>
      <p>{words.doubles.next}</p>
    </Notice>
  )
}
