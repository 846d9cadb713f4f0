// Bundles the programs into dist/: the start script, the command line and the demonstration bank.
// Packages stay outside the bundle; native ones could not go in anyway.
import { build } from 'esbuild'
import { existsSync } from 'node:fs'

const entries: Record<string, string> = {
  start: 'src/start.ts',
  cli: 'src/cli.ts',
  bank: 'bank/main.ts',
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
