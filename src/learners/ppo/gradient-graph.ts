import type { EnvironmentSpec } from '../../envs/contract.ts'
import * as g from '../graph/index.ts'
import type { Network } from '../nets/index.ts'
import { LOSS_TERMS, type LossRule, ppoLoss } from './loss.ts'

/**
 * Loss and gradient of one shard of `steps` × `columns`. Inputs: the observations `[T·B, …]`, the carry before step 0
 * `[B, …]`, and under `batch/` the `parameters` `[P]`, `reset` `[T, B]`, values per step `[T·B]` and two scalars.
 * Outputs: `gradient` `[P]` and `terms`, the loss terms in the order of {@link LOSS_TERMS}; both just add over shards.
 */
export function gradientOnnx(
  spec: EnvironmentSpec,
  network: Network,
  rule: LossRule,
  steps: number,
  columns: number,
): Uint8Array {
  const graph = g.createGraph()
  const { layout } = network
  const flat = g.input(graph, 'batch/parameters', 'float32', [layout.size])
  const parts = g.split(
    flat,
    layout.segments.map(({ size }) => size),
    0,
  )
  const parameters = Object.fromEntries(
    layout.segments.map(({ name, shape }, i) => [name, g.reshape(parts[i], shape)]),
  )
  const count = steps * columns
  const observations: Record<string, g.Value> = {}
  for (const [name, { dtype, shape }] of Object.entries(spec.observations))
    observations[name] = g.input(graph, name, dtype, [count, ...shape])
  const carry: Record<string, g.Value> = {}
  for (const [name, { dtype, shape }] of Object.entries(network.state))
    carry[name] = g.input(graph, name, dtype, [columns, ...shape])
  const perStep = (name: string): g.Value => g.input(graph, name, 'float32', [count])

  const reset = g.input(graph, 'batch/reset', 'float32', [steps, columns])
  const terms = ppoLoss(
    {
      ...network.sequence(parameters, observations, carry, reset),
      action: g.input(graph, 'batch/action', 'int32', [count]),
      oldLogProb: perStep('batch/old_log_prob'),
      oldValue: perStep('batch/old_value'),
      advantage: perStep('batch/advantage'),
      target: perStep('batch/target'),
      weight: perStep('batch/weight'),
      keptScale: g.input(graph, 'batch/kept_scale', 'float32', []),
      allScale: g.input(graph, 'batch/all_scale', 'float32', []),
    },
    rule,
  )
  const slopes = g.gradients(
    terms.total_loss,
    layout.segments.map(({ name }) => parameters[name]),
  )
  return g.toOnnx(graph, {
    gradient: g.concat(
      slopes.map((slope, i) => g.reshape(slope, [layout.segments[i].size])),
      0,
    ),
    terms: g.concat(
      LOSS_TERMS.map((name) => g.reshape(terms[name], [1])),
      0,
    ),
  })
}
