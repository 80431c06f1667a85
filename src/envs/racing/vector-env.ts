import { AgonError } from '../../core/errors.ts'
import type { TypedArray } from '../../core/tensor.ts'
import type { AutoReset, LevelSource, StepBuffers, VectorEnv, VectorOptions } from '../contract.ts'
import { RUNNING, TERMINATED, TRUNCATED } from '../lane-status.ts'
import { checkLane, checkResetLanes, checkVectorOptions, notReset } from '../vector-checks.ts'
import { ACTIONS, Drive, type Rules } from './drive.ts'
import { corrupt, decodeState, encodeState } from './lane-state.ts'
import { assertWellFormed, type RacingLevel } from './level.ts'
import { shapeOf } from './picture/frames.ts'
import { Painter } from './picture/painter.ts'
import { VIEW } from './picture/view.ts'

type Outputs = Readonly<Record<string, TypedArray>>

/** The one observation, uint8 `[channels, rows, columns]`. */
export const OBSERVATION = 'image'
export const LOW: readonly number[] = [-1, 0, 0]
export const HIGH: readonly number[] = [1, 1, 1]

/** Cars side by side, each on a track of its own. A step allocates nothing of its own. */
export class RacingVectorEnv implements VectorEnv<RacingLevel> {
  readonly slots: number
  readonly #rules: Rules
  readonly #size: number
  readonly #autoReset: AutoReset
  readonly #nextLevel: LevelSource<RacingLevel> | undefined
  readonly #painter = new Painter()
  readonly #drives: (Drive | undefined)[]

  constructor(rules: Rules, options: VectorOptions<RacingLevel>) {
    checkVectorOptions(options)
    this.slots = options.slots
    this.#rules = rules
    this.#size = shapeOf(rules).reduce((a, b) => a * b)
    this.#autoReset = options.autoReset
    this.#nextLevel = options.nextLevel
    this.#drives = new Array<Drive | undefined>(options.slots).fill(undefined)
  }

  reset(lanes: ArrayLike<number>, levels: readonly RacingLevel[], out: Outputs): void {
    checkResetLanes(lanes, levels.length, this.slots)
    for (const level of levels) assertWellFormed(level)
    for (let i = 0; i < lanes.length; i++) {
      const drive = this.#begin(lanes[i], levels[i])
      drive.observe(out[OBSERVATION] as Uint8Array, lanes[i] * this.#size)
    }
  }

  #begin(lane: number, level: RacingLevel): Drive {
    const drive = new Drive(level, this.#rules, this.#painter)
    drive.begin()
    this.#drives[lane] = drive
    return drive
  }

  step(actions: Float32Array, out: StepBuffers): void {
    this.#checkActions(actions)
    const observations = out.observations[OBSERVATION] as Uint8Array
    const finals = out.finals?.[OBSERVATION] as Uint8Array | undefined
    for (let lane = 0; lane < this.slots; lane++) {
      const drive = this.#drives[lane]!
      const at = lane * this.#size
      const stood = drive.status !== RUNNING
      out.rewards[lane] = stood ? 0 : drive.step(actions, lane * ACTIONS.length)
      const { status } = drive
      out.terminated[lane] = status === TERMINATED ? 1 : 0
      out.truncated[lane] = status === TRUNCATED ? 1 : 0
      if (status === TRUNCATED && finals !== undefined) drive.observe(finals, at)
      const goesOn = stood || status === RUNNING || this.#autoReset === 'none'
      const shown = goesOn ? drive : this.#startNext(lane, drive)
      shown.observe(observations, at)
    }
  }

  #checkActions(actions: Float32Array): void {
    for (let lane = 0; lane < this.slots; lane++) {
      const drive = this.#drives[lane]
      if (drive === undefined) throw notReset(lane)
      if (drive.status !== RUNNING) continue
      for (let i = 0; i < ACTIONS.length; i++) {
        const action = actions[lane * ACTIONS.length + i]
        if (!(action >= LOW[i] && action <= HIGH[i]))
          throw new AgonError(
            'env/action',
            `lane ${lane} got ${action} for ${ACTIONS[i]}, which goes from ${LOW[i]} to ${HIGH[i]}`,
          )
      }
    }
  }

  #startNext(lane: number, drive: Drive): Drive {
    if (this.#autoReset === 'next-level') {
      const level = this.#nextLevel!(lane)
      assertWellFormed(level)
      return this.#begin(lane, level)
    }
    drive.begin()
    return drive
  }

  maxSteps(lane: number): number {
    return this.#driveOf(lane).limit
  }

  #driveOf(lane: number): Drive {
    checkLane(lane, this.slots)
    const drive = this.#drives[lane]
    if (drive === undefined) throw notReset(lane)
    return drive
  }

  save(lane: number): Uint8Array {
    return encodeState(this.#driveOf(lane).save())
  }

  load(lane: number, bytes: Uint8Array, out: Outputs): void {
    checkLane(lane, this.slots)
    const state = decodeState(bytes)
    if (state.views.length !== this.#rules.frames * VIEW) throw corrupt()
    const drive = Drive.load(state, this.#rules, this.#painter)
    this.#drives[lane] = drive
    drive.observe(out[OBSERVATION] as Uint8Array, lane * this.#size)
  }
}
