import { wantedFields } from '../identity/change-request.ts'
import { formatMobile } from '../identity/names.ts'
import { profileTexts, REQUEST_SUBJECTS } from '../identity/profile-texts.ts'
import { DAY_MS, type Instant, parisDay } from '../kernel/dates.ts'
import { formatDay, formatInstantDay } from '../kernel/french.ts'
import type { Values } from '../families/record.ts'
import { Field } from '../web/fields.tsx'
import { field, type Form, type Problems } from '../web/form.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Card, Empty, FormToken, LinkButton, Notice, StateTag, SubmitButton } from '../web/ui.tsx'
import type { FamilyRequest } from './request-store.ts'
import { requestTexts as words } from './request-texts.ts'

const subjectOf = ({ subject, aboutName }: FamilyRequest): string =>
  profileTexts.requests.about(subject, aboutName)
const fieldName = (key: string): string => profileTexts.requests.fields[key] ?? key
const shown = (key: string, value = ''): string =>
  value === '' ? words.nothing : key === 'phone' ? formatMobile(value) : value

/** « Demandes des familles »: those that wait, oldest first. */
export const RequestsPage = (props: {
  view: View
  requests: readonly FamilyRequest[]
  capped: boolean
  now: Instant
  saved: string | undefined
}) => (
  <OfficePage view={props.view} title={words.title} lede={words.lede} current="requests">
    <div class="pile">
      {props.saved !== undefined && <Notice kind="success" title={props.saved} live />}
      {props.requests.length === 0 ? (
        <div class="carte">
          <Empty title={words.empty}>
            <p>{words.emptyNext}</p>
          </Empty>
        </div>
      ) : (
        <section class="carte" aria-labelledby="t-demandes">
          <h2 id="t-demandes">{words.count(props.requests.length)}</h2>
          {props.capped && <p class="etiq">{words.capped(props.requests.length)}</p>}
          <ul class="personnes">
            {props.requests.map((request) => (
              <li>
                <p>
                  <b>{subjectOf(request)}</b> ·{' '}
                  <a href={paths.office.family(request.familyId)}>{words.family(request.familyName)}</a>
                </p>
                {wantedFields(request).map((key) => (
                  <p>
                    {profileTexts.requests.wanted(
                      fieldName(key),
                      shown(key, request.stood[key]),
                      shown(key, request.wanted[key]),
                    )}
                  </p>
                ))}
                <p class="etiq">
                  {words.asked(formatInstantDay(request.askedAt), request.askedBy)} (
                  {words.waits(Math.floor((props.now.getTime() - request.askedAt.getTime()) / DAY_MS))})
                </p>
                <p class="gestes">
                  <a
                    class="b b-2 b-s"
                    href={paths.office.request(request.id)}
                    aria-label={words.answerWhat(REQUEST_SUBJECTS[request.subject], request.familyName)}
                  >
                    {words.answer}
                  </a>
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  </OfficePage>
)

/** One request: what is stored now beside what is wanted, and the answer. */
export const RequestPage = (props: {
  view: View
  request: FamilyRequest
  /** Undefined: the person is not in the family any more. */
  present: Values | undefined
  form: Form
  problems?: Problems | undefined
}) => {
  const { request, present } = props
  return (
    <OfficePage
      view={props.view}
      title={words.pageTitle(request.familyName)}
      lede={`${subjectOf(request)} · ${words.asked(formatInstantDay(request.askedAt), request.askedBy)}`}
      current="requests"
      problems={props.problems}
      crumb={<a href={paths.office.requests}>{words.title}</a>}
      actions={
        <LinkButton href={paths.office.family(request.familyId)} look="secondary" small>
          {words.open}
        </LinkButton>
      }
    >
      <div class="pile fiche-saisie">
        <Card>
          <Outcome request={request} />
          <Comparison request={request} present={present ?? request.stood} />
        </Card>
        {request.outcome === null && (
          <>
            {present && <AcceptForm view={props.view} request={request} present={present} />}
            <RefuseForm {...props} />
          </>
        )}
      </div>
    </OfficePage>
  )
}

const Outcome = ({ request }: { request: FamilyRequest }) => {
  if (request.outcome === null || request.decidedAt === null) return null
  const on = formatDay(parisDay(request.decidedAt))
  const by = request.decidedBy ?? ''
  const said =
    request.outcome === 'withdrawn' ? words.outcome.withdrawn(on) : words.outcome[request.outcome](by, on)
  return (
    <>
      <p>
        <StateTag kind={request.outcome === 'accepted' ? 'ok' : 'neutral'}>{said}</StateTag>
      </p>
      {request.reason !== null && <p>{request.reason}</p>}
    </>
  )
}

const Comparison = ({ request, present }: { request: FamilyRequest; present: Values }) => (
  <table class="tableau" role="table">
    <caption class="vh">{words.caption}</caption>
    <thead>
      <tr>
        <th scope="col">{words.columns.field}</th>
        <th scope="col">{words.columns.now}</th>
        <th scope="col">{words.columns.wanted}</th>
      </tr>
    </thead>
    <tbody>
      {Object.keys(request.wanted).map((key) => {
        const differs = request.wanted[key] !== present[key]
        const moved = (present[key] ?? '') !== (request.stood[key] ?? '')
        const wanted = shown(key, request.wanted[key])
        return (
          <tr>
            <th scope="row">{fieldName(key)}</th>
            <td data-label={words.columns.now}>
              {shown(key, present[key])}
              {moved && request.outcome === null && (
                <small class="etiq"> {words.stood(shown(key, request.stood[key]))}</small>
              )}
            </td>
            <td data-label={words.columns.wanted}>{differs ? <b>{wanted}</b> : wanted}</td>
          </tr>
        )
      })}
    </tbody>
  </table>
)

const AcceptForm = (props: { view: View; request: FamilyRequest; present: Values }) => (
  <Card id="accepter" title={words.acceptTitle} class="petite">
    <form class="formulaire" method="post" action={paths.office.request(props.request.id)}>
      <FormToken view={props.view} />
      {Object.entries(props.present).map(([key, value]) => (
        <input type="hidden" name={`vu-${key}`} value={value} />
      ))}
      <p class="etiq">{words.acceptLede}</p>
      <SubmitButton name="geste" value="accepter">
        {words.accept}
      </SubmitButton>
    </form>
  </Card>
)

const RefuseForm = (props: {
  view: View
  request: FamilyRequest
  form: Form
  problems?: Problems | undefined
}) => (
  <Card id="refuser" title={words.refuseTitle} class="petite">
    <form class="formulaire" method="post" action={paths.office.request(props.request.id)} noValidate>
      <FormToken view={props.view} />
      <Field
        name="motif"
        label={words.reason}
        hint={words.reasonHint}
        value={field(props.form, 'motif')}
        maxlength={300}
        autocomplete="off"
        problems={props.problems}
      />
      <SubmitButton look="secondary" name="geste" value="refuser">
        {words.refuse}
      </SubmitButton>
    </form>
  </Card>
)
