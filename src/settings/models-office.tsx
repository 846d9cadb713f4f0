// The doors of models: a mail as it leaves, and the invoice's document.
import type { Context } from 'hono'
import { readId } from '../kernel/ids.ts'
import { parisDay } from '../kernel/dates.ts'
import { findUnitTexts } from '../organisations/setting-store.ts'
import { findOrganisation, findUnit, listEstablishments } from '../organisations/store.ts'
import type { Services } from '../platform/services.ts'
import type { StaffActor } from '../staff/actor.ts'
import { allow } from '../staff/guard.ts'
import type { Office } from '../staff/open-office.ts'
import { paths } from '../web/paths.ts'
import { type Env, notFound } from '../web/request.ts'
import { SAMPLE_MAILS, sampleInvoice, sampleMail } from './samples.ts'

/** A mail brings its own styles, and nothing else. */
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

export function modelsDoor(office: Office, services: Services): void {
  office.get(paths.office.sampleMail, 'settings.read', async (c, actor) => {
    const kind = SAMPLE_MAILS.find((one) => one === c.req.query('type')) ?? notFound()
    const mail = sampleMail(kind, await issuerOf(c, services, actor))
    c.header('content-security-policy', MAIL_POLICY)
    return c.html(mail.html)
  })
  office.get(paths.office.sampleInvoice, 'settings.read', async (c, actor) => {
    const pdf = await sampleInvoice(await issuerOf(c, services, actor))
    c.header('content-type', 'application/pdf')
    c.header('content-disposition', 'inline; filename="specimen.pdf"')
    return c.body(new Uint8Array(pdf))
  })
}

async function issuerOf(c: Context<Env>, { db, clock, config }: Services, actor: StaffActor) {
  const { organisationId } = actor
  const id = readId<'billingUnit'>(c.req.query('objet')) ?? notFound()
  const unit = (await findUnit(db, organisationId, id)) ?? notFound()
  allow(actor, 'settings.read', { unitId: id })
  const seller = (await findOrganisation(db, organisationId)) ?? notFound()
  const places = await listEstablishments(db, organisationId)
  const establishment = places.find(({ billingUnitId }) => billingUnitId === id) ?? notFound()
  const now = clock.now()
  const words = await findUnitTexts(db, organisationId, id, parisDay(now))
  return { seller, unit, establishment, words, now, publicUrl: config.publicUrl }
}
