import { AgonError } from '../../core/errors.ts'
import type { TypedArray } from '../../core/tensor.ts'
import type { StepBuffers, VectorEnv, VectorOptions } from '../contract.ts'
import { checkLane, checkResetLanes, checkVectorOptions, notReset } from '../vector-checks.ts'
import { type LeverLevel, type LeverOptions, OBSERVATION, stake } from './level.ts'

const EMPTY = 0
const RUNNING = 1
const ENDED = 2
/** u8 status · u8 hidden · u32 lever, little-endian. */
const STATE_BYTES = 6

/** Lever games side by side; every episode is one step. */
export class LeverVectorEnv implements VectorEnv<LeverLevel> {
  readonly slots: number
  readonly #rules: LeverOptions
  readonly #options: VectorOptions<LeverLevel>
  readonly #levels: (LeverLevel | undefined)[]
  readonly #status: Uint8Array

  constructor(rules: LeverOptions, options: VectorOptions<LeverLevel>) {
    checkVectorOptions(options)
    this.slots = options.slots
    this.#rules = rules
    this.#options = options
    this.#levels = new Array<LeverLevel | undefined>(this.slots).fill(undefined)
    this.#status = new Uint8Array(this.slots)
  }

  reset(
    lanes: ArrayLike<number>,
    levels: readonly LeverLevel[],
    out: Readonly<Record<string, TypedArray>>,
  ): void {
    checkResetLanes(lanes, levels.length, this.slots)
    for (const level of levels) this.#check(level)
    for (let i = 0; i < lanes.length; i++) this.#begin(lanes[i], levels[i], out)
  }

  #check({ lever }: LeverLevel): void {
    if (Number.isInteger(lever) && lever >= 0 && lever < this.#rules.levers) return
    throw new AgonError('level/invalid', `there is no lever ${lever}`, {
      place: 'lever',
      remedy: `the last is ${this.#rules.levers - 1}`,
    })
  }

  #begin(lane: number, level: LeverLevel, out: Readonly<Record<string, TypedArray>>): void {
    this.#levels[lane] = level
    this.#status[lane] = RUNNING
    this.#observe(lane, out)
  }

  #observe(lane: number, out: Readonly<Record<string, TypedArray>>): void {
    const { lever, hidden } = this.#levels[lane]!
    const width = this.#rules.levers + 1
    const seen = out[OBSERVATION] as Float32Array
    seen.fill(0, lane * width, (lane + 1) * width)
    seen[lane * width + (hidden ? 0 : 1 + lever)] = 1
  }

  step(actions: Int32Array, out: StepBuffers): void {
    const { autoReset, nextLevel } = this.#options
    for (let lane = 0; lane < this.slots; lane++) {
      const level = this.#levels[lane]
      if (level === undefined) throw notReset(lane)
      out.terminated[lane] = 1
      out.truncated[lane] = 0
      out.rewards[lane] = 0
      if (this.#status[lane] === RUNNING) {
        const action = actions[lane]
        if (!(action >= 0 && action < this.#rules.levers)) throw unknownAction(lane, action)
        const paid = stake(level, this.#rules)
        out.rewards[lane] = action === level.lever ? paid : -paid
        if (autoReset === 'none') this.#status[lane] = ENDED
        else if (autoReset === 'next-level') {
          const next = nextLevel!(lane)
          this.#check(next)
          this.#levels[lane] = next
        }
      }
      this.#observe(lane, out.observations)
    }
  }

  maxSteps(lane: number): number {
    if (this.#status[lane] === EMPTY) throw notReset(lane)
    return 1
  }

  save(lane: number): Uint8Array {
    const level = this.#levels[lane]
    if (level === undefined) throw notReset(lane)
    const state = new Uint8Array(STATE_BYTES)
    state[0] = this.#status[lane]
    state[1] = level.hidden ? 1 : 0
    new DataView(state.buffer).setUint32(2, level.lever, true)
    return state
  }

  load(lane: number, state: Uint8Array, out: Readonly<Record<string, TypedArray>>): void {
    checkLane(lane, this.slots)
    const status = state[0]
    if (state.length !== STATE_BYTES || (status !== RUNNING && status !== ENDED) || state[1] > 1)
      throw new AgonError('state/corrupt', 'the bytes are no state of a lever game')
    const lever = new DataView(state.buffer, state.byteOffset).getUint32(2, true)
    const level = { lever, hidden: state[1] === 1 }
    this.#check(level)
    this.#begin(lane, level, out)
    this.#status[lane] = status
  }
}

const unknownAction = (lane: number, action: number): AgonError =>
  new AgonError('env/action', `lane ${lane}: there is no action ${action}`)
