// What a bank's side of the contract test brings: its contract, and its messages by situation.
import type { GatewayName } from '../../src/organisations/contract.ts'
import type { ContractMode } from '../../src/organisations/organisation.ts'
import type { BankMessage, Redirection, Transport } from '../../src/payments/gateway.ts'
import type { BankOfTest } from '../support/build.ts'

/**
 * What the bank says of the order it was just sent. tampered: an acceptance that somebody forged ·
 * other-shop: one about another shop · test-message: one of the test platform.
 */
export type Situation =
  | 'paid'
  | 'refused'
  | 'abandoned'
  | 'tampered'
  | 'other-amount'
  | 'other-shop'
  | 'unknown-order'
  | 'test-message'

/** A bank of a third party, as far as its recorded messages go. One per test. */
export type BankSide<Name extends GatewayName = GatewayName> = {
  readonly contract: BankOfTest<Name>
  /** Answers the portal's questions: of an order before `happens`, that nothing is known. */
  readonly transport: Transport
  /** Something happens to the order that the family left with; gives what the bank's server sends. */
  readonly happens: (situation: Situation, order: Redirection, now: Date) => readonly BankMessage[]
}

export type OpenBankSide = (mode: ContractMode) => BankSide
