// The faults that the operator's page offers: those of the test door, by name.
import type { PayfipFaults } from './payfip/counter.ts'
import type { Faults } from './store.ts'
import type { EventFaults } from './stripe/store.ts'

/** What is announced instead of the amount asked, in cents. */
export const OTHER_AMOUNT = 100

/** Each gateway's faults; a message that its wire does not sign cannot be forged, and so on. */
export const machineFaults = {
  systempay: {
    none: {},
    lost: { loss: true },
    late: { delayMs: 60_000 },
    repeated: { repeat: 2 },
    forged: { badSignature: true },
    amount: { amount: OTHER_AMOUNT },
    mode: { fields: { vads_ctx_mode: 'PRODUCTION' } },
    stranger: { fields: { vads_order_id: 'INCONNUE' } },
    bare: { bareReturn: true },
    manual: { held: 'manual' },
    deferred: { held: 'deferred' },
  },
  payfip: {
    none: {},
    lost: { loss: true },
    later: { lateMinutes: 10 },
    repeated: { repeat: 2 },
    amount: { amount: OTHER_AMOUNT },
    broken: { detail: '999' },
  },
  stripe: {
    none: {},
    lost: { loss: true },
    repeated: { repeat: 2 },
    reversed: { reversed: true },
    forged: { badSignature: true },
    skewed: { skewSeconds: -3600 },
    amount: { amount: OTHER_AMOUNT },
    mode: { livemode: true },
  },
} as const satisfies {
  readonly systempay: Readonly<Record<string, Faults>>
  readonly payfip: Readonly<Record<string, PayfipFaults>>
  readonly stripe: Readonly<Record<string, EventFaults>>
}

export type MachineGateway = keyof typeof machineFaults
export type FaultName = { [Gateway in MachineGateway]: keyof (typeof machineFaults)[Gateway] }[MachineGateway]

/** The names of a gateway's faults, in the order of the page. */
export function faultNames(gateway: MachineGateway): readonly FaultName[] {
  return Object.keys(machineFaults[gateway]) as FaultName[]
}

/** The other mode than the contract's: a test message in production, or the contrary. */
export function systempayFault(name: keyof (typeof machineFaults)['systempay'], mode: string): Faults {
  if (name !== 'mode') return machineFaults.systempay[name]
  return { fields: { vads_ctx_mode: mode === 'TEST' ? 'PRODUCTION' : 'TEST' } }
}
