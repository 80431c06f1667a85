import { actionShape } from '../../core/action-space.ts'
import type { DType, NamedTensors } from '../../core/tensor.ts'
import type { EnvironmentSpec } from '../../envs/contract.ts'
import * as g from '../graph/index.ts'
import { distributionOf, type Network } from '../nets/index.ts'

/**
 * The policy as a graph: raw observations, carry and noise in; action, log-probability, logits, value and next carry
 * out, for any number of rows `B`. The rollout runs it, and `policy.onnx` is this same graph.
 */
export interface ActGraph {
  /**
   * ONNX with the given weights and running statistics (by segment name) as named initializers.
   * @param withCritics whether what each of several critics says comes out beside their mean; a policy has no such output
   */
  toOnnx(weights: NamedTensors, withCritics?: boolean): Uint8Array
}

export function createActGraph(spec: EnvironmentSpec, network: Network): ActGraph {
  const graph = g.createGraph()
  const batched = (name: string, dtype: DType, shape: readonly number[]): g.Value =>
    g.input(graph, name, dtype, ['B', ...shape])
  const parameters = Object.fromEntries(
    [...network.layout.segments, ...(network.running?.layout.segments ?? [])].map(
      ({ name, shape }) => [name, g.input(graph, name, 'float32', shape)],
    ),
  )
  const observations: Record<string, g.Value> = {}
  for (const [name, { dtype, shape }] of Object.entries(spec.observations))
    observations[name] = batched(network.inputs[name], dtype, shape)
  const carry: Record<string, g.Value> = {}
  for (const [name, { dtype, shape }] of Object.entries(network.state))
    carry[name] = batched(name, dtype, shape)
  const noise = batched('noise', 'float32', actionShape(network.actions))

  const next = network.step(parameters, observations, carry)
  const distribution = distributionOf(network.actions, next.logits, network.distribution)
  const action = distribution.sample(noise)
  const outputs: Record<string, g.Value> = {
    action,
    log_prob: distribution.logProb(action),
    logits: next.logits,
    value: next.value,
  }
  for (const name of Object.keys(network.state)) outputs[`${name}_out`] = next.carry[name]
  const { critics } = next
  const all = critics === undefined ? outputs : { ...outputs, critics }
  return {
    toOnnx: (weights, withCritics = false) =>
      g.toOnnx(graph, withCritics ? all : outputs, { initializers: weights }),
  }
}
