// The payment pages and the bank's door over a till's services, and the visitors who use them.
import { buildFamily, buildLogin } from '../support/build.ts'
import type { Db } from '../../src/platform/db.ts'
import { bankDoor } from '../../src/payments/bank-door.ts'
import { paymentsDoor } from '../../src/payments/portal.tsx'
import type { Services } from '../../src/platform/services.ts'
import { createApp } from '../../src/web/app.ts'
import { paths } from '../../src/web/paths.ts'
import type { Till } from '../support/till.ts'
import { type Answer, type Visitor, visitor } from '../support/visitor.ts'

export type PaymentPortal = {
  readonly app: ReturnType<typeof createApp>
  /** The till's payer, signed in. */
  readonly payer: Visitor
  readonly signedOut: Visitor
  /** What the bank's server sends. */
  readonly notify: (body: BodyInit, headers?: Record<string, string>) => Promise<Response>
}

export async function openPaymentPortal(
  till: Pick<Till, 'services' | 'shops' | 'actor'>,
  services: Services = till.services,
): Promise<PaymentPortal> {
  await till.shops.refresh(services.clock.now())
  const app = createApp(services, [(app, all) => paymentsDoor(app, all, till.shops)], {
    formOrigins: till.shops.formOrigins,
    beforeAll: (app) => bankDoor(app, services, till.shops),
  })
  const payer = visitor(app, services)
  await payer.signIn(till.actor.loginId)
  const notify: PaymentPortal['notify'] = async (body, headers = {}) =>
    app.request(paths.bankNotification, { method: 'POST', body, headers })
  return { app, payer, signedOut: visitor(app, services), notify }
}

/** A visitor signed in as another adult: of the till's family, or of another one of the same place. */
export async function anotherVisitor(
  db: Db,
  till: Till,
  app: PaymentPortal['app'],
  values: { role?: 'payer' | 'reader'; isStranger?: boolean },
): Promise<Visitor> {
  const { familyId } = values.isStranger
    ? await buildFamily(db, till.organisationId, { name: 'DURAND' })
    : till.actor
  const { loginId } = await buildLogin(db, till.organisationId, familyId, { role: values.role ?? 'payer' })
  const one = visitor(app, till.services)
  await one.signIn(loginId)
  return one
}

/** The fields of the page's form to this address, as it stands: ticked boxes, hidden and typed values. */
export function formOf(page: Answer, action: string): Record<string, string | string[]> {
  const start = page.html.indexOf(`action="${action}"`)
  if (start < 0) throw new Error(`no form to ${action}`)
  const html = page.html.slice(start, page.html.indexOf('</form>', start))
  const fields: Record<string, string[]> = {}
  for (const [tag] of html.matchAll(/<input[^>]*>/g)) {
    const name = attribute(tag, 'name')
    const isOff = /type="(checkbox|radio)"/.test(tag) && !/ checked/.test(tag)
    if (name !== '' && !isOff) (fields[name] ??= []).push(attribute(tag, 'value'))
  }
  return Object.fromEntries(
    Object.entries(fields).map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values]),
  )
}

const attribute = (tag: string, name: string): string =>
  (new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '').replaceAll('&amp;', '&').replaceAll('&quot;', '"')
