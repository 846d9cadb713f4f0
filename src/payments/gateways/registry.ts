// Every gateway, one line each.
import type { GatewayName } from '../../organisations/contract.ts'
import type { Adapter, ContractOf, Gateway } from '../gateway.ts'
import { payfip } from './payfip/payfip.ts'
import { stripe } from './stripe/stripe.ts'
import { systempay } from './systempay/systempay.ts'

const ADAPTERS: { readonly [Name in GatewayName]: Adapter<Name> } = {
  payfip,
  systempay,
  stripe,
}

export const adapterOf = <Name extends GatewayName>(name: Name): Adapter<Name> => ADAPTERS[name]
export const adapters = Object.values(ADAPTERS)

/** The bank of a contract. */
export const openGateway = <Name extends GatewayName>(contract: ContractOf<Name>): Gateway =>
  adapterOf(contract.gateway).open(contract)
