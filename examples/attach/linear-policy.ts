import { version } from 'agon'
import { choiceCounts, type NamedTensors, tensor } from 'agon/core'
import type { EnvironmentSpec } from 'agon/envs'
import * as g from 'agon/graph'
import type { PolicyFile } from 'agon/inference'

/** Observations in a fixed order, each with its size in one row and what its values are divided by. */
function inputsOf({ observations }: EnvironmentSpec) {
  return Object.keys(observations)
    .sort()
    .map((name) => {
      const { dtype, shape, high } = observations[name]
      const size = shape.reduce((product, one) => product * one, 1)
      return { name, dtype, shape, size, scale: Math.max(1, Math.abs(high ?? 1)) }
    })
}

/** Numbers that a row is turned into; the last one is 1, for the bias. */
export const inputCount = (spec: EnvironmentSpec): number =>
  inputsOf(spec).reduce((sum, { size }) => sum + size, 1)

/** `[rows][inputs]`. */
export function features(spec: EnvironmentSpec, seen: NamedTensors, rows: number): Float64Array[] {
  const inputs = inputsOf(spec)
  return Array.from({ length: rows }, (_, row) =>
    Float64Array.from([
      ...inputs.flatMap(({ name, size, scale }) =>
        Array.from({ length: size }, (_, i) => Number(seen[name].data[row * size + i]) / scale),
      ),
      1,
    ]),
  )
}

/** Softmax of a linear function: `weights` is `[inputs, actions]`, row-major. */
export function probabilities(
  weights: Float64Array,
  seen: Float64Array,
  actions: number,
): number[] {
  const logits = new Array<number>(actions).fill(0)
  for (let i = 0; i < seen.length; i++)
    if (seen[i] !== 0)
      for (let a = 0; a < actions; a++) logits[a] += seen[i] * weights[i * actions + a]
  const most = Math.max(...logits)
  const powers = logits.map((logit) => Math.exp(logit - most))
  const total = powers.reduce((sum, one) => sum + one, 0)
  return powers.map((power) => power / total)
}

/** The same policy as an ONNX model with its card. */
export function actorCriticPolicy(
  spec: EnvironmentSpec,
  actor: Float64Array,
  critic: Float64Array,
): PolicyFile {
  const [count] = choiceCounts(spec.actions)
  const graph = g.createGraph()
  const parts = inputsOf(spec).map(({ name, dtype, shape, size, scale }) => {
    const read = g.cast(g.input(graph, name, dtype, ['B', ...shape]), 'float32')
    return g.div(g.reshape(read, ['B', size]), scale)
  })
  const noise = g.input(graph, 'noise', 'float32', ['B'])
  const seen = parts.length === 1 ? parts[0] : g.concat(parts, 1)
  const inputs = actor.length / count - 1
  const layer = (weights: Float64Array, columns: number): g.Value => {
    const values = Float32Array.from(weights)
    const split = inputs * columns
    const factor = tensor('float32', [inputs, columns], values.slice(0, split))
    const bias = tensor('float32', [columns], values.slice(split))
    return g.dense(seen, g.constant(graph, factor), g.constant(graph, bias))
  }
  const logits = layer(actor, count)
  // The first action whose running sum of probabilities is above the noise.
  const below = g.cast(
    g.lessEqual(g.cumsum(g.softmax(logits), 1), g.reshape(noise, ['B', 1])),
    'float32',
  )
  const action = g.cast(g.minimum(g.reduceSum(below, [1]), count - 1), 'int32')
  return {
    onnx: g.toOnnx(graph, {
      action,
      log_prob: g.takeLast(g.logSoftmax(logits), action),
      logits,
      value: g.reshape(layer(critic, 1), ['B']),
    }),
    card: {
      format: 1,
      agon: version,
      environment: { id: spec.id, profile: spec.profile },
      observations: spec.observations,
      actions: { kind: 'discrete', count },
      state: {},
      decode: 'sample',
      normalisation: { observations: 'divided by their upper bound' },
      training: { student: 'linear-actor-critic' },
    },
  }
}
