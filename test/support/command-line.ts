// The command line as a person has it: words in, words and an exit code out.
import { runCommand } from '../../src/cli/commands.ts'
import type { Services } from '../../src/platform/services.ts'

export type Said = { readonly code: number; readonly said: string; readonly complained: string }

/** Runs commands on these services. */
export function commandLine(services: Services): (...args: readonly string[]) => Promise<Said> {
  return async (...args) => {
    const said: string[] = []
    const complained: string[] = []
    const terminal = {
      print: (text: string) => said.push(text),
      complain: (text: string) => complained.push(text),
    }
    const { config, clock } = services
    const open = () => Promise.resolve(services)
    const code = await runCommand({ terminal, config, clock, open }, args)
    return { code, said: said.join('\n'), complained: complained.join('\n') }
  }
}
