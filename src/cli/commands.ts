// Every command, in the order of the help. A new one is a file beside this and a line here.
import { accessCommand } from './access-command.ts'
import { adminCommand } from './admin-command.ts'
import { archiveCommand } from './archive-command.ts'
import { chargebacksCommand } from './chargebacks-command.ts'
import { contractsCommand } from './contracts-command.ts'
import { backupCommand } from './backup-command.ts'
import { type Command, type CommandContext, EXIT, isRefusal } from './command.ts'
import { importCommand } from './import-command.ts'
import { journalCommand } from './journal-command.ts'
import { organisationCommand } from './organisation-command.ts'
import { paymentsCommand } from './payments-command.ts'
import { remittancesCommand } from './remittances-command.ts'
import { resealCommand } from './reseal-command.ts'
import { restoreCommand } from './restore-command.ts'
import { tasksCommand } from './tasks-command.ts'
import { texts } from './texts.ts'
import { transfersCommand } from './transfers-command.ts'
import { verifyCommand } from './verify-command.ts'

const COMMANDS: readonly Command[] = [
  organisationCommand,
  adminCommand,
  importCommand,
  accessCommand,
  tasksCommand,
  paymentsCommand,
  verifyCommand,
  archiveCommand,
  backupCommand,
  restoreCommand,
  journalCommand,
  chargebacksCommand,
  remittancesCommand,
  contractsCommand,
  resealCommand,
  transfersCommand,
]

/** Runs what the arguments ask for; gives the exit code. Every failure is told as a sentence. */
export async function runCommand(context: CommandContext, args: readonly string[]): Promise<number> {
  const [name, ...rest] = args
  const { terminal } = context
  if (name === undefined || ['help', 'aide', '--help', '-h'].includes(name)) {
    terminal.print(texts.help(COMMANDS))
    return name === undefined ? EXIT.usage : EXIT.done
  }
  const command = COMMANDS.find((one) => one.name === name)
  if (!command) {
    terminal.complain(texts.usage.unknownCommand(name))
    terminal.print(texts.help(COMMANDS))
    return EXIT.usage
  }
  try {
    await command.run(context, rest)
    return EXIT.done
  } catch (error) {
    const refused = isRefusal(error)
    const code = refused ? error.exitCode : EXIT.problems
    terminal.complain(refused ? error.message : texts.unexpected(messageOf(error)))
    if (code === EXIT.usage) terminal.complain(texts.usage.of(command))
    return code
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
