// Scripts that once found a difference, shortened; played first in every run of the model.
import type { Book } from './facts.ts'
import type { Act, Script, Step } from './steps.ts'

const step = (act: Act, changes: Partial<Step> = {}): Step => ({
  act,
  book: 'ALSH/0' satisfies Book,
  pick: 0,
  how: 0,
  cents: 1_000,
  minutes: 1,
  ...changes,
})

export const REGRESSIONS: { readonly [what: string]: Script } = {
  'credit freed once and spent again is freed again before older settlements': {
    eve: '2026-04-12T16:44:00Z',
    steps: [
      step('issue', { how: 1 }),
      step('cheque'),
      step('allocate'),
      step('bounce'),
      step('issue', { how: 2, cents: 500 }),
      step('cheque', { cents: 500 }),
      step('cheque'),
      step('bounce', { pick: 1 }),
    ],
  },
  'money in suspense, disputed whole then cancelled in part, is lost whole all the same': {
    eve: '2026-03-28T20:30:00Z',
    steps: [
      step('consume', { cents: 100 }),
      step('pay', { book: 'COMPTE/0', how: 22, cents: 100, minutes: 0 }),
      step('deliver', { cents: 1, minutes: 0 }),
      step('dispute', { how: 1, cents: 100, minutes: 0 }),
      step('bringDown', { cents: 100, minutes: 0 }),
      step('readJournal', { cents: 1, minutes: 31 }),
      step('endDispute', { how: 3, cents: 100, minutes: 0 }),
    ],
  },
}
