// The command line: npm run preau -- <command>. Settings come from the environment, as for the portal.
import { type Opened, openServices } from './boot.ts'
import { EXIT } from './cli/command.ts'
import { runCommand } from './cli/commands.ts'
import { systemClock } from './platform/clock.ts'
import { parseConfig } from './platform/config.ts'
import { createLog } from './platform/log.ts'

const terminal = {
  print: (text: string) => process.stdout.write(`${text}\n`),
  complain: (text: string) => process.stderr.write(`${text}\n`),
}

async function main(): Promise<number> {
  const parsed = parseConfig(process.env)
  if (!parsed.ok) {
    for (const { sentence } of parsed.problems) terminal.complain(sentence)
    return EXIT.problems
  }
  let opened: Opened | undefined
  const open = async () => {
    opened ??= await openServices(parsed.config, createLog('silent'))
    return opened.services
  }
  try {
    const context = { terminal, config: parsed.config, clock: systemClock, open }
    return await runCommand(context, process.argv.slice(2))
  } finally {
    await opened?.close()
  }
}

process.exitCode = await main()
