import { readSettings } from './settings.ts'
import { startBank } from './start-bank.ts'
import { startTexts } from './texts.ts'

const read = readSettings(process.env)
if ('problems' in read) {
  console.error([startTexts.invalid, ...read.problems.map((problem) => `- ${problem}`)].join('\n'))
  process.exit(1)
}

// Nothing must outlive the program that started the bank, however it ended.
process.on('disconnect', () => process.exit(0))

try {
  const bank = await startBank(read.settings)
  const stop = () => void bank.stop().then(() => process.exit(0))
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  if (process.send) process.send({ ready: true })
  else console.log(startTexts.listening(bank.url))
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exit(1)
}
