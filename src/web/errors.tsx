// The only place where an exception becomes an answer. Nothing here reads the database.
import type { ErrorHandler, NotFoundHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { sqlState } from '../platform/db.ts'
import type { Services } from '../platform/services.ts'
import { rightsTexts } from '../staff/rights-texts.ts'
import { may, RIGHTS } from '../staff/rights.ts'
import { Page } from './layout.tsx'
import { OfficePage } from './office-page.tsx'
import { officeTexts } from './office-texts.ts'
import { isOffice, paths } from './paths.ts'
import { render } from './render.ts'
import { type Env, localPath, type View, viewOf } from './request.ts'
import { texts } from './texts.ts'
import { Card, LinkButton, Notice } from './ui.tsx'

type ErrorText = { readonly title: string; readonly text: string }

/** Connection refused, lost or full; the server is starting or stopping (PostgreSQL class 57P, 08, 53). */
const DOWN = /^(ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT|EHOSTUNREACH|57P0[1-5]|53300|08.{3})$/
const DOWN_MESSAGES = /timeout exceeded when trying to connect|Connection terminated|cannot connect/i

const isDatabaseDown = (error: unknown): boolean =>
  error instanceof Error && (DOWN.test(sqlState(error) ?? '') || DOWN_MESSAGES.test(error.message))

/** An address that leads nowhere. */
export const answerNotFound: NotFoundHandler<Env> = (c) =>
  render(c, <ErrorPage view={viewOf(c)} error={texts.errors.notFound} />, 404)

/** Turns what a door threw into a page; what nobody expected goes to the log with its reference. */
export const answerError =
  (services: Services): ErrorHandler<Env> =>
  (error, c) => {
    if (error instanceof HTTPException && error.status === 401)
      return c.redirect(
        `${isOffice(c.req.path) ? paths.office.signIn : paths.signIn}?suite=${encodeURIComponent(localPath(error.message) ?? '/')}`,
        303,
      )
    if (error instanceof HTTPException && error.status < 500)
      return render(c, <ErrorPage view={viewOf(c)} error={refusal(error)} />, error.status)
    const down = isDatabaseDown(error)
    const reference = c.get('reference')
    services.log.error({ reference, method: c.req.method, route: c.req.path, err: error }, 'request failed')
    if (down) c.header('retry-after', '30')
    return render(
      c,
      <ErrorPage
        view={viewOf(c)}
        error={down ? texts.errors.unavailable : texts.errors.defect}
        reference={reference}
      />,
      down ? 503 : 500,
    )
  }

const REFUSALS: { readonly [status: number]: ErrorText } = {
  403: texts.errors.forbidden,
  404: texts.errors.notFound,
  405: texts.errors.method,
  409: texts.errors.conflict,
  413: texts.errors.tooLarge,
}

const refusal = (error: HTTPException): ErrorText => {
  if (error.message === 'reader') return texts.errors.reader
  if (error.message === 'viewing') return texts.errors.viewing
  const right = RIGHTS.find((one) => error.message === `right ${one}`)
  if (right === undefined) return REFUSALS[error.status] ?? texts.errors.badRequest
  const { title, text, next } = officeTexts.forbidden
  return { title, text: `${text(rightsTexts.rights[right])} ${next}` }
}

type ErrorProps = { readonly view: View; readonly error: ErrorText; readonly reference?: string }

const ErrorPage = (props: ErrorProps) =>
  props.view.staff?.step === 'open' ? <OfficeErrorPage {...props} /> : <PublicErrorPage {...props} />

const OfficeErrorPage = ({ view, error, reference }: ErrorProps) => (
  <OfficePage view={view} title={error.title}>
    <Card>
      <div class="pile-s">
        <p>{error === texts.errors.notFound ? officeTexts.errors.notFound : error.text}</p>
        {reference !== undefined && <p class="etiq">{texts.errors.reference(reference)}</p>}
        <div class="actions">
          {may(view.staff?.grants ?? [], 'worklist.read', 'anywhere') ? (
            <LinkButton href={paths.office.home}>{officeTexts.errors.home}</LinkButton>
          ) : (
            <LinkButton href={paths.office.access}>{officeTexts.account}</LinkButton>
          )}
        </div>
      </div>
    </Card>
  </OfficePage>
)

const PublicErrorPage = (props: ErrorProps) => (
  <Page view={props.view} title={props.error.title}>
    <Card>
      <div class="pile-s">
        <p>{props.error.text}</p>
        {props.error === texts.errors.reader && <p>{texts.askPayers(props.view.actor?.payers ?? '')}</p>}
        {props.reference !== undefined && (
          <>
            <Notice kind="info">
              <span>{texts.errors.money}</span>
            </Notice>
            <p class="etiq">{texts.errors.reference(props.reference)}</p>
          </>
        )}
        <div class="actions">
          {props.reference !== undefined && (
            <LinkButton href={props.view.path}>{texts.errors.retry}</LinkButton>
          )}
          <LinkButton href={paths.home} look={props.reference === undefined ? 'primary' : 'secondary'}>
            {texts.errors.home}
          </LinkButton>
          <LinkButton href={paths.help} look="link">
            {texts.help}
          </LinkButton>
        </div>
      </div>
    </Card>
  </Page>
)
