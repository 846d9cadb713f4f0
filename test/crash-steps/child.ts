// A portal that runs one verb, and dies in it when told to.
import type { ConnectionSettings } from '../../src/platform/db.ts'
import { ACTS, type Scene, type Tale } from './acts.ts'
import type { Death, VerbName } from './step.ts'
import { watchSteps } from './watch-steps.ts'
import { inWorld } from './world.ts'

export type Order = {
  readonly connection: ConnectionSettings
  readonly at: Date
  readonly verb: VerbName
  readonly scene: Scene
  readonly tale: Tale
  readonly death: Death | undefined
  readonly split: string | undefined
}
/** What a child that lived says. */
export type Survived = { readonly steps: readonly string[]; readonly told: Tale }

process.once('message', (order: Order) => void live(order))

async function live({ connection, at, verb, scene, tale, death, split }: Order): Promise<void> {
  const watch = watchSteps(death, split)
  const act = () =>
    inWorld(connection, at, (world) => watch.watched(() => ACTS[verb](world, scene, tale)), watch)
  const told = await act()
  process.send?.({ steps: watch.steps, told } satisfies Survived)
  process.disconnect()
}
