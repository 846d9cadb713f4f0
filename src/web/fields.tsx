// The fields of forms. `Field` alone owns label, hint, error and what assistive techniques are told.
import type { ComponentChildren } from 'preact'
import type { Problems } from './form.ts'
import { texts } from './texts.ts'

type Common = {
  /** Also the id of the field, where the error summary leads. */
  readonly name: string
  readonly label: string
  readonly hint?: ComponentChildren
  readonly problems?: Problems | undefined
  readonly autocomplete?: string
}

const problemOf = (problems: Problems | undefined, name: string): string | undefined =>
  problems?.find((problem) => problem.field === name)?.message

function describedBy(props: Common, message: string | undefined): string | undefined {
  const ids = [
    props.hint !== undefined && `${props.name}-aide`,
    message !== undefined && `${props.name}-erreur`,
  ]
  return ids.filter(Boolean).join(' ') || undefined
}

const Hint = ({ field }: { field: Common }) =>
  field.hint === undefined ? null : (
    <p class="aide" id={`${field.name}-aide`}>
      {field.hint}
    </p>
  )

const FieldError = ({ name, message }: { name: string; message: string | undefined }) =>
  message === undefined ? null : (
    <p class="erreur" id={`${name}-erreur`}>
      {message}
    </p>
  )

/** One line of text, with its label above. */
export const Field = (
  props: Common & {
    value?: string | undefined
    inputmode?: 'text' | 'numeric' | 'decimal' | 'email' | 'tel'
    optional?: boolean
    maxlength?: number
    /** Width in letters, for codes and amounts. */
    size?: number
    spellcheck?: boolean
    /** Suggestions while one types: the id of a `<datalist>`. */
    list?: string
  },
) => {
  const message = problemOf(props.problems, props.name)
  return (
    <div class={message === undefined ? 'champ' : 'champ en-erreur'}>
      <label for={props.name}>
        {props.label} {props.optional && <span class="facultatif">{texts.optional}</span>}
      </label>
      <Hint field={props} />
      <FieldError name={props.name} message={message} />
      <input
        class={props.size === undefined ? 'saisie' : 'saisie court'}
        id={props.name}
        name={props.name}
        type="text"
        value={props.value ?? ''}
        size={props.size}
        inputMode={props.inputmode}
        autocomplete={props.autocomplete}
        autocapitalize={props.inputmode === 'email' ? 'none' : undefined}
        spellcheck={props.spellcheck}
        maxLength={props.maxlength}
        list={props.list}
        aria-describedby={describedBy(props, message)}
        aria-invalid={message === undefined ? undefined : 'true'}
      />
    </div>
  )
}

/** A password: never given back; with JavaScript, a button « Afficher » is added. */
export const PasswordField = (props: Common & { autocomplete: 'current-password' | 'new-password' }) => {
  const message = problemOf(props.problems, props.name)
  return (
    <div class={message === undefined ? 'champ' : 'champ en-erreur'}>
      <label for={props.name}>{props.label}</label>
      <Hint field={props} />
      <FieldError name={props.name} message={message} />
      <div class="secret" data-password={texts.showPassword} data-password-name={texts.showPasswordName}>
        <input
          class="saisie"
          id={props.name}
          name={props.name}
          type="password"
          autocomplete={props.autocomplete}
          autocapitalize="none"
          spellcheck={false}
          maxLength={256}
          aria-describedby={describedBy(props, message)}
          aria-invalid={message === undefined ? undefined : 'true'}
        />
      </div>
    </div>
  )
}

/** One choice among many, in a list that opens; options are pairs of value and words. */
export const Select = (
  props: Common & {
    value: string
    options: readonly (readonly [string, string])[]
    autofocus?: boolean
  },
) => {
  const message = problemOf(props.problems, props.name)
  return (
    <div class={message === undefined ? 'champ' : 'champ en-erreur'}>
      <label for={props.name}>{props.label}</label>
      <Hint field={props} />
      <FieldError name={props.name} message={message} />
      <select
        class="saisie"
        id={props.name}
        name={props.name}
        autofocus={props.autofocus}
        aria-describedby={describedBy(props, message)}
        aria-invalid={message === undefined ? undefined : 'true'}
      >
        {props.options.map(([value, label]) => (
          <option value={value} selected={value === props.value}>
            {label}
          </option>
        ))}
      </select>
    </div>
  )
}

/** One choice among a few. The first radio's id is the name, so the error summary reaches it. */
export const Choices = (
  props: Common & {
    value?: string | undefined
    choices: readonly { value: string; label: ComponentChildren; hint?: ComponentChildren }[]
  },
) => {
  const message = problemOf(props.problems, props.name)
  return (
    <fieldset
      class={message === undefined ? 'champ' : 'champ en-erreur'}
      aria-describedby={describedBy(props, message)}
    >
      <legend>{props.label}</legend>
      <Hint field={props} />
      <FieldError name={props.name} message={message} />
      <div class="tuiles">
        {props.choices.map((choice, index) => (
          <label class="tuile">
            <input
              type="radio"
              id={index === 0 ? props.name : `${props.name}-${choice.value}`}
              name={props.name}
              value={choice.value}
              checked={choice.value === props.value}
            />
            <span>
              {choice.label}
              {choice.hint !== undefined && <small>{choice.hint}</small>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
