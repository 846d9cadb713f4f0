// Every page of payments: choosing, topping up, confirming, what became of it, receipts.
import type { Hono } from 'hono'
import type { Services } from '../platform/services.ts'
import type { Env } from '../web/request.ts'
import { confirmationDoor } from './confirmation-door.tsx'
import { paymentDoor } from './payment-door.tsx'
import { receiptDoor } from './receipt-door.tsx'
import { selectionDoor } from './selection-door.tsx'
import type { Shops } from './shops.ts'
import { topUpDoor } from './top-up-door.tsx'

/** Adds the pages of payments to the portal. */
export function paymentsDoor(app: Hono<Env>, services: Services, shops: Shops): void {
  selectionDoor(app, services)
  topUpDoor(app, services)
  confirmationDoor(app, services, shops)
  paymentDoor(app, services, shops)
  receiptDoor(app, services)
}
