// The parts every page is made of: plain accessible HTML, styled by static/preau.css.
import type { ComponentChildren } from 'preact'
import { formatCents, formatSignedCents } from '../kernel/french.ts'
import type { Cents } from '../kernel/money.ts'
import type { Problems } from './form.ts'
import { iconBody, type IconName } from './icons.ts'
import type { View } from './request.ts'
import { texts } from './texts.ts'

type Children = { readonly children?: ComponentChildren }

/** A decorative icon: its meaning is always said by a text beside it. */
export const Icon = ({ name }: { name: IconName }) => (
  <svg
    class="i"
    viewBox="0 0 24 24"
    aria-hidden="true"
    focusable="false"
    dangerouslySetInnerHTML={{ __html: iconBody(name) }}
  />
)

/** An amount; `signed` puts a plus on credits. */
export const Money = ({ cents, signed = false }: { cents: Cents; signed?: boolean }) => (
  <span class="num">{signed ? formatSignedCents(cents) : formatCents(cents)}</span>
)

const NOTICES = {
  info: { tone: 'ciel', icon: 'info' },
  pending: { tone: 'ciel', icon: 'clock' },
  success: { tone: 'prairie', icon: 'success' },
  warning: { tone: 'miel', icon: 'warning' },
  danger: { tone: 'brique', icon: 'danger' },
} as const satisfies Record<string, { tone: string; icon: IconName }>

/** A message that stays in the page. `live` has it read out when it is what the page is about. */
export const Notice = (
  props: Children & { kind: keyof typeof NOTICES; title?: string; live?: boolean; id?: string },
) => (
  <div class={`avis avis-${NOTICES[props.kind].tone}`} id={props.id} role={props.live ? 'status' : undefined}>
    <Icon name={NOTICES[props.kind].icon} />
    <div>
      {props.title !== undefined && <strong>{props.title}</strong>}
      {props.children}
    </div>
  </div>
)

const TAGS = {
  ok: 'check',
  due: 'dot',
  danger: 'warning',
  pending: 'clock',
  refused: 'cross',
  neutral: 'info',
} as const satisfies Record<string, IconName>
const TAG_CLASSES = { ok: 'ok', due: 'du', danger: 'non', pending: 'att', refused: 'non', neutral: 'neutre' }

/** The state of a thing: an icon and words, never colour alone. */
export const StateTag = ({ kind, children }: Children & { kind: keyof typeof TAGS }) => (
  <span class={`etat e-${TAG_CLASSES[kind]}`}>
    <Icon name={TAGS[kind]} />
    {children}
  </span>
)

type Look = 'primary' | 'secondary' | 'link'
const LOOKS = { primary: 'b b-1', secondary: 'b b-2', link: 'b b-3' }
type ButtonProps = Children & {
  look?: Look
  icon?: IconName
  wide?: boolean
  small?: boolean
  class?: string
}

const buttonClass = ({ look = 'primary', wide, small, class: more }: ButtonProps): string =>
  [LOOKS[look], wide && 'b-plein', small && 'b-s', more].filter(Boolean).join(' ')

/** A button that sends its form as it stands, for instance with its own `name` and `value`. */
export const Button = (props: ButtonProps & { name?: string; value?: string; formAction?: string }) => (
  <button
    class={buttonClass(props)}
    type="submit"
    name={props.name}
    value={props.value}
    formAction={props.formAction}
  >
    {props.icon && <Icon name={props.icon} />}
    {props.children}
  </button>
)

/** As `Button`; with JavaScript it says « Un instant… » and ignores a second click. */
export const SubmitButton = (props: ButtonProps & { name?: string; value?: string; formAction?: string }) => (
  <button
    class={buttonClass(props)}
    type="submit"
    name={props.name}
    value={props.value}
    formAction={props.formAction}
    data-once={texts.wait}
    data-slow={texts.waitLonger}
  >
    {props.icon && <Icon name={props.icon} />}
    {props.children}
  </button>
)

/** A button that goes to a page: where the guide says « cliquez sur le bouton », one is found. */
export const GoButton = (props: ButtonProps & { href: string }) => (
  <form method="get" action={props.href}>
    <button class={buttonClass(props)} type="submit">
      {props.icon && <Icon name={props.icon} />}
      {props.children}
    </button>
  </form>
)

