import { AgonError } from '../../core/errors.ts'
import { type RandomStream, stream } from '../../core/random.ts'
import type { TypedArray } from '../../core/tensor.ts'
import type { AutoReset, StepBuffers, VectorEnv, VectorOptions } from '../contract.ts'
import { copyRows } from '../finals.ts'
import { type LaneStatus, RUNNING, TERMINATED, TRUNCATED } from '../lane-status.ts'
import { checkLane, checkResetLanes, checkVectorOptions, notReset } from '../vector-checks.ts'
import { BUILTIN_AI } from './actions.ts'
import { firstGameSeed } from './game-seed.ts'
import { decodeState, encodeState } from './lane-state.ts'
import type { FootballLevel } from './level.ts'
import type { GameBatch, GameStepBuffers, NativeFootball } from './native/contract.ts'
import { BEGAN, GOES_ON, type Observer, type Outputs, STANDS } from './observe/observer.ts'
import type { Representation } from './observe/representation.ts'
import { type Seating, seatedLevel } from './seats.ts'
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
  /** The seed of every episode; null takes one of the lane's stream. */
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
  /** What the last step was to each lane, for the observer. */
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
    lanes: ArrayLike<number>,
    levels: readonly FootballLevel[],
    out: Readonly<Record<string, TypedArray>>,
  ): void {
    checkResetLanes(lanes, levels.length, this.slots)
    for (const level of levels) this.#checkLevel(level)
    if (lanes.length === 0) return
    for (let i = 0; i < lanes.length; i++) {
      this.#seeds[lanes[i]] = this.#rules.seed ?? firstGameSeed(this.#streamOf(lanes[i])).seed
      this.#episodes[lanes[i]] = FIRST_EPISODE
      this.#place(lanes[i], levels[i])
    }
    this.#fillEmpty(lanes[0])
    this.#observer.begin(lanes, out)
  }

  #streamOf(lane: number): RandomStream {
    return this.#options.stream?.(lane) ?? stream('football', 'slot', lane)
  }

  #checkLevel(level: FootballLevel): void {
    const obstacle = this.#rules.obstacle(level)
    if (obstacle !== null) throw new AgonError('level/invalid', obstacle)
  }

  /** Puts a checked level into a lane, whose seed and episode are set. */
  #place(lane: number, level: FootballLevel): void {
    const { seating, seed } = this.#rules
    // Games draw by seed, episode and step: with one seed for all, all episodes are one.
    const episode = seed === null ? this.#episodes[lane] : FIRST_EPISODE
    this.#batch.reset(lane, seatedLevel(level, seating), this.#seeds[lane], episode)
    this.#levels[lane] = level
    this.#status[lane] = RUNNING
  }

  /** The batch observes and steps all games at once, so none may be without a level: those nobody reset are as `lane` is. */
  #fillEmpty(lane: number): void {
    if (!this.#status.includes(EMPTY)) return
    const state = this.#batch.save(lane)
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
    for (let lane = 0; lane < this.slots; lane++) {
      const ended =
        terminated[lane] === 1 ? TERMINATED : truncated[lane] === 1 ? TRUNCATED : RUNNING
      this.#account(lane, ended, out)
    }
    this.#observer.step(this.#marks, out.observations)
    if (out.finals !== undefined && this.#autoReset === 'none')
      copyRows(out.observations, out.finals, out.truncated)
  }

  /** What is seen last of games that this step cut, before others begin in their lanes. */
  #showCut(out: Outputs): void {
    const { terminated, truncated } = this.#stepped
    const cut: number[] = []
    for (let lane = 0; lane < this.slots; lane++)
      if (truncated[lane] === 1 && terminated[lane] === 0) cut.push(lane)
    if (cut.length > 0) this.#observer.end(cut, out)
  }

  #checkActions(actions: Int32Array): void {
    const count = this.#options.bots === true ? ALL_ACTIONS : this.#rules.actions
    for (let lane = 0; lane < this.slots; lane++) {
      if (this.#status[lane] === EMPTY) throw notReset(lane)
      if (this.#status[lane] !== RUNNING) continue
      for (let row = lane * this.#agents; row < (lane + 1) * this.#agents; row++)
        if (!(actions[row] >= 0 && actions[row] < count))
          throw new AgonError(
            'env/action',
            `lane ${lane} got action ${actions[row]}, there are 0 to ${count - 1}`,
          )
    }
  }

  /** Flags, rewards of what had ended before, and the next episode of a lane. */
  #account(lane: number, ended: LaneStatus, out: StepBuffers): void {
    const stood = this.#status[lane] !== RUNNING
    const now = stood ? this.#status[lane] : ended
    for (let row = lane * this.#agents; row < (lane + 1) * this.#agents; row++) {
      out.terminated[row] = now === TERMINATED ? 1 : 0
      out.truncated[row] = now === TRUNCATED ? 1 : 0
      if (stood) out.rewards[row] = 0
    }
    this.#marks[lane] = stood ? STANDS : GOES_ON
    if (stood || ended === RUNNING) return
    if (this.#autoReset === 'none') this.#status[lane] = ended
    else this.#startNext(lane)
  }

  #startNext(lane: number): void {
    let level = this.#levels[lane]!
    if (this.#autoReset === 'next-level') {
      level = this.#options.nextLevel!(lane)
      this.#checkLevel(level)
    }
    this.#episodes[lane]++
    this.#place(lane, level)
    this.#marks[lane] = BEGAN
  }

  /** One step more than the duration: the reference's first observation has `steps_left` = duration + 1. */
  maxSteps(lane: number): number {
    return this.#levelOf(lane).gameDuration + 1
  }

  #levelOf(lane: number): FootballLevel {
    const level = this.#levels[lane]
    if (level === undefined) throw notReset(lane)
    return level
  }

  save(lane: number): Uint8Array {
    const level = this.#levelOf(lane)
    const memory = new Uint8Array(this.#observer.memoryBytes)
    this.#observer.save(lane, memory)
    return encodeState({
      status: this.#status[lane] as LaneStatus,
      level,
      seed: this.#seeds[lane],
      episode: this.#episodes[lane],
      game: this.#batch.save(lane),
      memory,
    })
  }

  load(lane: number, bytes: Uint8Array, out: Outputs): void {
    checkLane(lane, this.slots)
    const state = decodeState(bytes)
    this.#checkLevel(state.level)
    if (state.memory.length !== this.#observer.memoryBytes)
      throw new AgonError(
        'state/corrupt',
        'the lane was saved with another representation, or other agents',
      )
    this.#batch.load(lane, state.game)
    this.#levels[lane] = state.level
    this.#status[lane] = state.status
    this.#seeds[lane] = state.seed
    this.#episodes[lane] = state.episode
    this.#observer.load(lane, state.memory)
    this.#fillEmpty(lane)
    this.#observer.show(lane, out)
  }

  close(): void {
    this.#batch.close()
  }
}
