import { type AnyMachineSnapshot, initialTransition, transition } from 'xstate'
import { experimentMachine } from '../experiment.machine.ts'
import type { Cut, ExperimentEffects, ExperimentPlan } from '../experiment-contract.ts'
import { cutOf } from '../experiment-cycle.ts'
import type { ExperimentNews } from '../experiment-events.ts'
import type { Order } from '../experiment-orders.ts'
import type { ExperimentContext } from '../experiment-setup.ts'
import type { Experiment } from '../experiment-state.ts'

/** A run without a single actor, thread or file: events in, records and orders out. */

/** Nothing of this may be touched by a transition. */
const untouchable = new Proxy({} as ExperimentEffects, {
  get: (_, name) => {
    throw new Error(`a transition reached for the effect '${String(name)}'`)
  },
})

function frozen<T>(value: T): T {
  if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value)) return value
  if (Object.isFrozen(value)) return value
  const no = (): never => {
    throw new Error('a record was changed')
  }
  if (value instanceof Map || value instanceof Set) {
    for (const each of value.values()) frozen(each)
    Object.assign(value, { set: no, add: no, delete: no, clear: no })
  }
  for (const each of Object.values(value)) frozen(each)
  return Object.freeze(value)
}

/** An event of the machine: news of the world, the end of an effect, or a time that is over. */
export type Happening = { readonly type: string }

/** What the world answers to an order, as toy actors would. */
export type World = (order: Order, run: Experiment) => readonly ExperimentNews[]

export interface Played {
  readonly events: readonly Happening[]
  readonly runs: readonly Experiment[]
  readonly orders: readonly Order[]
  readonly last: AnyMachineSnapshot
}

type Moved = readonly [AnyMachineSnapshot, readonly { readonly type: string; params?: unknown }[]]

const begun = (plan: ExperimentPlan): Moved =>
  initialTransition(experimentMachine, { plan, effects: untouchable, cut: null, epoch: 1 })

const moved = (from: AnyMachineSnapshot, event: Happening): Moved =>
  transition(experimentMachine, from as never, event as never)

const runOf = (snapshot: AnyMachineSnapshot): Experiment => frozen(snapshot.context.run)

/** Plays on until nothing more happens. @param more what happens after an event beside what the world answers */
export function play(
  plan: ExperimentPlan,
  world: World,
  more: (event: Happening, run: Experiment) => readonly Happening[] = () => [],
): Played {
  let at = 0
  let cut: Cut | null = null
  const events: Happening[] = []
  const runs: Experiment[] = []
  const orders: Order[] = []
  const queue: Happening[] = [{ type: 'begin', at: ++at } as Happening]
  let [snapshot] = begun(plan)
  for (let event = queue.shift(); event !== undefined; event = queue.shift()) {
    runOf(snapshot)
    const [next, actions] = moved(snapshot, frozen(event))
    events.push(event)
    snapshot = next
    const run = runOf(next)
    runs.push(run)
    for (const { type, params } of actions) {
      if (type === 'perform') {
        const order = params as Order
        orders.push(order)
        queue.push(...world(order, run).map((news) => ({ ...news, at: ++at })))
      }
      if (type !== 'xstate.spawnChild') continue
      const { id, input, src } = params as {
        readonly id: string
        readonly input: ExperimentContext
        readonly src: string
      }
      if (src === 'writeCut') cut = cutOf(input.run)
      const output = { cut, path: 'cut', at: ++at }
      queue.push({ type: `xstate.done.actor.${id}`, output } as Happening)
    }
    queue.push(...more(event, run).map((each) => ({ ...each, at: ++at })))
  }
  return { events, runs, orders, last: snapshot }
}

/** The same events once more. */
export function replay(plan: ExperimentPlan, events: readonly Happening[]): Played {
  const runs: Experiment[] = []
  const orders: Order[] = []
  let [last] = begun(plan)
  for (const event of events) {
    const [next, actions] = moved(last, event)
    last = next
    runs.push(runOf(next))
    for (const { type, params } of actions) if (type === 'perform') orders.push(params as Order)
  }
  return { events, runs, orders, last }
}
