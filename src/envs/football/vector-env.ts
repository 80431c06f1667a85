import { AgonError } from '../../core/errors.ts'
import { type RandomStream, stream } from '../../core/random.ts'
import type { TypedArray } from '../../core/tensor.ts'
import type { AutoReset, StepBuffers, VectorEnv, VectorOptions } from '../contract.ts'
import { copyRows } from '../finals.ts'
import { RUNNING, type SlotStatus, TERMINATED, TRUNCATED } from '../slot-status.ts'
import { checkResetSlots, checkSlot, checkVectorOptions, notReset } from '../vector-checks.ts'
import { BUILTIN_AI } from './actions.ts'
import type { FootballLevel } from './level.ts'
import type { GameBatch, GameStepBuffers, NativeFootball } from './native/contract.ts'
import { BEGAN, GOES_ON, type Observer, type Outputs, STANDS } from './observe/observer.ts'
import type { Representation } from './observe/representation.ts'
import { type Seating, seatedLevel } from './seats.ts'
import { decodeState, encodeState } from './slot-state.ts'
import { FIRST_EPISODE } from './suites/suites.ts'

/** What an environment's options mean to its games. */
export interface FootballRules {
  readonly native: NativeFootball
  readonly seating: Seating
  readonly representation: Representation
  /** Actions 0 … count−1. */
  readonly actions: number
  /** Whether checkpoints add to the goals. */
  readonly checkpoints: boolean
  /** The seed of every episode; null takes one of the slot's stream. */
  readonly seed: bigint | null
  readonly threads: number
  readonly device: 'cpu' | 'cuda'
  /** Why a level cannot be played, or null. */
  obstacle(level: FootballLevel): string | null
}

const EMPTY = 0
/** What bots may do: everything that the set "v2" has. */
const ALL_ACTIONS = BUILTIN_AI + 1

/** Games side by side in one native batch. A step allocates nothing but what the levels of new episodes need. */
export class FootballVectorEnv implements VectorEnv<FootballLevel> {
  readonly slots: number
  readonly #rules: FootballRules
  readonly #autoReset: AutoReset
  readonly #options: VectorOptions<FootballLevel>
  readonly #batch: GameBatch
  readonly #observer: Observer
  readonly #agents: number
  readonly #levels: (FootballLevel | undefined)[]
  /** EMPTY or a SlotStatus. */
  readonly #status: Uint8Array
  /** What the last step was to each slot, for the observer. */
  readonly #marks: Uint8Array
  readonly #seeds: BigUint64Array
  readonly #episodes: Uint32Array
  readonly #stepped: GameStepBuffers

  constructor(rules: FootballRules, options: VectorOptions<FootballLevel>) {
    const { slots, autoReset } = options
    checkVectorOptions(options)
    const { agents } = rules.seating
    this.slots = slots
    this.#rules = rules
    this.#autoReset = autoReset
    this.#options = options
    const { threads, device } = rules
    this.#batch = rules.native.batch({ games: slots, agents, threads, device })
    this.#observer = rules.representation.observer(this.#batch)
    this.#agents = agents[0] + agents[1]
    this.#levels = new Array<FootballLevel | undefined>(slots).fill(undefined)
    this.#status = new Uint8Array(slots)
    this.#marks = new Uint8Array(slots)
    this.#seeds = new BigUint64Array(slots)
    this.#episodes = new Uint32Array(slots)
    this.#stepped = {
      scoring: new Float32Array(slots * this.#agents),
      checkpoints: new Float32Array(slots * this.#agents),
      terminated: new Uint8Array(slots),
      truncated: new Uint8Array(slots),
      score: new Int32Array(2 * slots),
    }
  }

  reset(
    slots: ArrayLike<number>,
    levels: readonly FootballLevel[],
    out: Readonly<Record<string, TypedArray>>,
  ): void {
    checkResetSlots(slots, levels.length, this.slots)
    for (const level of levels) this.#checkLevel(level)
    if (slots.length === 0) return
    for (let i = 0; i < slots.length; i++) {
      this.#seeds[slots[i]] = this.#rules.seed ?? drawSeed(this.#streamOf(slots[i]))
      this.#episodes[slots[i]] = FIRST_EPISODE
      this.#place(slots[i], levels[i])
    }
    this.#fillEmpty(slots[0])
    this.#observer.begin(slots, out)
  }

  #streamOf(slot: number): RandomStream {
    return this.#options.stream?.(slot) ?? stream('football', 'slot', slot)
  }

