import { AgonError } from '../../core/errors.ts'
import type { TypedArray } from '../../core/tensor.ts'
import type { AutoReset, LevelSource, StepBuffers, VectorEnv, VectorOptions } from '../contract.ts'
import { RUNNING, TERMINATED, TRUNCATED } from '../lane-status.ts'
import { checkLane, checkResetLanes, checkVectorOptions, notReset } from '../vector-checks.ts'
import { decodeState, encodeState } from './lane-state.ts'
import { assertWellFormed, type WalkerLevel } from './level.ts'
import { OBSERVATION_SIZE } from './observe.ts'
import { JOINTS } from './physics/body-plan.ts'
import { Walk } from './walk.ts'

type Outputs = Readonly<Record<string, TypedArray>>

/** The one observation, float32 `[24]`. */
export const OBSERVATION = 'state'

/** Walkers side by side, each in a world of its own. A step allocates what planck's collisions do, nothing else. */
export class WalkerVectorEnv implements VectorEnv<WalkerLevel> {
  readonly slots: number
  readonly #maxSteps: number
  readonly #autoReset: AutoReset
  readonly #nextLevel: LevelSource<WalkerLevel> | undefined
  readonly #walks: (Walk | undefined)[]

  /** @param maxSteps the step limit of levels that have none of their own */
  constructor(maxSteps: number, options: VectorOptions<WalkerLevel>) {
    checkVectorOptions(options)
    this.slots = options.slots
    this.#maxSteps = maxSteps
    this.#autoReset = options.autoReset
    this.#nextLevel = options.nextLevel
    this.#walks = new Array<Walk | undefined>(options.slots).fill(undefined)
  }

  reset(lanes: ArrayLike<number>, levels: readonly WalkerLevel[], out: Outputs): void {
    checkResetLanes(lanes, levels.length, this.slots)
    for (const level of levels) assertWellFormed(level)
    for (let i = 0; i < lanes.length; i++) {
      const walk = this.#begin(lanes[i], levels[i])
      walk.observe(out[OBSERVATION] as Float32Array, lanes[i] * OBSERVATION_SIZE)
    }
  }

  #begin(lane: number, level: WalkerLevel): Walk {
    const walk = new Walk(level, this.#maxSteps)
    walk.begin()
    this.#walks[lane] = walk
    return walk
  }

  step(actions: Float32Array, out: StepBuffers): void {
    this.#checkActions(actions)
    const observations = out.observations[OBSERVATION] as Float32Array
    const finals = out.finals?.[OBSERVATION] as Float32Array | undefined
    for (let lane = 0; lane < this.slots; lane++) {
      const walk = this.#walks[lane]!
      const at = lane * OBSERVATION_SIZE
      const stood = walk.status !== RUNNING
      out.rewards[lane] = stood ? 0 : walk.step(actions, lane * JOINTS.length)
      const { status } = walk
      out.terminated[lane] = status === TERMINATED ? 1 : 0
      out.truncated[lane] = status === TRUNCATED ? 1 : 0
      if (status === TRUNCATED && finals !== undefined) walk.observe(finals, at)
      const goesOn = stood || status === RUNNING || this.#autoReset === 'none'
      const shown = goesOn ? walk : this.#startNext(lane, walk)
      shown.observe(observations, at)
    }
  }

  #checkActions(actions: Float32Array): void {
    for (let lane = 0; lane < this.slots; lane++) {
      const walk = this.#walks[lane]
      if (walk === undefined) throw notReset(lane)
      if (walk.status !== RUNNING) continue
      for (let i = 0; i < JOINTS.length; i++) {
        const action = actions[lane * JOINTS.length + i]
        if (!(action >= -1 && action <= 1))
          throw new AgonError(
            'env/action',
            `lane ${lane} got ${action} for ${JOINTS[i]}, which goes from -1 to 1`,
          )
      }
    }
  }

  #startNext(lane: number, walk: Walk): Walk {
    if (this.#autoReset === 'next-level') {
      const level = this.#nextLevel!(lane)
      assertWellFormed(level)
      return this.#begin(lane, level)
    }
    walk.begin()
    return walk
  }

  maxSteps(lane: number): number {
    return this.#walkOf(lane).limit
  }

  #walkOf(lane: number): Walk {
    checkLane(lane, this.slots)
    const walk = this.#walks[lane]
    if (walk === undefined) throw notReset(lane)
    return walk
  }

  save(lane: number): Uint8Array {
    return encodeState(this.#walkOf(lane).save())
  }

  load(lane: number, state: Uint8Array, out: Outputs): void {
    checkLane(lane, this.slots)
    const walk = Walk.load(decodeState(state), this.#maxSteps)
    this.#walks[lane] = walk
    walk.observe(out[OBSERVATION] as Float32Array, lane * OBSERVATION_SIZE)
  }
}
