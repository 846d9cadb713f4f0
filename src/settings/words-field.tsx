import type { Problems } from '../web/form.ts'

/** Several lines of text; written back escaped, as every other value. */
export const WordsField = (props: {
  readonly name: string
  readonly label: string
  readonly hint?: string | undefined
  readonly value: string
  readonly maxlength: number
  readonly problems?: Problems | undefined
}) => {
  const { name } = props
  const message = props.problems?.find((problem) => problem.field === name)?.message
  const told = [props.hint !== undefined && `${name}-aide`, message !== undefined && `${name}-erreur`]
  return (
    <div class={message === undefined ? 'champ' : 'champ en-erreur'}>
      <label for={name}>{props.label}</label>
      {props.hint !== undefined && (
        <p class="aide" id={`${name}-aide`}>
          {props.hint}
        </p>
      )}
      {message !== undefined && (
        <p class="erreur" id={`${name}-erreur`}>
          {message}
        </p>
      )}
      <textarea
        class="saisie"
        id={name}
        name={name}
        rows={3}
        maxLength={props.maxlength}
        aria-describedby={told.filter(Boolean).join(' ') || undefined}
        aria-invalid={message === undefined ? undefined : 'true'}
      >
        {props.value}
      </textarea>
    </div>
  )
}
