// The door of a lost password of staff.
import type { Hono } from 'hono'
import type { Services } from '../platform/services.ts'
import { field, type Problems, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, viewOf } from '../web/request.ts'
import { askPasswordLink } from './ask-password-link.ts'
import { ForgottenPage, LinkSentPage } from './forgotten-pages.tsx'
import { texts } from './texts.ts'

/** `/gestion/acces-oublie`: the same answer for every identifier. */
export function staffForgottenDoor(app: Hono<Env>, services: Services): void {
  const { forgotten } = paths.office
  app.get(forgotten, (c) => render(c, <ForgottenPage view={viewOf(c)} identifier="" />))
  app.post(forgotten, async (c) => {
    const identifier = field(await readForm(c), 'identifiant').trim()
    const again = (message: string, status: 422 | 429) => {
      const problems: Problems = [{ field: 'identifiant', message }]
      return render(c, <ForgottenPage view={viewOf(c)} {...{ identifier, problems }} />, status)
    }
    if (identifier === '') return again(texts.forgotten.missing, 422)
    const from = { screen: c.req.path, clientAddress: c.get('clientAddress') }
    const asked = await askPasswordLink(services, identifier, from)
    if (asked.ok) return render(c, <LinkSentPage view={viewOf(c)} />)
    const { minutes } = asked.failure
    c.header('retry-after', String(minutes * 60))
    return again(texts.signIn.wait(minutes), 429)
  })
}
