import type { NameHit } from '../households/search-store.ts'
import { parisDay } from '../kernel/dates.ts'
import { formatDay } from '../kernel/french.ts'
import type { FamilyId } from '../kernel/ids.ts'
import { Field } from '../web/fields.tsx'
import type { Problems } from '../web/form.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import {
  Button,
  Card,
  Empty,
  FormToken,
  LinkButton,
  Money,
  Notice,
  StateTag,
  SubmitButton,
} from '../web/ui.tsx'
import type { File } from './merge.ts'
import { Consequences } from './merge-consequences.tsx'
import { mergeTexts as words } from './merge-texts.ts'
import { texts } from './texts.ts'

/** Which other file is this family's too: those of the same name first, or a search. */
export const ChooseFilePage = (props: {
  view: View
  kept: { readonly id: FamilyId; readonly name: string }
  typed: string
  found: readonly NameHit[]
}) => {
  const { kept, found, typed } = props
  return (
    <OfficePage
      view={props.view}
      title={words.title}
      crumb={<a href={paths.office.payers(kept.id)}>{words.crumb}</a>}
      lede={words.chooseLede(kept.name)}
      current="search"
    >
      <section class="carte" aria-labelledby="autres">
        <form class="cherche-page" method="get" action={paths.office.merge(kept.id)}>
          <Field name="nom" label={words.label} value={typed} autocomplete="off" maxlength={100} />
          <Button icon="search">{words.find}</Button>
        </form>
        <h2 id="autres" class="espace">
          {words.likely}
        </h2>
        {found.length === 0 ? (
          <Empty title={typed === '' ? words.likelyNone : words.none(typed)} />
        ) : (
          <ul class="resultats sans-puces">
            {found.map((one) => (
              <li>
                <a href={`${paths.office.merge(kept.id)}?avec=${one.familyId}`}>
                  <b>{texts.family(one.familyName)}</b>{' '}
                  <small>
                    {[one.kind === 'family' ? '' : one.name, one.city].filter(Boolean).join(' · ')}
                  </small>
                </a>
              </li>
            ))}
          </ul>
        )}
      </section>
    </OfficePage>
  )
}

type Props = {
  readonly view: View
  readonly kept: File
  readonly closed: File
  readonly isPossible: boolean
  readonly seen: string
  readonly problems: Problems
}

/** The two files side by side, what merging them does, and the word that confirms it. */
export const MergePage = (props: Props) => {
  const { view, kept, closed, problems } = props
  return (
    <OfficePage
      view={view}
      title={words.title}
      crumb={<a href={paths.office.payers(kept.id)}>{words.crumb}</a>}
      current="search"
      problems={problems}
      actions={
        <LinkButton href={`${paths.office.merge(closed.id)}?avec=${kept.id}`} look="secondary" small>
          {words.swap}
        </LinkButton>
      }
    >
      <div class="pile">
        <div class="deux-dossiers">
          <Side file={kept} isKept />
          <Side file={closed} />
        </div>
        <Consequences kept={kept} closed={closed} />
        {props.isPossible && <Confirm {...props} />}
      </div>
    </OfficePage>
  )
}

const Side = ({ file, isKept = false }: { file: File; isKept?: boolean }) => (
  <section class="carte" aria-labelledby={`dossier-${file.id}`}>
    <p>
      <StateTag kind={isKept ? 'ok' : 'refused'}>{isKept ? words.kept : words.closed}</StateTag>
    </p>
    <h2 id={`dossier-${file.id}`}>
      <a href={paths.office.family(file.id)}>{texts.family(file.name)}</a>
    </h2>
    <p class="etiq">
      {[
        file.key === null ? words.noKey : words.key(file.key),
        words.since(formatDay(parisDay(file.since))),
      ].join(' · ')}
    </p>
    <h3>{words.rows.address}</h3>
    <p>
      {file.address.map((line) => (
        <>
          {line}
          <br />
        </>
      ))}
    </p>
    <h3>{words.rows.adults}</h3>
    <ul class="simple">
      {file.adults.map((one) => (
        <li>
          {one.name}
          <small>
            {[
              texts.roles[one.role],
              one.identifier === null ? words.noLogin : words.login(one.identifier),
              one.email ?? '',
            ]
              .filter(Boolean)
              .join(' · ')}
          </small>
        </li>
      ))}
    </ul>
    <h3>{words.rows.children}</h3>
    <ul class="simple">
      {file.children.map((one) => (
        <li>
          {one.name}
          {one.bornOn !== null && <small>{formatDay(one.bornOn)}</small>}
        </li>
      ))}
    </ul>
    <h3>{words.rows.units}</h3>
    <ul class="simple">
      {file.units.map((one) => (
        <li>
          {one.name}
          <small>
            {words.unit(one.invoices)} · <Money cents={one.due} /> {words.due} · <Money cents={one.credit} />{' '}
            {words.credit}
          </small>
        </li>
      ))}
    </ul>
  </section>
)

const Confirm = ({ view, kept, closed, seen, problems }: Props) => (
  <Card>
    <Notice kind="warning">{words.undoable}</Notice>
    <form class="formulaire espace" method="post" action={paths.office.merge(kept.id)} noValidate>
      <FormToken view={view} />
      <input type="hidden" name="avec" value={closed.id} />
      <input type="hidden" name="vu" value={seen} />
      <Field
        name="mot"
        label={words.confirm}
        size={14}
        maxlength={20}
        autocomplete="off"
        spellcheck={false}
        problems={problems}
      />
      <SubmitButton>{words.submit(closed.name)}</SubmitButton>
    </form>
  </Card>
)
