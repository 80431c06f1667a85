import { type ActionArray, actionFault, allocateActions } from '../../../core/action-space.ts'
import { AgonError } from '../../../core/errors.ts'
import { RandomStream, stream } from '../../../core/random.ts'
import { type Tensor, tensor } from '../../../core/tensor.ts'
import { type agon, encodeNamed } from '../../../wire/index.ts'
import type { AutoReset, Environment, StepBuffers, VectorEnv } from '../../contract.ts'
import { allocateStepBuffers } from '../../step-buffers.ts'
import { steppable } from '../../steppable.ts'
import { decodeStream } from '../stream-state.ts'
import { cutRows } from './cut-rows.ts'
import { plainBytes } from './plain-bytes.ts'

type Reply = agon.v1.StepReply.$Properties

/** The environment failed inside a step, and is in no known state. */
export class BrokenStep extends AgonError {}

export const slotsError = (message: string): AgonError =>
  new AgonError('environment/slots', message)

/** A vector environment with its streams, its levels to come and the memory of its replies. */
export class OpenVector {
  readonly slots: number
  readonly #environment: Environment<unknown>
  readonly #env: VectorEnv<unknown>
  readonly #autoReset: AutoReset
  readonly #seed: number
  readonly #buffers: StepBuffers
  readonly #actions: ActionArray
  readonly #actionBytes: Uint8Array
  /** The observations of every row, `[rows, …shape]`: views of the buffers. */
  readonly #observed: agon.v1.NamedTensor.$Properties[]
  /** The reply to every act: views of the buffers. */
  readonly #acted: Reply
  readonly #begun: Uint8Array
  #unbegun: number
  /** Given streams by slot; they begin again whenever the environment asks. */
  readonly #given: (RandomStream | undefined)[] = []
  /** Streams of the seed by slot; they go on. */
  readonly #own: (RandomStream | undefined)[] = []
  readonly #waiting: unknown[] = []
  readonly #began: number[] = []
  readonly #limits: number[] = []

  constructor(environment: Environment<unknown>, open: agon.v1.Open, autoReset: AutoReset) {
    const { slots, streams, seed, finals, departures } = open
    this.slots = slots
    this.#environment = environment
    this.#autoReset = autoReset
    this.#seed = seed
    this.#given = streams.map(decodeStream)
    this.#begun = new Uint8Array(slots)
    this.#unbegun = slots
    this.#buffers = allocateStepBuffers(environment.spec, slots, finals, departures)
    this.#actions = allocateActions(environment.spec.actions, this.#buffers.rewards.length)
    this.#actionBytes = new Uint8Array(this.#actions.buffer)
    this.#observed = encodeNamed(asTensors(environment, this.#buffers))
    this.#acted = {
      observations: this.#observed,
      rewards: new Uint8Array(this.#buffers.rewards.buffer),
      terminated: this.#buffers.terminated,
      truncated: this.#buffers.truncated,
      ...(departures ? { departed: this.#buffers.departed } : {}),
      began: this.#began,
      maxSteps: this.#limits,
    }
    this.#env = steppable(environment, 'a step stream opens it').vector({
      slots,
      autoReset,
      finals,
      departures,
      nextLevel: (slot) => this.#nextLevel(slot),
      stream: (slot) => this.#stream(slot),
    })
  }

