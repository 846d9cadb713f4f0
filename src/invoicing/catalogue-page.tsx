import { VATS } from '../billing/vat.ts'
import { csvCents } from '../kernel/french.ts'
import { Field, Select } from '../web/fields.tsx'
import { field, type Form, type Problems } from '../web/form.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Button, Card, Empty, FormToken, Money, Notice, SubmitButton } from '../web/ui.tsx'
import type { ChargeItem } from './charge-item.ts'
import { type Place, placeOptions } from './places.ts'
import { catalogueTexts as words, vats } from './texts.ts'

/** An item as its form shows it; none gives the empty form. */
export const typedItem = (item: ChargeItem | undefined): Form =>
  new Map(
    item
      ? [
          ['article', [item.id]],
          ['etablissement', [item.establishmentId]],
          ['libelle', [item.label]],
          ['prix', [csvCents(item.unit)]],
          ['tva', [item.vat]],
          ['compte', [item.accountCode]],
        ]
      : [],
  )

type Props = {
  readonly view: View
  readonly places: readonly Place[]
  /** Where this person may change the catalogue. */
  readonly editable: readonly Place[]
  readonly items: readonly ChargeItem[]
  readonly edited: ChargeItem | undefined
  readonly form: Form
  readonly saved: string
  readonly problems: Problems | undefined
}

export const CataloguePage = (props: Props) => (
  <OfficePage
    view={props.view}
    title={words.title}
    lede={words.lede}
    current="catalogue"
    problems={props.problems}
  >
    {props.saved === 'enregistree' && <Notice kind="success" title={words.saved} live />}
    {props.saved === 'retiree' && <Notice kind="success" title={words.retired} live />}
    <div class={props.editable.length > 0 ? 'dossier' : 'pile'}>
      <div class="pile">
        {props.items.length === 0 && (
          <Empty title={words.empty}>
            <p>{words.emptyNext}</p>
          </Empty>
        )}
        {props.places.map((place) => (
          <Items {...props} place={place} />
        ))}
      </div>
      {props.editable.length > 0 && <ItemForm {...props} />}
    </div>
  </OfficePage>
)

const Items = ({ view, place, items, editable }: Props & { place: Place }) => {
  const own = items.filter((item) => item.establishmentId === place.id)
  const isEditable = editable.some(({ id }) => id === place.id)
  if (own.length === 0) return null
  return (
    <section class="carte" aria-labelledby={`lieu-${place.code}`}>
      <h2 id={`lieu-${place.code}`}>{place.name}</h2>
      <table class="tab souple" role="table">
        <caption class="vh">{words.caption(place.name)}</caption>
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">
              {words.columns.label}
            </th>
            <th role="columnheader" scope="col" class="d">
              {words.columns.price}
            </th>
            <th role="columnheader" scope="col">
              {words.columns.vat}
            </th>
            <th role="columnheader" scope="col">
              {words.columns.account}
            </th>
            {isEditable && (
              <th role="columnheader" scope="col">
                {words.columns.acts}
              </th>
            )}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {own.map((item) => (
            <tr role="row">
              <th role="rowheader" scope="row">
                {item.label}
              </th>
              <td role="cell" class="d" data-l={words.columns.price}>
                <Money cents={item.unit} />
              </td>
              <td role="cell" data-l={words.columns.vat}>
                {vats[item.vat]}
              </td>
              <td role="cell" class="num" data-l={words.columns.account}>
                {item.accountCode}
              </td>
              {isEditable && (
                <td role="cell" data-l={words.columns.acts}>
                  <form class="gestes-ligne" method="post" action={paths.office.catalogue}>
                    <FormToken view={view} />
                    <input type="hidden" name="article" value={item.id} />
                    <a href={`${paths.office.catalogue}?article=${item.id}#article`}>
                      {words.change}
                      <span class="vh">{words.what(item.label)}</span>
                    </a>
                    <Button look="link" small name="geste" value="retirer">
                      {words.retire}
                      <span class="vh">{words.what(item.label)}</span>
                    </Button>
                  </form>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const ItemForm = ({ view, editable, edited, form, problems }: Props) => (
  <Card id="article" title={edited ? words.edit : words.add} class="petite">
    <form class="formulaire" method="post" action={paths.office.catalogue} noValidate>
      <FormToken view={view} />
      <input type="hidden" name="article" value={field(form, 'article')} />
      {edited === undefined && (
        <Select
          name="etablissement"
          label={words.establishment}
          value={field(form, 'etablissement')}
          options={placeOptions(editable)}
          problems={problems}
        />
      )}
      <Field
        name="libelle"
        label={words.label}
        value={field(form, 'libelle')}
        maxlength={100}
        autocomplete="off"
        problems={problems}
      />
      <Field
        name="prix"
        label={words.price}
        hint={words.priceHint}
        value={field(form, 'prix')}
        inputmode="text"
        size={10}
        autocomplete="off"
        problems={problems}
      />
      <Select
        name="tva"
        label={words.vat}
        value={field(form, 'tva')}
        options={VATS.map((vat) => [vat, vats[vat]] as const)}
        problems={problems}
      />
      <Field
        name="compte"
        label={words.account}
        hint={words.accountHint}
        value={field(form, 'compte')}
        size={12}
        autocomplete="off"
        problems={problems}
      />
      <SubmitButton>{words.save}</SubmitButton>
      {edited && <a href={paths.office.catalogue}>{words.cancel}</a>}
    </form>
  </Card>
)
