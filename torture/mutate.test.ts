import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { projectFile } from '../src/platform/files.ts'
import { assertApplies, listMutants, makeMutant } from './mutate.ts'

test('every patch still applies to the sources, alone and in the pairs that are run', () => {
  const names = listMutants()
  expect(names.length).toBeGreaterThanOrEqual(8)
  for (const name of names) assertApplies(name)
  for (const name of ['markfirst+norecon', 'nolock+nouniq']) makeMutant(name).remove()
})

test('a mutant is a copy: its guard is gone, and the product’s own file is as it was', () => {
  const file = 'src/payments/apply-fact.ts'
  const own = readFileSync(projectFile(file), 'utf8')
  const mutant = makeMutant('nomode')
  const copied = readFileSync(path.join(mutant.folder, file), 'utf8')
  mutant.remove()
  expect([
    own.includes('fact.mode !== contract.mode'),
    copied.includes('fact.mode !== contract.mode'),
  ]).toEqual([true, false])
  expect([readFileSync(projectFile(file), 'utf8') === own, existsSync(mutant.folder)]).toEqual([true, false])
})

test('a mutant nobody knows, or a patch that no longer applies, is said and leaves nothing', () => {
  expect(() => makeMutant('nothing')).toThrow('No mutant « nothing »')
  expect(() => makeMutant('nomode+nomode')).toThrow('The patch of « nomode » no longer applies')
})
