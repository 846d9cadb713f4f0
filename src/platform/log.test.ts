import { expect, test } from 'vitest'
import { createLog } from './log.ts'

test('secrets and addresses never reach the log', () => {
  const lines: string[] = []
  const log = createLog('info', { write: (line: string) => void lines.push(line) })
  const secrets = { password: 's3cret', token: 's3cret', key: 's3cret', signature: 's3cret', raw: 's3cret' }
  log.warn(
    { ...secrets, email: 's3cret', recipient: 's3cret', cookie: 's3cret', inside: secrets, kept: 'seen' },
    'said',
  )
  expect(lines).toHaveLength(1)
  expect(lines[0]).toContain('"kept":"seen"')
  expect(lines[0]).not.toContain('s3cret')
})

test('a silent log says nothing', () => {
  const lines: string[] = []
  createLog('silent', { write: (line: string) => void lines.push(line) }).error('said')
  expect(lines).toEqual([])
})
