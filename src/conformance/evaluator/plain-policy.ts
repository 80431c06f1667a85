import {
  type ActionSpec,
  actionShape,
  actionWidth,
  choiceCounts,
  parameterWidth,
} from '../../core/action-space.ts'
import { tensor } from '../../core/tensor.ts'
import type { EnvironmentSpec } from '../../envs/contract.ts'
import type { PolicyFile } from '../../inference/contract.ts'
import {
  add,
  cast,
  constant,
  createGraph,
  floor,
  input,
  minimum,
  mul,
  reduceSum,
  reshape,
  toOnnx,
  type Value,
} from '../../learners/graph/index.ts'
import { version } from '../../version.ts'

/**
 * A policy for any environment that takes every choice equally often, whatever it sees; real numbers are the middle of a
 * standard normal.
 */
export function plainPolicy(spec: EnvironmentSpec): PolicyFile {
  const { names: _, ...actions } = spec.actions
  const graph = createGraph()
  const list = (values: readonly number[]): Value =>
    constant(graph, tensor('float32', [values.length], Float32Array.from(values)))
  // Every observation is an input, and none of them counts.
  const seen = Object.entries(spec.observations).map(([name, { dtype, shape }]): Value => {
    const read = cast(input(graph, name, dtype, ['B', ...shape]), 'float32')
    return mul(reduceSum(reshape(read, ['B', -1]), [1]), 0)
  })
  const shape = actionShape(spec.actions)
  const width = actionWidth(spec.actions)
  const noise = reshape(input(graph, 'noise', 'float32', ['B', ...shape]), ['B', width])
  const nothing = reshape(seen.reduce(add, mul(reduceSum(noise, [1]), 0)), ['B', 1])
  const counts = choiceCounts(spec.actions)
  const chosen =
    counts.length === 0
      ? mul(noise, 0)
      : minimum(floor(mul(noise, list(counts))), list(counts.map((count) => count - 1)))
  const logProb =
    counts.length === 0
      ? -0.5 * width * Math.log(2 * Math.PI)
      : -counts.reduce((sum, count) => sum + Math.log(count), 0)
  const action = reshape(add(chosen, nothing), ['B', ...shape])
  return {
    onnx: toOnnx(graph, {
      action: counts.length === 0 ? action : cast(action, 'int32'),
      log_prob: add(reshape(nothing, ['B']), logProb),
      logits: add(nothing, list(new Array(parameterWidth(spec.actions)).fill(0))),
    }),
    card: {
      format: 1,
      agon: version,
      environment: { id: spec.id, profile: spec.profile },
      observations: spec.observations,
      actions: actions as ActionSpec,
      state: {},
      decode: counts.length === 0 ? 'argmax' : 'sample',
      normalisation: {},
      training: {},
    },
  }
}
