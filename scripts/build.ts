// Bundles the programs into dist/: the start script, the command line and the demonstration bank.
// Packages stay outside the bundle; native ones could not go in anyway. With --bench, the measures too; with --torture, the torture.
import { build } from 'esbuild'
import { existsSync } from 'node:fs'

const programs = { start: 'src/start.ts', cli: 'src/cli.ts', bank: 'bank/main.ts' }
const benches = {
  bench: 'bench/main.ts',
  'bench-pages': 'bench/pages.ts',
  'bench-serve': 'bench/serve.ts',
  'bench-weight': 'bench/weight.ts',
  'bench-start': 'bench/start.ts',
  'bench-pdf': 'bench/pdf.ts',
  'bench-verify': 'bench/verify.ts',
  'bench-batch': 'bench/batch.ts',
  'bench-signatures': 'bench/signatures.ts',
  'bench-captures': 'bench/captures.ts',
  'bench-flood': 'bench/flood.ts',
  'bench-flood-generator': 'bench/flood-generator.ts',
  'bench-large': 'bench/large.ts',
  'seed-large': 'bench/seed-large.ts',
}
const tortures = {
  torture: 'torture/main.ts',
  'torture-portal': 'torture/portal.ts',
  'torture-gate': 'torture/gate.ts',
  'torture-night': 'torture/night.ts',
}
const entries: Record<string, string> = {
  ...programs,
  ...(process.argv.includes('--bench') ? benches : {}),
  ...(process.argv.includes('--torture') ? tortures : {}),
}

await build({
  entryPoints: Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file))),
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  packages: 'external',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  sourcemap: true,
  logLevel: 'error',
})
