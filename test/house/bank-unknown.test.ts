// The portal knows banks by their protocols: only what starts, sets up and fills the demonstration names its bank.
import { expect, test } from 'vitest'
import { program } from './sources.ts'

const NAMES =
  /demonstration bank|banque de démonstration|salle des machines|porte-de-test|\bDEMO_SHOP|\bBANK_URL|\bbankUrl\b|\bbankPort\b|\bbankElsewhere\b|4970\d{12}/i
const KNOWS = /^src\/(?:start\.ts|start-texts\.ts|platform\/config\.ts|demo\/)/

test('outside the start, the settings and the demonstration’s records, no code names the demonstration bank', () => {
  const named = program.filter(({ text }) => NAMES.test(text)).map(({ file }) => file)
  expect(named.filter((file) => !KNOWS.test(file))).toEqual([])
  // Those that may, do: the names above are still the right ones.
  expect(named).toEqual(
    expect.arrayContaining(['src/demo/load-demo.ts', 'src/platform/config.ts', 'src/start.ts']),
  )
})
