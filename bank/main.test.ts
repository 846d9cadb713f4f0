import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'

// The bundle needs the packages beside it, hence a place inside the project.
let folder: string
let program: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(import.meta.dirname, '../node_modules/.bank-test-'))
  program = path.join(folder, 'bank.mjs')
  await build({
    entryPoints: [path.join(import.meta.dirname, 'main.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  })
})
afterAll(() => rm(folder, { recursive: true }))

const enough = {
  BANK_PORT: '0',
  MAIL_PORT: '0',
  DEMO_SHOP_ID: '12345678',
  DEMO_SHOP_KEY: 'clé',
  SHOP_URL: 'http://localhost:3000/',
  NOTIFICATION_URL: 'http://localhost:3000/notification',
}

function run(env: Record<string, string>): { child: ChildProcess; errors: () => string } {
  const child = fork(program, { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  return { child, errors: () => said }
}

test('tells its parent it is ready, and leaves with it', async () => {
  const { child } = run(enough)
  expect((await once(child, 'message'))[0]).toEqual({ ready: true })
  child.disconnect()
  expect(await once(child, 'exit')).toEqual([0, null])
})

test('stops cleanly when asked', async () => {
  const { child } = run(enough)
  await once(child, 'message')
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
})

test('a port already taken is one sentence naming its setting', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const address = other.address()
  const port = String(typeof address === 'object' && address ? address.port : 0)
  for (const name of ['BANK_PORT', 'MAIL_PORT']) {
    const { child, errors } = run({ ...enough, [name]: port })
    expect(await once(child, 'close')).toEqual([1, null])
    expect(errors()).toBe(
      `Le port ${port} est déjà pris\u00a0: changez ${name}, ou arrêtez le programme qui l’occupe.\n`,
    )
  }
  other.close()
})

test('wrong settings are all told, and nothing starts', async () => {
  const { child, errors } = run({ ...enough, DEMO_SHOP_ID: 'x', SHOP_URL: 'y' })
  expect(await once(child, 'close')).toEqual([1, null])
  expect(errors()).toContain('- DEMO_SHOP_ID')
  expect(errors()).toContain('- SHOP_URL')
})
