import { elementCount, type TypedArray, typedArray } from '../core/tensor.ts'
import type { EnvironmentSpec, StepBuffers } from './contract.ts'

/** Zeroed buffers of their own for one step of `slots` slots: for evaluators, tests and whoever stores nothing. */
export function allocateStepBuffers(spec: EnvironmentSpec, slots: number): StepBuffers {
  const rows = slots * spec.agents
  const observations: Record<string, TypedArray> = {}
  for (const [name, { dtype, shape }] of Object.entries(spec.observations))
    observations[name] = typedArray(dtype, rows * elementCount(shape))
  return {
    observations,
    rewards: new Float32Array(rows),
    terminated: new Uint8Array(rows),
    truncated: new Uint8Array(rows),
  }
}