/** A link that looks like a button: it goes somewhere, it changes nothing. */
export const LinkButton = (props: ButtonProps & { href: string }) => (
  <a class={buttonClass(props)} href={props.href}>
    {props.icon && <Icon name={props.icon} />}
    {props.children}
  </a>
)

/** The card under the shallow roof: once per page, for what the page is about. */
export const Roof = (props: Children & { labelledBy?: string; class?: string }) => (
  <section class={`abri ${props.class ?? ''}`.trimEnd()} aria-labelledby={props.labelledBy}>
    <svg class="toit" viewBox="0 0 600 32" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <path class="pan" d="M0 32V25L300 0l300 25v7z" />
      <path class="rive" d="M0 28h600v4H0z" />
    </svg>
    {props.children}
  </section>
)

/** A card with its heading; give `id` so that the heading names the section. */
export const Card = (props: Children & { id?: string; title?: string; level?: 2 | 3; class?: string }) => {
  const Heading = `h${props.level ?? 2}` as const
  return (
    <section class={`carte ${props.class ?? ''}`.trimEnd()} aria-labelledby={props.title && props.id}>
      {props.title !== undefined && <Heading id={props.id}>{props.title}</Heading>}
      {props.children}
    </section>
  )
}

/** The hopscotch of a payment or of an activation: `current` counts from 1. */
export const Stepper = (props: { current: number; steps?: readonly string[]; label?: string }) => (
  <ol class="marelle" aria-label={props.label ?? texts.stepsLabel}>
    {(props.steps ?? texts.steps).map((step, index) => (
      <li
        class={index + 1 < props.current ? 'fait' : undefined}
        aria-current={index + 1 === props.current ? 'step' : undefined}
      >
        <i>{index + 1}</i>
        <span>{step}</span>
        {index + 1 < props.current && <span class="vh"> {texts.stepDone}</span>}
      </li>
    ))}
  </ol>
)

/** Names and values, for instance of an invoice: pairs of term and description. */
export const Details = ({ items }: { items: readonly (readonly [string, ComponentChildren])[] }) => (
  <dl class="fiche">
    {items.map(([term, value]) => (
      <>
        <dt>{term}</dt>
        <dd>{value}</dd>
      </>
    ))}
  </dl>
)

/** Nothing to show: one sentence, one reason, one next action. */
export const Empty = (props: Children & { title: string }) => (
  <div class="vide">
    <p>
      <strong>{props.title}</strong>
    </p>
    {props.children}
  </div>
)

/** « Page 2 sur 3 », with links before and after; nothing when one page holds everything. */
export const Pager = (props: { page: number; pages: number; href: (page: number) => string }) =>
  props.pages <= 1 ? null : (
    <nav class="pages" aria-label={texts.pages}>
      {props.page > 1 && (
        <a class="b b-2 b-s" rel="prev" href={props.href(props.page - 1)}>
          {texts.previousPage}
        </a>
      )}
      <span>{texts.page(props.page, props.pages)}</span>
      {props.page < props.pages && (
        <a class="b b-2 b-s" rel="next" href={props.href(props.page + 1)}>
          {texts.nextPage}
        </a>
      )}
    </nav>
  )

/** The hidden field that every POST form of a signed-in page carries. */
export const FormToken = ({ view }: { view: View }) =>
  view.formToken === '' ? null : <input type="hidden" name="jeton" value={view.formToken} />

/** What is wrong with the form: receives focus, and leads to each field. */
export const ErrorSummary = ({ problems }: { problems: Problems | undefined }) =>
  problems === undefined || problems.length === 0 ? null : (
    <div class="avis avis-brique bilan" role="alert" tabIndex={-1} autofocus data-focus>
      <Icon name="danger" />
      <div>
        <h2>{texts.problem}</h2>
        <ul>
          {problems.map(({ field, message }) => (
            <li>{field === '' ? message : <a href={`#${field}`}>{message}</a>}</li>
          ))}
        </ul>
      </div>
    </div>
  )
