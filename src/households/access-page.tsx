import type { Access } from '../families/access-store.ts'
import { parisDay } from '../kernel/dates.ts'
import { formatDay, formatTime } from '../kernel/french.ts'
import { Choices, Field } from '../web/fields.tsx'
import { field, type Form, type Problems } from '../web/form.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Card, Details, FormToken, Notice, SubmitButton } from '../web/ui.tsx'
import type { FamilyHeader } from './file-store.ts'
import { AccessState } from './people-cards.tsx'
import { peopleTexts } from './people-texts.ts'
import { texts } from './texts.ts'

const words = peopleTexts.access

type PageProps = {
  readonly view: View
  readonly family: FamilyHeader
  readonly access: Access
  readonly form: Form
  readonly saved: string | undefined
  readonly problems?: Problems | undefined
}

/** One adult's access: how far it is, its link or letter, the address it is reached at, its blocking. */
export const AccessPage = (props: PageProps) => {
  const { access, family } = props
  const open = access.blockedAt === null && access.leftOn === null
  return (
    <OfficePage
      view={props.view}
      title={words.title(access.name)}
      current="search"
      problems={props.problems}
      crumb={<a href={paths.office.family(family.id)}>{texts.file.heading(family.name)}</a>}
    >
      <div class="pile fiche-saisie">
        {props.saved !== undefined && <Notice kind="success" title={props.saved} live />}
        <State {...props} />
        {open && <SendCard {...props} />}
        {open && access.activatedAt === null && <LetterCard {...props} />}
        {open && access.loginId !== null && <ReplaceCard {...props} />}
        {access.loginId !== null && access.leftOn === null && <BlockCard {...props} />}
        <p>
          <a href={paths.office.family(family.id)}>{words.back}</a>
        </p>
      </div>
    </OfficePage>
  )
}

const State = ({ access }: PageProps) => (
  <Card id="etat" title={words.state}>
    <p>
      <AccessState access={access} />
    </p>
    {access.blockedReason !== null && <p>{words.blockedWhy(access.blockedReason)}</p>}
    {access.nextEmail !== null && access.nextEmailUntil !== null && (
      <p>
        {words.pending(
          access.nextEmail,
          formatDay(parisDay(access.nextEmailUntil)),
          formatTime(access.nextEmailUntil),
        )}
      </p>
    )}
    <Details
      items={[
        [words.identifier, access.identifier ?? words.noIdentifier],
        [words.email, access.email ?? words.noEmail],
      ]}
    />
  </Card>
)

const actionOf = ({ family, access }: PageProps): string =>
  paths.office.adultAccess(family.id, access.adultId)

const SendCard = (props: PageProps) => {
  const { access } = props
  return (
    <Card id="lien" title={words.send.title} class="petite">
      {access.email === null ? (
        <p>{words.send.noEmail}</p>
      ) : (
        <form class="formulaire" method="post" action={actionOf(props)}>
          <FormToken view={props.view} />
          <p class="etiq">{access.activatedAt === null ? words.send.first : words.send.again}</p>
          <SubmitButton look="secondary" icon="send" name="geste" value="lien">
            {access.linkSentAt === null ? words.send.submit : words.send.renew}
          </SubmitButton>
        </form>
      )}
    </Card>
  )
}

/** The answer is the document itself, so the page stays. */
const LetterCard = (props: PageProps) => (
  <Card id="lettre" title={words.letter.title} class="petite">
    <form
      class="formulaire"
      method="post"
      action={paths.office.accessLetter(props.family.id, props.access.adultId)}
      target="_blank"
    >
      <FormToken view={props.view} />
      <p class="etiq">{words.letter.lede}</p>
      <button class="b b-2" type="submit">
        {props.access.letterPrintedAt === null ? words.letter.submit : words.letter.again}
      </button>
    </form>
  </Card>
)

const ReplaceCard = (props: PageProps) => (
  <Card id="adresse-perdue" title={words.replace.title} class="petite">
    <form class="formulaire" method="post" action={actionOf(props)} noValidate>
      <FormToken view={props.view} />
      <p class="etiq">{words.replace.lede}</p>
      <Field
        name="courriel"
        label={words.replace.email}
        value={field(props.form, 'courriel')}
        inputmode="email"
        autocomplete="off"
        problems={props.problems}
      />
      <Choices
        name="verification"
        label={words.replace.checked}
        value={field(props.form, 'verification')}
        choices={Object.entries(words.replace.ways).map(([value, label]) => ({ value, label }))}
        problems={props.problems}
      />
      <Field
        name="precision"
        label={words.replace.detail}
        value={field(props.form, 'precision')}
        optional
        maxlength={200}
        autocomplete="off"
        problems={props.problems}
      />
      <SubmitButton look="secondary" name="geste" value="courriel">
        {words.replace.submit}
      </SubmitButton>
    </form>
  </Card>
)

const BlockCard = (props: PageProps) => {
  const blocked = props.access.blockedAt !== null
  return (
    <Card id="blocage" title={blocked ? words.block.undo : words.block.title} class="petite">
      <form class="formulaire" method="post" action={actionOf(props)} noValidate>
        <FormToken view={props.view} />
        <p class="etiq">{blocked ? words.block.undoLede : words.block.lede}</p>
        {!blocked && (
          <Field
            name="motif"
            label={words.block.reason}
            hint={words.block.reasonHint}
            value={field(props.form, 'motif')}
            maxlength={200}
            autocomplete="off"
            problems={props.problems}
          />
        )}
        <SubmitButton look="secondary" name="geste" value={blocked ? 'debloquer' : 'bloquer'}>
          {blocked ? words.block.undo : words.block.submit}
        </SubmitButton>
      </form>
    </Card>
  )
}
