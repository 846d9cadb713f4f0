// Runs on a mutant: its copy is built and put through the same torture, or through a guard's own test.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { type Mutant, makeMutant, MutantFailure } from './mutate.ts'
import type { RunOptions, Verdict } from './run.ts'

/** The verdict on a mutant; the payments are those of any run of this seed. */
export async function tortureMutant(
  name: string,
  options: RunOptions,
  say: (text: string) => void,
): Promise<Verdict & { readonly mutant: string }> {
  const mutant = makeMutant(name)
  try {
    await buildMutant(mutant)
    return { mutant: name, ...(await runMutant(mutant, options, say)) }
  } finally {
    mutant.remove()
  }
}

/** Builds the copy, so that several seeds may run on it. */
export async function buildMutant({ folder }: Mutant): Promise<void> {
  const { status, output } = await runIn(folder, ['scripts/build.ts', '--torture'])
  if (status !== 0) throw new MutantFailure(`A mutant cannot be built: ${output}`)
}

/** One run of a mutant that was built. */
export async function runMutant(
  { folder }: Mutant,
  { seed, payments }: RunOptions,
  say: (text: string) => void,
): Promise<Verdict> {
  const { status, output } = await runIn(
    folder,
    ['dist/torture.mjs', '--payments', String(payments), '--seed', String(seed)],
    say,
  )
  const last = output.trim().split('\n').at(-1) ?? ''
  if (!last.startsWith('{')) throw new Error(`a run ended with ${status} and no verdict: ${last}`)
  const { folder: left, ...verdict } = JSON.parse(last) as Verdict
  // A mutant is expected to fail: what it leaves helps nobody.
  if (left !== undefined) rmSync(left, { recursive: true, force: true })
  return verdict
}

const GUARDS = 'src/payments/guards.test.ts'
/** The tests of each guard that others cover for, by how their names begin. */
const TESTED: Readonly<Record<string, string>> = { markfirst: 'mark', nolock: 'lock', nouniq: 'uniq' }

/** Whether the guard's own test fails without it. */
export async function noticesMutant(name: string): Promise<boolean> {
  const begins = TESTED[name]
  if (begins === undefined)
    throw new MutantFailure(`No targeted test for « ${name} »: there are ${Object.keys(TESTED).join(', ')}.`)
  const mutant = makeMutant(name)
  try {
    const runner = path.join(mutant.folder, 'node_modules/vitest/vitest.mjs')
    const written = path.join(mutant.folder, 'report.json')
    const args = ['run', GUARDS, '-t', `^${begins}:`, '--reporter=json', `--outputFile=${written}`]
    const { output } = await runIn(mutant.folder, [runner, ...args])
    if (!existsSync(written)) throw new Error(`the targeted test did not run: ${output}`)
    const report = JSON.parse(readFileSync(written, 'utf8')) as {
      readonly numFailedTests: number
      readonly numTotalTests: number
    }
    return report.numTotalTests > 0 && report.numFailedTests > 0
  } finally {
    mutant.remove()
  }
}

async function runIn(
  folder: string,
  args: readonly string[],
  say?: (text: string) => void,
): Promise<{ status: number; output: string }> {
  const child = spawn(process.execPath, ['--enable-source-maps', ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // It ends its own children when it is told to end.
  const end = () => void child.kill('SIGTERM')
  process.once('exit', end)
  let output = ''
  let complaint = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString()
    say?.(chunk.toString().trimEnd())
  })
  const [status] = (await once(child, 'close')) as [number]
  process.off('exit', end)
  return { status, output: output === '' ? complaint : output }
}
