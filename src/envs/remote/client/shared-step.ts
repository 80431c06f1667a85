import { type ActionArray, actionDType, actionWidth } from '../../../core/action-space.ts'
import {
  BYTES_PER_ELEMENT,
  elementCount,
  type TypedArray,
  typedArray,
} from '../../../core/tensor.ts'
import type { EnvironmentSpec, StepBuffers } from '../../contract.ts'

/**
 * The memory of one vector environment's steps, shared by the thread that steps and the one that holds the connection:
 * actions go in, what followed comes out. The order of its parts is this file's business alone.
 */
export interface SharedStep {
  readonly memory: SharedArrayBuffer
  /** `[rows]` or `[rows, n]`. */
  readonly actions: ActionArray
  readonly buffers: StepBuffers
  /** int32 `[1 + slots]`: how many slots began a next level, then which. */
  readonly began: Int32Array
  /** int32 `[slots]`: the step limits of the slots in `began`, in their order. */
  readonly limits: Int32Array
}

/** Every part begins where the widest element may. */
const ALIGNMENT = 8

export function sharedStep(
  {
    observations,
    actions: spec,
    agents,
  }: Pick<EnvironmentSpec, 'observations' | 'actions' | 'agents'>,
  slots: number,
  { finals, departures }: { readonly finals: boolean; readonly departures: boolean },
  memory?: SharedArrayBuffer,
): SharedStep {
  const rows = slots * agents
  const observed = Object.values(observations).map(
    ({ dtype, shape }) => [dtype, rows * elementCount(shape)] as const,
  )
  const parts = [
    ...observed,
    ...([
      [actionDType(spec), rows * actionWidth(spec)],
      ['float32', rows],
      ['uint8', rows],
      ['uint8', rows],
    ] as const),
    ...([
      ['int32', 1 + slots],
      ['int32', slots],
    ] as const),
    ...(finals ? observed : []),
    ...(departures ? ([['uint8', rows]] as const) : []),
  ]
  let size = 0
  const offsets = parts.map(([dtype, count]) => {
    const at = size
    size += Math.ceil((count * BYTES_PER_ELEMENT[dtype]) / ALIGNMENT) * ALIGNMENT
    return at
  })
  const shared = memory ?? new SharedArrayBuffer(Math.max(ALIGNMENT, size))
  const arrays = parts.map(([dtype, count], i) => typedArray(dtype, count, shared, offsets[i]))
  const names = Object.keys(observations)
  const [actions, rewards, terminated, truncated, began, limits, ...last] = arrays.slice(
    names.length,
  )
  const named = (of: readonly TypedArray[]) =>
    Object.fromEntries(names.map((name, i) => [name, of[i]]))
  return {
    memory: shared,
    actions: actions as ActionArray,
    buffers: {
      observations: named(arrays as TypedArray[]),
      rewards: rewards as Float32Array,
      terminated: terminated as Uint8Array,
      truncated: truncated as Uint8Array,
      ...(finals ? { finals: named(last as TypedArray[]) } : {}),
      ...(departures ? { departed: last.at(-1) as Uint8Array } : {}),
    },
    began: began as Int32Array,
    limits: limits as Int32Array,
  }
}
