import { tensor } from '../../core/tensor.ts'
import * as g from '../graph/index.ts'
import type { AdamRule } from './contract.ts'

/**
 * One optimiser step on flat vectors `[P]`. The shards' gradients `gradient_0` … are summed in that order, clipped to
 * the global norm, and given to Adam (Kingma and Ba 2015): `p −= lr·m̂/(√v̂ + ε)`.
 *
 * Scalars in: `learning_rate`, and the bias corrections `first_scale` = 1/(1−β₁ᵗ) and `second_scale` = 1/(1−β₂ᵗ).
 * Out: `parameters_out`, `first_out`, `second_out` and `norm`, the norm before clipping. Frozen groups (multiplier 0)
 * have no part in the norm and put nothing into their moments.
 */
export function adamOnnx(
  size: number,
  shards: number,
  rule: AdamRule,
  multipliers: Float32Array | null,
): Uint8Array {
  const graph = g.createGraph()
  const vector = (name: string): g.Value => g.input(graph, name, 'float32', [size])
  const scalar = (name: string): g.Value => g.input(graph, name, 'float32', [])

  let gradient = vector('gradient_0')
  for (let shard = 1; shard < shards; shard++)
    gradient = g.add(gradient, vector(`gradient_${shard}`))
  let rate = scalar('learning_rate')
  if (multipliers !== null) {
    const live = multipliers.map((multiplier) => (multiplier === 0 ? 0 : 1))
    gradient = g.mul(gradient, g.constant(graph, tensor('float32', [size], live)))
    rate = g.mul(rate, g.constant(graph, tensor('float32', [size], multipliers)))
  }
  const norm = g.sqrt(g.reduceSum(g.square(gradient), [0], false))
  const limit = rule.maxGradNorm
  const clipped = g.mul(gradient, g.div(limit, g.maximum(norm, limit)))

  const decay = (moment: g.Value, news: g.Value, beta: number): g.Value =>
    g.add(g.mul(moment, beta), g.mul(news, 1 - beta))
  const first = decay(vector('first'), clipped, rule.adamBeta1)
  const second = decay(vector('second'), g.square(clipped), rule.adamBeta2)
  const root = g.sqrt(g.mul(second, scalar('second_scale')))
  const step = g.div(g.mul(first, scalar('first_scale')), g.add(root, rule.adamEpsilon))
  return g.toOnnx(graph, {
    parameters_out: g.sub(vector('parameters'), g.mul(rate, step)),
    first_out: first,
    second_out: second,
    norm: g.reshape(norm, [1]),
  })
}
