import { AgonError } from '../../core/errors.ts'
import type { TypedArray } from '../../core/tensor.ts'
import type { AutoReset, LevelSource, StepBuffers, VectorEnv, VectorOptions } from '../contract.ts'
import { RUNNING, TERMINATED, TRUNCATED } from '../slot-status.ts'
import { checkResetSlots, checkSlot, checkVectorOptions, notReset } from '../vector-checks.ts'
import { assertWellFormed, type WalkerLevel } from './level.ts'
import { OBSERVATION_SIZE } from './observe.ts'
import { JOINTS } from './physics/body-plan.ts'
import { decodeState, encodeState } from './slot-state.ts'
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

  reset(slots: ArrayLike<number>, levels: readonly WalkerLevel[], out: Outputs): void {
    checkResetSlots(slots, levels.length, this.slots)
    for (const level of levels) assertWellFormed(level)
    for (let i = 0; i < slots.length; i++) {
      const walk = this.#begin(slots[i], levels[i])
      walk.observe(out[OBSERVATION] as Float32Array, slots[i] * OBSERVATION_SIZE)
    }
  }

  #begin(slot: number, level: WalkerLevel): Walk {
    const walk = new Walk(level, this.#maxSteps)
    walk.begin()
    this.#walks[slot] = walk
    return walk
  }

  step(actions: Float32Array, out: StepBuffers): void {
    this.#checkActions(actions)
    const observations = out.observations[OBSERVATION] as Float32Array
    const finals = out.finals?.[OBSERVATION] as Float32Array | undefined
    for (let slot = 0; slot < this.slots; slot++) {
      const walk = this.#walks[slot]!
      const at = slot * OBSERVATION_SIZE
      const stood = walk.status !== RUNNING
      out.rewards[slot] = stood ? 0 : walk.step(actions, slot * JOINTS.length)
      const { status } = walk
      out.terminated[slot] = status === TERMINATED ? 1 : 0
      out.truncated[slot] = status === TRUNCATED ? 1 : 0
      if (status === TRUNCATED && finals !== undefined) walk.observe(finals, at)
      const goesOn = stood || status === RUNNING || this.#autoReset === 'none'
      const shown = goesOn ? walk : this.#startNext(slot, walk)
      shown.observe(observations, at)
    }
  }

  #checkActions(actions: Float32Array): void {
    for (let slot = 0; slot < this.slots; slot++) {
      const walk = this.#walks[slot]
      if (walk === undefined) throw notReset(slot)
      if (walk.status !== RUNNING) continue
      for (let i = 0; i < JOINTS.length; i++) {
        const action = actions[slot * JOINTS.length + i]
        if (!(action >= -1 && action <= 1))
          throw new AgonError(
            'env/action',
            `slot ${slot} got ${action} for ${JOINTS[i]}, which goes from -1 to 1`,
          )
      }
    }
  }

  #startNext(slot: number, walk: Walk): Walk {
    if (this.#autoReset === 'next-level') {
      const level = this.#nextLevel!(slot)
      assertWellFormed(level)
      return this.#begin(slot, level)
    }
    walk.begin()
    return walk
  }

  maxSteps(slot: number): number {
    return this.#walkOf(slot).limit
  }

  #walkOf(slot: number): Walk {
    checkSlot(slot, this.slots)
    const walk = this.#walks[slot]
    if (walk === undefined) throw notReset(slot)
    return walk
  }

  save(slot: number): Uint8Array {
    return encodeState(this.#walkOf(slot).save())
  }

  load(slot: number, state: Uint8Array, out: Outputs): void {
    checkSlot(slot, this.slots)
    const walk = Walk.load(decodeState(state), this.#maxSteps)
    this.#walks[slot] = walk
    walk.observe(out[OBSERVATION] as Float32Array, slot * OBSERVATION_SIZE)
  }
}
