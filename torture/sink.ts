// Where the portal's mails end: a mail server that only counts, and outlives the portal.
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export type Sink = {
  readonly port: number
  /** How many times each Message-ID came. */
  readonly times: ReadonlyMap<string, number>
  /** The Message-IDs under which each receipt came, by its number. */
  readonly receipts: ReadonlyMap<string, ReadonlySet<string>>
  readonly stop: () => Promise<void>
}

/** Enough of a mail to hold its headers and those of its parts. */
const READ_BYTES = 400_000

/** Starts the mail server on a free port. */
export async function startSink(): Promise<Sink> {
  const times = new Map<string, number>()
  const receipts = new Map<string, Set<string>>()
  const take = (mail: string) => {
    const messageId = /^message-id:\s*(<[^>]+>)/im.exec(mail)?.[1] ?? ''
    times.set(messageId, (times.get(messageId) ?? 0) + 1)
    const receipt = /filename="?recu-([\w-]+)\.pdf/i.exec(mail)?.[1]
    if (receipt === undefined) return
    const known = receipts.get(receipt) ?? new Set()
    receipts.set(receipt, known.add(messageId))
  }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = []
      let size = 0
      stream.on('data', (chunk: Buffer) => {
        if (size < READ_BYTES) chunks.push(chunk)
        size += chunk.length
      })
      stream.on('end', () => {
        take(Buffer.concat(chunks).toString('latin1'))
        done()
      })
    },
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    port: (server.server.address() as AddressInfo).port,
    times,
    receipts,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
