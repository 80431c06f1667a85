import {
  type ActionArray,
  type ActionSpec,
  actionWidth,
  allocateActions,
  type BoxActions,
  boundActions,
  choiceCounts,
} from '../../../core/action-space.ts'
import { type RandomStream, stream } from '../../../core/random.ts'
import { type agon, type Connection, ENVIRONMENTS } from '../../../wire/index.ts'
import type { AutoReset } from '../../contract.ts'
import { AUTO_RESET } from '../auto-reset.ts'
import { decodeDescription, type EnvironmentDescription } from '../description.ts'
import { openSteps, type StepCaller } from '../step-caller.ts'
import { encodeStream } from '../stream-state.ts'

type Reply = agon.v1.StepReply

/** The environment under examination, and the ways of asking it that several checks share. */
export class Subject {
  readonly connection: Connection
  readonly environment: string
  readonly #open: StepCaller[] = []
  #description: EnvironmentDescription | null = null

  constructor(connection: Connection, environment: string) {
    this.connection = connection
    this.environment = environment
  }

  async description(): Promise<EnvironmentDescription> {
    const { environment } = this
    this.#description ??= decodeDescription(
      await this.connection.unary(ENVIRONMENTS.methods.describe, { environment }),
      this.connection.address,
    )
    return this.#description
  }

  async levels(count: number, seed = 1): Promise<Uint8Array[]> {
    const { levels } = await this.connection.unary(ENVIRONMENTS.methods.sampleLevels, {
      environment: this.environment,
      count,
      stream: { seed, path: ['conformance'] },
    })
    return levels
  }

  async describeLevels(levels: Uint8Array[], pictures = false) {
    const { environment } = this
    const answer = await this.connection.unary(ENVIRONMENTS.methods.describeLevels, {
      environment,
      levels,
      pictures,
    })
    return answer.levels
  }

  /** A stream of its own, not yet open. */
  steps(): StepCaller {
    const caller = openSteps(this.connection)
    this.#open.push(caller)
    return caller
  }

  /** A vector environment with `levels` in its slots. */
  async play(levels: readonly Uint8Array[], options: PlayOptions = {}): Promise<Play> {
    const { spec } = await this.description()
    const { autoReset = 'none', streams, nextLevels = [], finals = false } = options
    const caller = this.steps()
    const slots = levels.map((_, slot) => slot)
    const keyed = (streams ?? slots).map((i) => encodeStream(stream('conformance', i)))
    await caller.ask({
      open: {
        environment: this.environment,
        slots: levels.length,
        autoReset: AUTO_RESET[autoReset],
        streams: keyed,
        finals,
      },
    })
    const reset = { slots, levels: [...levels], streams: keyed, nextLevels: [...nextLevels] }
    const first = await caller.ask({ reset })
    return new Play(caller, first, levels.length * spec.agents)
  }

  /** Ends what a check left open. */
  closeAll(): void {
    for (const caller of this.#open.splice(0)) caller.close()
  }
}

export interface PlayOptions {
  readonly autoReset?: AutoReset
  /** Number of the stream that each slot gets; by default its own number. */
  readonly streams?: readonly number[]
  readonly nextLevels?: readonly Uint8Array[]
  /** Whether steps are to give what is seen last of episodes that they cut. */
  readonly finals?: boolean
}

/** A vector environment at play. */
export class Play {
  readonly caller: StepCaller
  readonly first: Reply
  readonly rows: number

  constructor(caller: StepCaller, first: Reply, rows: number) {
    this.caller = caller
    this.first = first
    this.rows = rows
  }

  act(actions: ActionArray): Promise<Reply> {
    return this.caller.ask({ act: { actions: actionBytes(actions) } })
  }

  async save(slot: number): Promise<Uint8Array> {
    return (await this.caller.ask({ save: { slot } })).state
  }
}

export function actionBytes(actions: ActionArray): Uint8Array {
  return new Uint8Array(actions.slice().buffer)
}

/** Actions of some rows after those of others. */
export function joined(spec: ActionSpec, ...parts: readonly ActionArray[]): ActionArray {
  const rows = parts.reduce((sum, { length }) => sum + length / actionWidth(spec), 0)
  const out = allocateActions(spec, rows)
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

/** The first action of each row: choice 0, or the number of the space that is nearest to 0. */
export function idleActions(spec: ActionSpec, rows: number): ActionArray {
  const idle = allocateActions(spec, rows)
  boundActions(spec, idle, idle)
  return idle
}

/** Actions that every run of the suite draws the same. */
export function drawnActions(
  spec: ActionSpec,
  steps: number,
  rows: number,
  ...path: string[]
): ActionArray[] {
  const random = stream('conformance', 'actions', ...path)
  const counts = choiceCounts(spec)
  return Array.from({ length: steps }, () => {
    const drawn = allocateActions(spec, rows)
    for (let i = 0; i < drawn.length; i++)
      drawn[i] =
        spec.kind === 'box' ? drawnReal(spec, i, random) : random.integer(counts[i % counts.length])
    boundActions(spec, drawn, drawn)
    return drawn
  })
}

/** Between the bounds, or around 0 where one of them is not there. */
function drawnReal({ low, high }: BoxActions, at: number, random: RandomStream): number {
  const [from, to] = [low[at % low.length], high[at % low.length]]
  const bounded = Number.isFinite(from) && Number.isFinite(to)
  return bounded ? from + random.uniform() * (to - from) : random.normal()
}

/** What a reply says of some rows, as one comparable value. `rows` is the number of rows in the reply. */
export function rowsOf(reply: Reply, rows: number, chosen: readonly number[]) {
  const cut = (bytes: Uint8Array): string[] =>
    chosen.map((row) => {
      const width = bytes.length / rows
      return Buffer.from(bytes.subarray(row * width, (row + 1) * width)).toString('hex')
    })
  return {
    observations: Object.fromEntries(
      reply.observations.map(({ name, tensor }) => [name, cut(tensor?.data ?? new Uint8Array(0))]),
    ),
    rewards: cut(reply.rewards),
    terminated: cut(reply.terminated),
    truncated: cut(reply.truncated),
  }
}