  #stream(slot: number): RandomStream {
    const given = this.#given[slot]
    if (given !== undefined) return RandomStream.load(given.save())
    this.#own[slot] ??= stream(this.#seed, 'slot', slot)
    return this.#own[slot]
  }

  #nextLevel(slot: number): unknown {
    this.#began.push(slot)
    const supplied = this.#waiting[slot]
    this.#waiting[slot] = undefined
    return supplied ?? this.#environment.levels.sample(this.#stream(slot))
  }

  act({ actions, nextSlots, nextLevels }: agon.v1.Act): Reply {
    this.#checkActions(actions)
    if (this.#unbegun > 0)
      throw new AgonError('environment/not-reset', `${this.#unbegun} slots have no level yet`)
    if (nextSlots.length !== nextLevels.length)
      throw slotsError(`${nextLevels.length} next levels for ${nextSlots.length} slots`)
    this.#supply(nextSlots, this.#readNext(nextSlots, nextLevels))
    this.#began.length = 0
    this.#limits.length = 0
    try {
      this.#env.step(this.#actions, this.#buffers)
      for (const slot of this.#began) this.#limits.push(this.#env.maxSteps(slot))
    } catch (cause) {
      throw new BrokenStep('environment/broken', `a step failed: ${(cause as Error).message}`, {
        cause,
      })
    }
    this.#acted.finals = cutRows(this.#environment.spec, this.#buffers)
    return this.#acted
  }

  #checkActions(bytes: Uint8Array): void {
    const refuse = (message: string): AgonError => new AgonError('environment/actions', message)
    const expected = this.#actionBytes.length
    if (bytes.length !== expected)
      throw refuse(
        `${bytes.length} bytes of actions, ${this.#buffers.rewards.length} rows take ${expected}`,
      )
    this.#actionBytes.set(bytes)
    const { actions } = this.#environment.spec
    for (let row = 0; row < this.#buffers.rewards.length; row++) {
      const fault = actionFault(actions, this.#actions, row)
      if (fault !== null) throw refuse(`row ${row} got ${fault}`)
    }
  }

  /** Levels to come are looked at before anything changes: the environment meets them in the middle of a step. */
  #readNext(slots: readonly number[], levels: readonly Uint8Array[]): unknown[] {
    if (slots.length > 0 && this.#autoReset !== 'next-level')
      throw new AgonError('environment/request', 'next levels are for the auto-reset NEXT_LEVEL')
    const space = this.#environment.levels
    return levels.map((bytes, i) => {
      this.#checkSlot(slots[i])
      const level = space.decode(plainBytes(bytes))
      const obstacle = space.validate(level)
      if (obstacle === null) return level
      throw new AgonError('level/invalid', obstacle, { place: `next level of slot ${slots[i]}` })
    })
  }

  #supply(slots: readonly number[], levels: readonly unknown[]): void {
    for (let i = 0; i < slots.length; i++) this.#waiting[slots[i]] = levels[i]
  }

  #checkSlot(slot: number): void {
    if (slot >= this.slots)
      throw slotsError(`there is no slot ${slot}, the last is ${this.slots - 1}`)
  }

  reset({ slots, levels, streams, nextLevels }: agon.v1.Reset): Reply {
    for (const slot of slots) this.#checkSlot(slot)
    if (new Set(slots).size !== slots.length) throw slotsError('a slot is named twice')
    for (const [what, { length }] of Object.entries({ levels, streams, nextLevels }))
      if (length !== slots.length && (length !== 0 || what === 'levels'))
        throw slotsError(`${length} ${what} for ${slots.length} slots`)
    const given = streams.map(decodeStream)
    const following = this.#readNext(nextLevels.length === 0 ? [] : slots, nextLevels)
    const decoded = levels.map((bytes) => this.#environment.levels.decode(plainBytes(bytes)))
    const before = slots.map((slot) => this.#given[slot])
    given.forEach((random, i) => {
      this.#given[slots[i]] = random
    })
    try {
      this.#env.reset(slots, decoded, this.#buffers.observations)
    } catch (error) {
      before.forEach((random, i) => {
        this.#given[slots[i]] = random
      })
      throw error
    }
    if (following.length > 0) this.#supply(slots, following)
    for (const slot of slots) this.#begin(slot)
    return this.#rowsOf(slots)
  }

  #begin(slot: number): void {
    if (this.#begun[slot] === 1) return
    this.#begun[slot] = 1
    this.#unbegun--
  }

  save({ slot }: agon.v1.Save): Reply {
    this.#checkSlot(slot)
    if (this.#begun[slot] === 0)
      throw new AgonError('environment/not-reset', `slot ${slot} has no level yet`)
    return { state: this.#env.save(slot) }
  }

  load({ slot, state }: agon.v1.Load): Reply {
    this.#checkSlot(slot)
    this.#env.load(slot, state, this.#buffers.observations)
    this.#begin(slot)
    return this.#rowsOf([slot])
  }

  /** The observations of some slots, in the order given. */
  #rowsOf(slots: readonly number[]): Reply {
    const { agents } = this.#environment.spec
    const observations = this.#observed.map(({ name, tensor: whole }) => {
      const data = whole?.data ?? new Uint8Array(0)
      const shape = whole?.shape?.slice(1) ?? []
      const width = data.length / this.slots
      const taken = new Uint8Array(width * slots.length)
      slots.forEach((slot, i) => {
        taken.set(data.subarray(slot * width, (slot + 1) * width), i * width)
      })
      const rows = slots.length * agents
      return { name, tensor: { dtype: whole?.dtype, shape: [rows, ...shape], data: taken } }
    })
    return { observations, maxSteps: slots.map((slot) => this.#env.maxSteps(slot)) }
  }

  close(): void {
    this.#env.close?.()
  }
}

function asTensors(
  { spec }: Environment<unknown>,
  { observations, rewards }: StepBuffers,
): Readonly<Record<string, Tensor>> {
  return Object.fromEntries(
    Object.entries(spec.observations).map(([name, { dtype, shape }]) => [
      name,
      tensor(dtype, [rewards.length, ...shape], observations[name] as never),
    ]),
  )
}
