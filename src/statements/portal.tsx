// The home page, the rechargeable accounts, the history and the yearly statements.
import type { Context, Hono } from 'hono'
import type { FamilyActor } from '../identity/actor.ts'
import { present } from '../kernel/assert.ts'
import { parisDay } from '../kernel/dates.ts'
import { subtract } from '../kernel/money.ts'
import { listUnitTexts } from '../organisations/setting-store.ts'
import { findOrganisation, listEstablishments, listUnits } from '../organisations/store.ts'
import type { Services } from '../platform/services.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, notFound, requireFamily, viewOf } from '../web/request.ts'
import { type Account, AccountPage } from './account-page.tsx'
import { runningBalances, yearsOf } from './balance.ts'
import { operationsCsv } from './csv.ts'
import { statementPdf } from './draw-statement.ts'
import { applyFilters, type Choices, readFilters, writeFilters } from './filters.ts'
import { HistoryPage } from './history-page.tsx'
import { HomePage, type UnitStanding } from './home-page.tsx'
import type { Operation } from './operation.ts'
import { pageOf } from './paging.ts'
import {
  listInvoicedChildren,
  listInvoicesOfChild,
  listOperations,
  listPendingPayments,
  listStandings,
} from './store.ts'
import { texts } from './texts.ts'

/** No account is older than the software that came before. */
const FIRST_YEAR = 2000
/** Enough operations for the last three and the recent documents. */
const HOME_OPERATIONS = 6

export function statementsDoor(app: Hono<Env>, services: Services): void {
  app.get(paths.home, (c) => showHome(c, services))
  app.get(paths.account, (c) => showAccounts(c, services))
  app.get(paths.history, (c) => showHistory(c, services))
  app.get(paths.historyCsv, (c) => sendCsv(c, services))
  app.get(paths.statementRoute, (c) => sendStatement(c, services))
}

async function showHome(c: Context<Env>, { db, clock }: Services): Promise<Response> {
  const actor = requireFamily(c)
  const { organisationId, familyId } = actor
  const now = clock.now()
  const [units, pending, operations, organisation] = await Promise.all([
    unitsOf(db, actor, now),
    listPendingPayments(db, organisationId, familyId),
    listOperations(db, organisationId, familyId, now, HOME_OPERATIONS),
    findOrganisation(db, organisationId),
  ])
  return render(
    c,
    <HomePage
      view={viewOf(c)}
      firstName={actor.firstName}
      units={units}
      pending={pending}
      operations={operations}
      organisation={present(organisation, 'a family of no organisation')}
    />,
  )
}

/** The units the family deals with, by code, and how it stands with each. */
async function unitsOf(db: Services['db'], actor: FamilyActor, now: Date): Promise<UnitStanding[]> {
  const [units, standings] = await Promise.all([
    listUnits(db, actor.organisationId),
    listStandings(db, actor.organisationId, actor.familyId, now),
  ])
  const own = units.flatMap((unit) => {
    const standing = standings.find((one) => one.unitId === unit.id)
    return standing ? [{ unit, standing }] : []
  })
  const texts = await listUnitTexts(
    db,
    actor.organisationId,
    own.map(({ unit }) => unit.id),
    parisDay(now),
  )
  return own.map((one) => ({ ...one, words: texts.get(one.unit.id) ?? {} }))
}

async function showAccounts(c: Context<Env>, { db, clock }: Services): Promise<Response> {
  const actor = requireFamily(c)
  const now = clock.now()
  const [units, operations, organisation] = await Promise.all([
    unitsOf(db, actor, now),
    listOperations(db, actor.organisationId, actor.familyId, now),
    findOrganisation(db, actor.organisationId),
  ])
  const asked = c.req.query('compte')
  const accounts = units
    .filter(({ unit }) => unit.mode === 'prepaid')
    .map(({ unit, standing }): Account => {
      const own = operations.filter((operation) => operation.billingUnitId === unit.id)
      const lines = runningBalances(own)
      const page = asked === undefined || asked === unit.code ? c.req.query('page') : undefined
      return {
        unit,
        balance: subtract(standing.credit, standing.due),
        lines,
        shown: pageOf(lines, page),
        years: yearsOf(own),
      }
    })
  return render(
    c,
    <AccountPage view={viewOf(c)} accounts={accounts} organisation={organisation?.name ?? ''} />,
  )
}

/** What the history's page and its file both show. */
async function readHistory(c: Context<Env>, { db, clock }: Services) {
  const actor = requireFamily(c)
  const { organisationId, familyId } = actor
  const now = clock.now()
  const [units, establishments, children, operations] = await Promise.all([
    unitsOf(db, actor, now),
    listEstablishments(db, organisationId),
    listInvoicedChildren(db, organisationId, familyId),
    listOperations(db, organisationId, familyId, now),
  ])
  const own = new Set(units.map(({ unit }) => unit.id))
  const choices: Choices = {
    establishments: establishments.filter((one) => own.has(one.billingUnitId)),
    children,
  }
  const today = parisDay(now)
  const { filters, problems } = readFilters(c.req.query(), choices, today)
  const ofChild = filters.childId
    ? await listInvoicesOfChild(db, organisationId, familyId, filters.childId)
    : []
  const found = applyFilters(operations, filters, choices, new Set(ofChild))
  return { units, choices, filters, problems, today, operations, found }
}

async function showHistory(c: Context<Env>, services: Services): Promise<Response> {
  const { units, operations, found, problems, ...shown } = await readHistory(c, services)
  const statements = units.map(({ unit }) => ({
    unit,
    years: yearsOf(operations.filter((operation: Operation) => operation.billingUnitId === unit.id)),
  }))
  return render(
    c,
    <HistoryPage
      view={viewOf(c)}
      {...shown}
      problems={problems}
      count={found.length}
      shown={pageOf(found, c.req.query('page'))}
      statements={statements}
    />,
    problems.length === 0 ? 200 : 422,
  )
}

async function sendCsv(c: Context<Env>, services: Services): Promise<Response> {
  const { found, problems, filters, choices } = await readHistory(c, services)
  if (problems.length > 0) return c.redirect(paths.history + writeFilters(filters, choices), 303)
  c.header('content-type', 'text/csv; charset=utf-8')
  c.header('content-disposition', `attachment; filename="${texts.history.csvName}"`)
  return c.body(operationsCsv(found))
}

async function sendStatement(c: Context<Env>, { db, clock }: Services): Promise<Response> {
  const actor = requireFamily(c)
  const now = clock.now()
  const year = Number((c.req.param('file') ?? '').slice(0, 4))
  const units = await unitsOf(db, actor, now)
  const unit = units.find((one) => one.unit.code === c.req.param('unit'))?.unit ?? notFound()
  if (year < FIRST_YEAR || year > Number(parisDay(now).slice(0, 4))) notFound()
  const pdf = await statementPdf(db, actor, unit, year, now)
  c.header('content-type', 'application/pdf')
  c.header('content-disposition', `inline; filename="${texts.history.statementName(unit.code, year)}"`)
  return c.body(new Uint8Array(pdf))
}
