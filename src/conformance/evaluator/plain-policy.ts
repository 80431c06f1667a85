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

/** A policy for any environment that takes every action equally often, whatever it sees. */
export function plainPolicy(spec: EnvironmentSpec): PolicyFile {
  const { count } = spec.actions
  const graph = createGraph()
  // Every observation is an input, and none of them counts.
  const seen = Object.entries(spec.observations).map(([name, { dtype, shape }]): Value => {
    const read = cast(input(graph, name, dtype, ['B', ...shape]), 'float32')
    return mul(reduceSum(reshape(read, ['B', -1]), [1]), 0)
  })
  const noise = input(graph, 'noise', 'float32', ['B'])
  const nothing = seen.reduce(add, mul(noise, 0))
  const drawn = minimum(floor(mul(noise, count)), count - 1)
  const flat = constant(graph, tensor('float32', [1, count], new Float32Array(count)))
  return {
    onnx: toOnnx(graph, {
      action: cast(add(drawn, nothing), 'int32'),
      log_prob: add(nothing, -Math.log(count)),
      logits: add(reshape(nothing, ['B', 1]), flat),
    }),
    card: {
      format: 1,
      agon: version,
      environment: { id: spec.id, profile: spec.profile },
      observations: spec.observations,
      actions: { kind: 'discrete', count },
      state: {},
      decode: 'sample',
      normalisation: {},
      training: {},
    },
  }
}
