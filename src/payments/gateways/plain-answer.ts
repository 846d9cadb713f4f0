// Short plain answers to a bank, shown in its back office (gateways 1.7): 200 once the message is
// stored, 503 when the bank must come again.
import type { Heard } from '../gateway.ts'

const ANSWERS: Readonly<Record<Heard, readonly [status: number, text: string]>> = {
  applied: [200, 'OK-applied'],
  repeated: [200, 'OK-already known'],
  set_aside: [200, 'OK-set aside for a person'],
  refused_test: [200, 'OK-other mode, not booked'],
  kept: [200, 'OK-kept, tried again later'],
  doubted: [200, 'OK-asked again'],
  asked: [200, 'OK-asked'],
  ignored: [200, 'OK-nothing to do'],
  unreadable: [400, 'KO-unreadable'],
  'unknown-shop': [400, 'KO-unknown shop'],
  'bad-signature': [403, 'KO-signature'],
  unavailable: [503, 'KO-unavailable'],
}

export function plainAnswer(heard: Heard): { readonly status: number; readonly text: string } {
  const [status, text] = ANSWERS[heard]
  return { status, text }
}
