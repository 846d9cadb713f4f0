import { formatDay, formatInstantDay } from '../kernel/french.ts'
import { parisDay } from '../kernel/dates.ts'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Card, FormToken, StateTag } from '../web/ui.tsx'
import { type ChangeRequest, wantedFields } from './change-request.ts'
import { formatMobile } from './names.ts'
import { profileTexts } from './profile-texts.ts'

const words = profileTexts.requests

/** The family's requests, each with what became of it; nothing when there is none. */
export const RequestList = (props: { view: View; requests: readonly ChangeRequest[] }) =>
  props.requests.length === 0 ? null : (
    <Card id="demandes" title={words.title} class="petite">
      <ul class="simple demandes">
        {props.requests.map((request) => (
          <li>
            <p>
              <strong>{words.about(request.subject, request.aboutName)}</strong>
            </p>
            <ul class="simple">
              {wantedFields(request).map((field) => (
                <li>
                  {words.wanted(
                    words.fields[field] ?? field,
                    shown(field, request.stood[field]),
                    shown(field, request.wanted[field]),
                  )}
                </li>
              ))}
            </ul>
            <Answer request={request} />
            {request.outcome === null && props.view.actor?.viewedBy === undefined && (
              <form method="post" action={paths.profileRequest(request.id)}>
                <FormToken view={props.view} />
                <button class="b b-2 b-s" type="submit">
                  {words.withdraw}
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )

/** A value as people read it. */
const shown = (field: string, value = ''): string =>
  value === '' ? words.nothing : field === 'phone' ? formatMobile(value) : value

const Answer = ({ request }: { request: ChangeRequest }) => {
  const asked = formatInstantDay(request.askedAt)
  const on = request.decidedAt === null ? '' : formatDay(parisDay(request.decidedAt))
  if (request.outcome === 'accepted')
    return (
      <p>
        <StateTag kind="ok">{words.accepted(on)}</StateTag> <small class="etiq">{words.sent(asked)}</small>
      </p>
    )
  if (request.outcome === 'refused')
    return (
      <>
        <p>
          <StateTag kind="refused">{words.refused(on)}</StateTag>{' '}
          <small class="etiq">{words.sent(asked)}</small>
        </p>
        <p>{words.reason(request.reason ?? '')}</p>
      </>
    )
  return (
    <p>
      <StateTag kind="pending">{words.waiting(asked)}</StateTag>
    </p>
  )
}