  #checkLevel(level: FootballLevel): void {
    const obstacle = this.#rules.obstacle(level)
    if (obstacle !== null) throw new AgonError('level/invalid', obstacle)
  }

  /** Puts a checked level into a slot, whose seed and episode are set. */
  #place(slot: number, level: FootballLevel): void {
    const { seating, seed } = this.#rules
    // Games draw by seed, episode and step: with one seed for all, all episodes are one.
    const episode = seed === null ? this.#episodes[slot] : FIRST_EPISODE
    this.#batch.reset(slot, seatedLevel(level, seating), this.#seeds[slot], episode)
    this.#levels[slot] = level
    this.#status[slot] = RUNNING
  }

  /** The batch observes and steps all games at once, so none may be without a level: those nobody reset are as `slot` is. */
  #fillEmpty(slot: number): void {
    if (!this.#status.includes(EMPTY)) return
    const state = this.#batch.save(slot)
    for (let other = 0; other < this.slots; other++)
      if (this.#status[other] === EMPTY) this.#batch.load(other, state)
  }

  step(actions: Int32Array, out: StepBuffers): void {
    this.#checkActions(actions)
    const { scoring, checkpoints, terminated, truncated } = this.#stepped
    this.#batch.step(actions, this.#stepped)
    for (let row = 0; row < scoring.length; row++)
      out.rewards[row] = this.#rules.checkpoints ? scoring[row] + checkpoints[row] : scoring[row]
    if (out.finals !== undefined && this.#autoReset !== 'none') this.#showCut(out.finals)
    for (let slot = 0; slot < this.slots; slot++) {
      const ended =
        terminated[slot] === 1 ? TERMINATED : truncated[slot] === 1 ? TRUNCATED : RUNNING
      this.#account(slot, ended, out)
    }
    this.#observer.step(this.#marks, out.observations)
    if (out.finals !== undefined && this.#autoReset === 'none')
      copyRows(out.observations, out.finals, out.truncated)
  }

  /** What is seen last of games that this step cut, before others begin in their slots. */
  #showCut(out: Outputs): void {
    const { terminated, truncated } = this.#stepped
    const cut: number[] = []
    for (let slot = 0; slot < this.slots; slot++)
      if (truncated[slot] === 1 && terminated[slot] === 0) cut.push(slot)
    if (cut.length > 0) this.#observer.end(cut, out)
  }

  #checkActions(actions: Int32Array): void {
    const count = this.#options.bots === true ? ALL_ACTIONS : this.#rules.actions
    for (let slot = 0; slot < this.slots; slot++) {
      if (this.#status[slot] === EMPTY) throw notReset(slot)
      if (this.#status[slot] !== RUNNING) continue
      for (let row = slot * this.#agents; row < (slot + 1) * this.#agents; row++)
        if (!(actions[row] >= 0 && actions[row] < count))
          throw new AgonError(
            'env/action',
            `slot ${slot} got action ${actions[row]}, there are 0 to ${count - 1}`,
          )
    }
  }

  /** Flags, rewards of what had ended before, and the next episode of a slot. */
  #account(slot: number, ended: SlotStatus, out: StepBuffers): void {
    const stood = this.#status[slot] !== RUNNING
    const now = stood ? this.#status[slot] : ended
    for (let row = slot * this.#agents; row < (slot + 1) * this.#agents; row++) {
      out.terminated[row] = now === TERMINATED ? 1 : 0
      out.truncated[row] = now === TRUNCATED ? 1 : 0
      if (stood) out.rewards[row] = 0
    }
    this.#marks[slot] = stood ? STANDS : GOES_ON
    if (stood || ended === RUNNING) return
    if (this.#autoReset === 'none') this.#status[slot] = ended
    else this.#startNext(slot)
  }

  #startNext(slot: number): void {
    let level = this.#levels[slot]!
    if (this.#autoReset === 'next-level') {
      level = this.#options.nextLevel!(slot)
      this.#checkLevel(level)
    }
    this.#episodes[slot]++
    this.#place(slot, level)
    this.#marks[slot] = BEGAN
  }

  /** One step more than the duration: the reference's first observation has `steps_left` = duration + 1. */
  maxSteps(slot: number): number {
    return this.#levelOf(slot).gameDuration + 1
  }

  #levelOf(slot: number): FootballLevel {
    const level = this.#levels[slot]
    if (level === undefined) throw notReset(slot)
    return level
  }

  save(slot: number): Uint8Array {
    const level = this.#levelOf(slot)
    const memory = new Uint8Array(this.#observer.memoryBytes)
    this.#observer.save(slot, memory)
    return encodeState({
      status: this.#status[slot] as SlotStatus,
      level,
      seed: this.#seeds[slot],
      episode: this.#episodes[slot],
      game: this.#batch.save(slot),
      memory,
    })
  }

  load(slot: number, bytes: Uint8Array, out: Outputs): void {
    checkSlot(slot, this.slots)
    const state = decodeState(bytes)
    this.#checkLevel(state.level)
    if (state.memory.length !== this.#observer.memoryBytes)
      throw new AgonError(
        'state/corrupt',
        'the slot was saved with another representation, or other agents',
      )
    this.#batch.load(slot, state.game)
    this.#levels[slot] = state.level
    this.#status[slot] = state.status
    this.#seeds[slot] = state.seed
    this.#episodes[slot] = state.episode
    this.#observer.load(slot, state.memory)
    this.#fillEmpty(slot)
    this.#observer.show(slot, out)
  }

  close(): void {
    this.#batch.close()
  }
}

const drawSeed = (random: RandomStream): bigint =>
  (BigInt(random.uint32()) << 32n) | BigInt(random.uint32())
