// The doors that need no family: help, contact, legal pages, site map.
import type { Hono } from 'hono'
import { findOrganisation, listOrganisations } from '../organisations/store.ts'
import type { Services } from '../platform/services.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, viewOf } from '../web/request.ts'
import { findContact } from './contact.ts'
import { HelpPage, SiteMapPage } from './help-pages.tsx'
import { AccessibilityPage, LegalPage, PrivacyPage } from './legal-pages.tsx'

/** `/aide`, `/donnees-personnelles`, `/accessibilite`, `/mentions-legales`, `/plan-du-site`. */
export function informationDoor(app: Hono<Env>, { db }: Services): void {
  app.get(paths.help, async (c) =>
    render(c, <HelpPage view={viewOf(c)} contact={await findContact(db, c.get('actor'))} />),
  )
  app.get(paths.privacy, async (c) =>
    render(c, <PrivacyPage view={viewOf(c)} contact={await findContact(db, c.get('actor'))} />),
  )
  app.get(paths.accessibility, async (c) =>
    render(c, <AccessibilityPage view={viewOf(c)} contact={await findContact(db, c.get('actor'))} />),
  )
  app.get(paths.legal, async (c) => {
    const actor = c.get('actor')
    const own = actor && (await findOrganisation(db, actor.organisationId))
    return render(c, <LegalPage view={viewOf(c)} organisations={own ? [own] : await listOrganisations(db)} />)
  })
  app.get(paths.siteMap, (c) => render(c, <SiteMapPage view={viewOf(c)} />))
}
