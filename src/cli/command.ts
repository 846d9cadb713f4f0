// What a command is, and what it may use. A command reads its arguments before it opens anything.
import { parseArgs } from 'node:util'
import type { Organisation } from '../organisations/organisation.ts'
import { listOrganisations } from '../organisations/store.ts'
import type { Clock } from '../platform/clock.ts'
import type { Config } from '../platform/config.ts'
import type { Services } from '../platform/services.ts'
import { texts } from './texts.ts'

type Terminal = {
  /** Standard output: what the command was asked for. */
  readonly print: (text: string) => void
  /** Standard error: what keeps it from answering. */
  readonly complain: (text: string) => void
}

export type CommandContext = {
  readonly terminal: Terminal
  readonly config: Config
  readonly clock: Clock
  /** Opens the database, its schema upgraded, and the rest, once; whoever runs the command closes them. */
  readonly open: () => Promise<Services>
}

export type Command = {
  readonly name: string
  /** What follows the name, and what it does, for the help. */
  readonly usage: string
  readonly summary: string
  readonly run: (context: CommandContext, args: readonly string[]) => Promise<void>
}

/** 0 done · 1 something in the records or the settings stands in the way · 2 the command was misspelt. */
export const EXIT = { done: 0, problems: 1, usage: 2 } as const

/** A sentence for the person at the keyboard: no defect, so no stack. */
export type Refusal = Error & { readonly exitCode: number }

/** What a command throws when it will not go on; the sentence is all that is shown. */
export const refusal = (sentence: string, exitCode: number = EXIT.problems): Refusal =>
  Object.assign(new Error(sentence), { exitCode })

export const isRefusal = (error: unknown): error is Refusal => error instanceof Error && 'exitCode' in error

type Options = { readonly [name: string]: { readonly type: 'string' | 'boolean' } }
type Values<O extends Options> = {
  readonly [Name in keyof O]?: O[Name]['type'] extends 'string' ? string : boolean
}

/** Reads options and the other words; refuses what the command does not know. */
export function readArgs<const O extends Options>(
  args: readonly string[],
  options: O,
  words: { readonly names: readonly string[]; readonly optional?: readonly string[] },
): { values: Values<O>; words: string[] } {
  const parsed = tryParse(args, options)
  const missing = words.names.slice(parsed.positionals.length)
  if (missing.length > 0) throw refusal(texts.usage.missing(missing.join(' ')), EXIT.usage)
  const most = words.names.length + (words.optional?.length ?? 0)
  if (parsed.positionals.length > most)
    throw refusal(texts.usage.tooMany(parsed.positionals[most] ?? ''), EXIT.usage)
  return { values: parsed.values as Values<O>, words: parsed.positionals }
}

function tryParse(args: readonly string[], options: Options) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    const code = 'code' in error ? error.code : undefined
    const option = /'(?:-., )?(--?[^' =]+)/.exec(error.message)?.[1] ?? ''
    throw refusal(
      code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' ? texts.usage.unknown(option) : texts.usage.value(option),
      EXIT.usage,
    )
  }
}

/** The organisation of this slug; without one, the only organisation there is. */
export async function chooseOrganisation(
  services: Services,
  slug: string | undefined,
): Promise<Organisation> {
  const all = await listOrganisations(services.db)
  const names = all.map((one) => one.slug).join(', ')
  if (all.length === 0) throw refusal(texts.organisation.none)
  const chosen =
    slug === undefined ? (all.length === 1 ? all[0] : undefined) : all.find((one) => one.slug === slug)
  if (chosen) return chosen
  if (slug === undefined) throw refusal(texts.organisation.several(names), EXIT.usage)
  throw refusal(texts.organisation.unknown(slug, names))
}
