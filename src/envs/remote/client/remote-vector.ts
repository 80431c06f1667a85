import type { ActionArray } from '../../../core/action-space.ts'
import type { TypedArray } from '../../../core/tensor.ts'
import type { agon } from '../../../wire/index.ts'
import type {
  EnvironmentSpec,
  LevelSource,
  StepBuffers,
  VectorEnv,
  VectorOptions,
} from '../../contract.ts'
import { copyFinals } from '../../finals.ts'
import { checkVectorOptions, notReset } from '../../vector-checks.ts'
import { AUTO_RESET } from '../auto-reset.ts'
import { type ObservationLaw, observationLaws, observed, stepLimit, wrong } from './answer-law.ts'
import type { RemoteLevel } from './level-answers.ts'
import { type PipePaths, WORDS_BYTES } from './pipe-paths.ts'
import type { RemoteWorld } from './remote-world.ts'
import { type SharedStep, sharedStep } from './shared-step.ts'
import { type NextLevels, type PipeBegin, type PipeSetup, StepPipes } from './step-pipes.ts'
import type { SyncConnection } from './sync-connection.ts'

let vectors = 0

/** Vectors that nobody closed are closed when nobody has them any more. */
const forgotten = new FinalizationRegistry<Handle>(closeHandle)

interface Handle {
  readonly connection: SyncConnection
  readonly vector: number
  /** Null where steps go the way of all else. */
  readonly pipes: StepPipes | null
}

/** A step of which nobody has asked yet what followed. */
interface Begun {
  readonly next: NextLevels | null
  readonly over: PipeBegin
}

function closeHandle({ connection, vector, pipes }: Handle): void {
  pipes?.close()
  connection.closeVector(vector)
}

/**
 * Slots of an environment in another process. Whatever breaks the connection is `environment/lost` for good: the slots'
 * state was on the other side.
 */
export class RemoteVectorEnv implements VectorEnv<RemoteLevel> {
  readonly slots: number
  readonly #world: RemoteWorld
  readonly #spec: EnvironmentSpec
  readonly #handle: Handle
  readonly #shared: SharedStep
  readonly #stream: VectorOptions<RemoteLevel>['stream']
  readonly #nextLevel: LevelSource<RemoteLevel> | undefined
  /** Slots for which no next level waits on the other side yet. */
  readonly #unsupplied = new Set<number>()
  #begun: Begun = { next: null, over: 'broken' }
  readonly #limits: Int32Array
  readonly #laws: readonly ObservationLaw[]

