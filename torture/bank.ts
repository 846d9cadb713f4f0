// The demonstration bank as a process of its own: it lives through whatever happens to the portal,
// and what it took is the measure.
import path from 'node:path'
import { projectFile } from '../src/platform/files.ts'
import { firstMessage, startProgram } from './processes.ts'
import type { Shop } from './records.ts'

export type Taking = {
  readonly transUuid: string
  readonly orderId: string
  /** Cents of the form. */
  readonly ordered: number
  /** Cents that the bank took and signed. */
  readonly taken: number
}

export type Ending = 'accepted' | 'refused' | 'abandoned'

export type Bank = {
  /** Brings a signed form to these ends; gives the browser's way back. */
  readonly pay: (
    form: readonly (readonly [string, string])[],
    endings: readonly Ending[],
    faults?: { readonly amount?: number },
  ) => Promise<{ readonly back: string }>
  /** Every acceptance, from the bank's own memory. */
  readonly takings: () => Promise<Taking[]>
  /** Moves the bank's clock: what the portal did not take is sent again at the quarter hours. */
  readonly advance: (seconds: number) => Promise<void>
  readonly stop: () => Promise<void>
}

/** Starts the bank, whose notifications go to the line. */
export async function startBank(at: {
  folder: string
  port: number
  shop: Shop
  portalUrl: string
  linePort: number
}): Promise<Bank> {
  const log = path.join(at.folder, 'logs', 'bank.log')
  const child = startProgram({
    file: projectFile('dist/bank.mjs'),
    cwd: at.folder,
    log,
    env: {
      HOST: '127.0.0.1',
      BANK_PORT: String(at.port),
      BANK_URL: at.shop.bankUrl,
      MAIL_PORT: '0',
      DEMO_SHOP_ID: at.shop.id,
      DEMO_SHOP_KEY: at.shop.key,
      DEMO_SHOP_PASSWORD: at.shop.password,
      SHOP_NAME: 'Organisation',
      SHOP_URL: at.portalUrl,
      NOTIFICATION_URL: `http://127.0.0.1:${at.linePort}/`,
      BANK_TEST_DOOR: '1',
      BANK_PRODUCTION: '1',
    },
  })
  await firstMessage(child, log)
  const door = async (method: 'GET' | 'POST', name: string, body?: object): Promise<unknown> => {
    const answer = await fetch(`${at.shop.bankUrl}/porte-de-test/${name}`, {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`the bank's door ${name}: ${answer.status} ${text}`)
    return JSON.parse(text)
  }
  return {
    pay: async (form, endings, faults = {}) => {
      const paid = (await door('POST', 'payer', { form, endings, faults })) as { back: { href?: string } }
      return { back: paid.back.href ?? '' }
    },
    takings: async () => (await door('GET', 'encaissements')) as Taking[],
    advance: async (seconds) => void (await door('POST', 'horloge', { advanceSeconds: seconds })),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
    },
  }
}
