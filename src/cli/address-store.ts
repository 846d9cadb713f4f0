// Where each bank is told to speak to us, as the command line tells it.
import type { OrganisationId } from '../kernel/ids.ts'
import { type Read, rows, sql } from '../platform/db.ts'

type OwnAddress = { readonly gateway: string; readonly id: string; readonly shopNumber: string }

/** Contracts that the bank notifies at an address of their own; Systempay's platform has one for all. */
export const listOwnAddresses = (read: Read, organisationId: OrganisationId): Promise<OwnAddress[]> =>
  rows(
    read,
    sql<OwnAddress>`select gateway, id, shop_number as "shopNumber" from bank_contract
      where organisation_id = ${organisationId} and gateway <> 'systempay' order by shop_number`,
  )
