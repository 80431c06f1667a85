import { type ActionArray, actionWidth, allocateActions } from '../../core/action-space.ts'
import { AgonError } from '../../core/errors.ts'
import type { TypedArray } from '../../core/tensor.ts'
import type { AutoReset, LevelSource, StepBuffers, VectorEnv, VectorOptions } from '../contract.ts'
import { checkLane, checkResetLanes, checkVectorOptions, notReset } from '../vector-checks.ts'
import { checkAction, gameChance, type LevelGame } from './game.ts'
import type { BuildingStart } from './starts.ts'

const HEADER = 9

interface Lane {
  seed: number
  /** `[steps, n]`; those from `time` on are 0. */
  readonly actions: ActionArray
  time: number
  status: 'empty' | 'running' | 'ended'
}

type Observations = Readonly<Record<string, TypedArray>>

/**
 * Level-building games side by side. What stands is made anew from its actions at every step: a game is as short as a level
 * has parts, and one is played where students take hundreds of steps.
 */
export class BuildingVectorEnv implements VectorEnv<BuildingStart> {
  readonly slots: number
  readonly #game: LevelGame<unknown>
  /** Numbers of an action. */
  readonly #width: number
  readonly #autoReset: AutoReset
  readonly #nextLevel: LevelSource<BuildingStart> | undefined
  readonly #lanes: readonly Lane[]

  constructor(game: LevelGame<unknown>, options: VectorOptions<BuildingStart>) {
    checkVectorOptions(options)
    const { slots: lanes, autoReset, nextLevel } = options
    this.slots = lanes
    this.#game = game
    this.#width = actionWidth(game.actions)
    this.#autoReset = autoReset
    this.#nextLevel = nextLevel
    this.#lanes = Array.from({ length: lanes }, () => ({
      ...{ seed: 0, time: 0, status: 'empty' as const },
      actions: allocateActions(game.actions, game.steps),
    }))
  }

  reset(lanes: ArrayLike<number>, levels: readonly BuildingStart[], out: Observations): void {
    checkResetLanes(lanes, levels.length, this.slots)
    for (let i = 0; i < lanes.length; i++) {
      this.#begin(lanes[i], levels[i])
      this.#observe(lanes[i], out)
    }
  }

  #begin(lane: number, { seed }: BuildingStart): void {
    const of = this.#lanes[lane]
    of.seed = seed
    of.time = 0
    of.actions.fill(0)
    of.status = 'running'
  }

  step(actions: ActionArray, out: StepBuffers): void {
    for (let lane = 0; lane < this.slots; lane++) {
      const of = this.#lanes[lane]
      if (of.status === 'empty') throw notReset(lane)
      out.rewards[lane] = 0
      out.truncated[lane] = 0
      out.terminated[lane] = 1
      if (of.status === 'ended') continue
      checkAction(this.#game.actions, actions, lane)
      this.#take(of, actions, lane)
      if (of.time < this.#game.steps) out.terminated[lane] = 0
      else this.#end(lane)
    }
    for (let lane = 0; lane < this.slots; lane++) this.#observe(lane, out.observations)
  }

  #take(of: Lane, actions: ActionArray, lane: number): void {
    const width = this.#width
    for (let i = 0; i < width; i++) of.actions[of.time * width + i] = actions[lane * width + i]
    of.time++
  }

  #end(lane: number): void {
    const of = this.#lanes[lane]
    if (this.#autoReset === 'none') of.status = 'ended'
    else if (this.#autoReset === 'same-level') this.#begin(lane, of)
    else this.#begin(lane, this.#nextLevel!(lane))
  }

  #observe(lane: number, out: Observations): void {
    const of = this.#lanes[lane]
    this.#game.show(of, out, lane)
    const times = out.time as Int32Array
    times[lane] = of.time
    const { noise } = this.#game
    if (noise === 0) return
    const random = gameChance(of.seed, 'noise', of.time)
    const seen = out.random_z as Float32Array
    for (let i = 0; i < noise; i++) seen[lane * noise + i] = random.uniform()
  }

  maxSteps(): number {
    return this.#game.steps
  }

  /** `u32 seed · u32 time · u8 ended · numbers of the actions, int32 or float32 …`, little-endian. */
  save(lane: number): Uint8Array {
    const { seed, actions, time, status } = this.#lanes[lane]
    if (status === 'empty') throw notReset(lane)
    const taken = time * this.#width
    const bytes = new Uint8Array(HEADER + 4 * taken)
    const view = new DataView(bytes.buffer)
    view.setUint32(0, seed, true)
    view.setUint32(4, time, true)
    view.setUint8(8, status === 'ended' ? 1 : 0)
    const real = actions instanceof Float32Array
    for (let i = 0; i < taken; i++)
      if (real) view.setFloat32(HEADER + 4 * i, actions[i], true)
      else view.setInt32(HEADER + 4 * i, actions[i], true)
    return bytes
  }

  load(lane: number, state: Uint8Array, out: Observations): void {
    checkLane(lane, this.slots)
    const view = new DataView(state.buffer, state.byteOffset, state.byteLength)
    const time = state.length < HEADER ? -1 : view.getUint32(4, true)
    const { steps, actions } = this.#game
    const taken = time * this.#width
    const whole = time >= 0 && time <= steps && state.length === HEADER + 4 * taken
    if (!whole || view.getUint8(8) !== (time === steps ? 1 : 0))
      throw new AgonError('state/corrupt', 'this is not a saved level-building game')
    const played = allocateActions(actions, time)
    const real = played instanceof Float32Array
    for (let i = 0; i < taken; i++)
      played[i] = real ? view.getFloat32(HEADER + 4 * i, true) : view.getInt32(HEADER + 4 * i, true)
    for (let step = 0; step < time; step++) checkAction(actions, played, step)
    this.#begin(lane, { seed: view.getUint32(0, true) })
    const of = this.#lanes[lane]
    of.actions.set(played)
    of.time = time
    if (time === steps) of.status = 'ended'
    this.#observe(lane, out)
  }
}