  constructor(world: RemoteWorld, options: VectorOptions<RemoteLevel>) {
    const { slots, autoReset, nextLevel, stream, finals = false, departures = false } = options
    checkVectorOptions(options)
    this.slots = slots
    this.#world = world
    this.#stream = stream
    this.#nextLevel = nextLevel
    if (autoReset === 'next-level')
      for (let slot = 0; slot < slots; slot++) this.#unsupplied.add(slot)
    const connection = world.connection()
    this.#spec = world.description.spec
    this.#shared = sharedStep(this.#spec, slots, { finals, departures })
    this.#limits = new Int32Array(slots)
    this.#laws = observationLaws(this.#spec)
    const vector = ++vectors
    const request: agon.v1.Open.$Properties = {
      environment: world.options.environment,
      slots,
      autoReset: AUTO_RESET[autoReset],
      streams: this.#streams(Array.from({ length: slots }, (_, slot) => slot)),
      finals,
      departures,
    }
    const setup: PipeSetup = {
      spec: this.#spec,
      shared: this.#shared,
      words: new Int32Array(new SharedArrayBuffer(WORDS_BYTES)),
      nextLevel: autoReset === 'next-level',
    }
    const { memory } = this.#shared
    const order = { kind: 'open', vector, request, spec: this.#spec, memory } as const
    const paths = world.withVector(connection, () =>
      connection.ask({ ...order, words: setup.words }),
    )
    this.#handle = { connection, vector, pipes: pipesAt(paths as PipePaths | null, setup) }
    forgotten.register(this, this.#handle, this)
  }

  #streams(slots: ArrayLike<number>): agon.v1.Stream.$Properties[] {
    const source = this.#stream
    if (source === undefined) return []
    return Array.from(slots, (slot) => ({ state: [...source(slot).save()] }))
  }

  #ask<T>(
    request: agon.v1.StepRequest.$Properties,
    read: (reply: agon.v1.StepReply.$Properties) => T,
  ): T {
    const { connection, vector } = this.#handle
    return this.#world.withVector(connection, () =>
      read(connection.ask({ kind: 'ask', vector, request }) as agon.v1.StepReply.$Properties),
    )
  }

  reset(
    slots: ArrayLike<number>,
    levels: readonly RemoteLevel[],
    out: Readonly<Record<string, TypedArray>>,
  ): void {
    const chosen = Array.from(slots)
    const reset = {
      slots: chosen,
      levels: levels.map(({ bytes }) => bytes),
      streams: this.#streams(chosen),
    }
    this.#ask({ reset }, (reply) => this.#started('reset', chosen, reply, out))
  }

  #started(
    call: string,
    slots: readonly number[],
    { observations, maxSteps }: agon.v1.StepReply.$Properties,
    out: Readonly<Record<string, TypedArray>>,
  ): void {
    const { agents } = this.#spec
    const given = observations ?? []
    if (given.length !== this.#laws.length)
      throw wrong(call, `${this.#laws.length} observations`, `${given.length}`)
    for (const law of this.#laws) {
      const { buffer, byteOffset, byteLength } = out[law.name]
      const bytes = new Uint8Array(buffer, byteOffset, byteLength)
      const width = agents * law.bytesPerRow
      const tensor = given.find((one) => one.name === law.name)?.tensor
      const data = observed(call, law, slots.length * agents, tensor)
      slots.forEach((slot, i) => {
        bytes.set(data.subarray(i * width, (i + 1) * width), slot * width)
      })
    }
    if (maxSteps?.length !== slots.length)
      throw wrong(call, `step limits of ${slots.length} slots`, `${maxSteps?.length ?? 0}`)
    slots.forEach((slot, i) => {
      this.#limits[slot] = stepLimit(call, slot, maxSteps[i])
    })
  }

  step(actions: ActionArray, out: StepBuffers): void {
    this.begin(actions)
    this.end(out)
  }

  /** A step that does not go over pipes is taken by `end`. What is wrong is told there, too, unless it is with a level. */
  begin(actions: ActionArray): void {
    this.#shared.actions.set(actions)
    const next = this.#unsupplied.size === 0 ? null : this.#supply()
    this.#begun = { next, over: this.#handle.pipes?.begin(next) ?? 'too long' }
  }

  end(out: StepBuffers): void {
    const shared = this.#shared
    this.#world.withVector(this.#handle.connection, () => this.#follow(this.#begun))
    const { observations, rewards, terminated, truncated, finals, departed } = shared.buffers
    for (const name in observations) out.observations[name].set(observations[name] as never)
    out.rewards.set(rewards)
    out.terminated.set(terminated)
    out.truncated.set(truncated)
    if (departed !== undefined) out.departed?.set(departed)
    if (finals !== undefined && out.finals !== undefined)
      copyFinals(finals, out.finals, shared.buffers)
    for (let i = 0; i < shared.began[0]; i++) {
      const slot = shared.began[1 + i]
      this.#limits[slot] = shared.limits[i]
      this.#unsupplied.add(slot)
    }
  }

  /** Levels are supplied one episode ahead: the other side cannot ask in the middle of a step. */
  #supply(): NextLevels {
    const source = this.#nextLevel as LevelSource<RemoteLevel>
    const nextSlots = [...this.#unsupplied]
    this.#unsupplied.clear()
    return { nextSlots, nextLevels: nextSlots.map((slot) => source(slot).bytes) }
  }

  /** Until what followed the step stands in the shared memory. */
  #follow({ next, over }: Begun): void {
    const { connection, vector, pipes } = this.#handle
    if (over === 'too long') {
      connection.act(next === null ? vector : { kind: 'act', vector, ...next })
      return
    }
    const became = over === 'begun' && pipes !== null ? pipes.end() : 'broken'
    if (became === 'taken') return
    connection.ask({ kind: 'why', vector, ...(became === 'broken' ? {} : { reply: became }) })
    throw wrong('act', 'a step', 'a message that is none')
  }

  maxSteps(slot: number): number {
    if (this.#limits[slot] > 0) return this.#limits[slot]
    throw notReset(slot)
  }

  save(slot: number): Uint8Array {
    return this.#ask({ save: { slot } }, ({ state }) => {
      if (!state?.length) throw wrong('save', `the state of slot ${slot}`, 'none')
      return new Uint8Array(state)
    })
  }

  load(slot: number, state: Uint8Array, out: Readonly<Record<string, TypedArray>>): void {
    this.#ask({ load: { slot, state } }, (reply) => this.#started('load', [slot], reply, out))
  }

  close(): void {
    forgotten.unregister(this)
    closeHandle(this.#handle)
  }
}

/** Null where there are none, or they cannot be opened from here. */
function pipesAt(paths: PipePaths | null, setup: PipeSetup): StepPipes | null {
  if (paths === null) return null
  try {
    return new StepPipes(paths, setup)
  } catch {
    return null
  }
}
