import { elementCount, type TypedArray, typedArray } from '../core/tensor.ts'
import type { EnvironmentSpec, StepBuffers } from './contract.ts'

/**
 * Zeroed buffers of their own for one step of `lanes` lanes: for evaluators, tests and whoever stores nothing.
 * @param finals whether with those of {@link StepBuffers.finals}
 * @param departures whether with {@link StepBuffers.departed}
 */
export function allocateStepBuffers(
  spec: EnvironmentSpec,
  lanes: number,
  finals = false,
  departures = false,
): StepBuffers {
  const rows = lanes * spec.agents
  return {
    observations: allocateObservations(spec, rows),
    ...(finals ? { finals: allocateObservations(spec, rows) } : {}),
    ...(departures ? { departed: new Uint8Array(rows) } : {}),
    rewards: new Float32Array(rows),
    terminated: new Uint8Array(rows),
    truncated: new Uint8Array(rows),
  }
}

/** Zeroed, `[rows, …spec.shape]` each. */
export function allocateObservations(
  { observations }: Pick<EnvironmentSpec, 'observations'>,
  rows: number,
): Record<string, TypedArray> {
  return Object.fromEntries(
    Object.entries(observations).map(([name, { dtype, shape }]) => [
      name,
      typedArray(dtype, rows * elementCount(shape)),
    ]),
  )
}
