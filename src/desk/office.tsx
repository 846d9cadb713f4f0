// The desk's doors, all of them.
import type { Hono } from 'hono'
import type { Services } from '../platform/services.ts'
import type { Env } from '../web/request.ts'
import { entryDoor } from './entry-office.tsx'
import { deskExportsDoor } from './export-office.ts'
import { paymentDoor } from './payment-office.tsx'
import { slipDoor } from './slip-office.tsx'
import { tillDoor } from './till-office.tsx'

/** Money in at the desk: taken, undone, deposited, counted. */
export function deskDoor(app: Hono<Env>, services: Services): void {
  entryDoor(app, services)
  paymentDoor(app, services)
  slipDoor(app, services)
  tillDoor(app, services)
  deskExportsDoor(app, services)
}
