import { elementCount, type TypedArray } from '../../core/tensor.ts'
import type { EnvironmentSpec, Prober } from '../../envs/contract.ts'
import type { Session } from '../../inference/session-contract.ts'
import type { SupposedSteps } from '../returns/gae.ts'
import type { ActBuffers, ActSide } from './act-buffers.ts'
import type { StepView } from './shard-views.ts'

/** What follows a supposed step: nothing, what really followed, or an observation of its own. */
const NOTHING = 0
const AS_PLAYED = 1
const APART = 2

/** Writes the supposed steps of one shard as it is played. */
export interface Supposing {
  readonly steps: SupposedSteps
  /**
   * After the step and before ended rows forget. The graph runs where some row has a successor that it did not really have, and then
   * over all rows: whichever those are, a row has the same bits.
   * @param next the side of the step to come
   */
  write(
    t: number,
    view: StepView,
    session: Session,
    buffers: ActBuffers,
    next: ActSide,
  ): Promise<void>
  /** Once the values of the observation after step `t` are known. */
  settle(t: number, values: Float32Array): void
}

/**
 * @param supposed what the probe writes
 * @param steps of the shard
 * @param from its first column
 */
export function startSupposing(
  supposed: NonNullable<Prober['supposed']>,
  { observations }: Pick<EnvironmentSpec, 'observations'>,
  steps: number,
  from: number,
): Supposing {
  const rows = supposed.rewards.length
  const rewards = new Float32Array(steps * rows)
  const next = new Float32Array(steps * rows)
  const ended = new Uint8Array(steps * rows)
  /** Of the last step, by row. */
  const follows = new Uint8Array(rows)
  const widths = Object.entries(observations).map(
    ([name, { shape }]) => [name, elementCount(shape)] as const,
  )
  const sees = (seen: Readonly<Record<string, TypedArray>>, row: number): boolean => {
    for (const [name, width] of widths)
      for (let i = row * width; i < (row + 1) * width; i++)
        if (seen[name][i] !== supposed.observations[name][i]) return false
    return true
  }
  return {
    steps: { rewards, next, ended, from, stride: rows },
    async write(t, { buffers: given, finalValues }, session, buffers, side) {
      const at = t * rows
      for (let row = 0; row < rows; row++) {
        const cut = supposed.truncated[row] === 1
        const over = given.terminated[row] === 1 || given.truncated[row] === 1
        rewards[at + row] = supposed.rewards[row]
        ended[at + row] = supposed.terminated[row] | supposed.truncated[row]
        if (ended[at + row] === 1 && !(cut && finalValues !== undefined)) follows[row] = NOTHING
        else follows[row] = !over && sees(given.observations, row) ? AS_PLAYED : APART
      }
      if (!follows.includes(APART)) return
      buffers.observe(supposed.observations)
      await session.run(side.inputs, { value: side.outputs.value })
      for (let row = 0; row < rows; row++)
        if (follows[row] === APART) next[at + row] = buffers.value[row]
    },
    settle(t, values) {
      for (let row = 0; row < rows; row++)
        if (follows[row] === AS_PLAYED) next[t * rows + row] = values[row]
    },
  }
}
