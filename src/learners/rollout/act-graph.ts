import type { DType, NamedTensors } from '../../core/tensor.ts'
import type { EnvironmentSpec } from '../../envs/contract.ts'
import * as g from '../graph/index.ts'
import type { Network } from '../nets/index.ts'

/**
 * The policy as a graph: raw observations, carry and noise in; action, log-probability, logits, value and next carry
 * out, for any number of rows `B`. The rollout runs it, and `policy.onnx` is this same graph.
 */
export interface ActGraph {
  /** ONNX with the given weights (by segment name) as named initializers. */
  toOnnx(weights: NamedTensors): Uint8Array
}

export function createActGraph(spec: EnvironmentSpec, network: Network): ActGraph {
  const graph = g.createGraph()
  const batched = (name: string, dtype: DType, shape: readonly number[]): g.Value =>
    g.input(graph, name, dtype, ['B', ...shape])
  const parameters = Object.fromEntries(
    network.layout.segments.map(({ name, shape }) => [
      name,
      g.input(graph, name, 'float32', shape),
    ]),
  )
  const observations: Record<string, g.Value> = {}
  for (const [name, { dtype, shape }] of Object.entries(spec.observations))
    observations[name] = batched(network.inputs[name], dtype, shape)
  const carry: Record<string, g.Value> = {}
  for (const [name, { dtype, shape }] of Object.entries(network.state))
    carry[name] = batched(name, dtype, shape)
  const noise = batched('noise', 'float32', [])

  const next = network.step(parameters, observations, carry)
  const action = sampleAction(next.logits, noise, network.actions)
  const outputs: Record<string, g.Value> = {
    action,
    log_prob: g.takeLast(g.logSoftmax(next.logits), action),
    logits: next.logits,
    value: next.value,
  }
  for (const name of Object.keys(network.state)) outputs[`${name}_out`] = next.carry[name]
  return { toOnnx: (weights) => g.toOnnx(graph, outputs, { initializers: weights }) }
}

/**
 * Inverse-CDF sampling, `[B, A]` logits and `[B]` noise in [0, 1) → int32 `[B]`: the number of cumulated
 * probabilities not above the noise. The last one is left out of the count, so rounding never yields action A; and the
 * noise is scaled by the total, so an action of probability 0 at the end is never taken either.
 */
export function sampleAction(logits: g.Value, noise: g.Value, actions: number): g.Value {
  if (actions === 1) return g.cast(g.mul(noise, 0), 'int32')
  const cumulated = g.cumsum(g.softmax(logits), 1)
  const total = g.slice(cumulated, 1, actions - 1, actions)
  const below = g.slice(cumulated, 1, 0, actions - 1)
  const threshold = g.mul(g.reshape(noise, [-1, 1]), total)
  const passed = g.cast(g.lessEqual(below, threshold), 'float32')
  return g.cast(g.reduceSum(passed, [1], false), 'int32')
}
