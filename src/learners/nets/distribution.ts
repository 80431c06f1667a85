import { type ActionSpec, actionWidth, choiceCounts } from '../../core/action-space.ts'
import { QUANTILE, QUANTILE_EDGE } from '../../core/normal-quantile.ts'
import * as g from '../graph/index.ts'
import type { Distribution, RealDistribution } from './action-distribution.ts'
import { betas } from './beta.ts'

/**
 * The distribution over an action space:
 * - discrete: a categorical, `log π(a) = logits_a − log Σ exp logits`;
 * - multi-discrete: a product of categoricals, so log-probabilities and entropies add up over the components;
 * - box: independent normals with deviations that do not depend on the state, `a = μ + σ·Φ⁻¹(u)`,
 *   `log π(a) = Σ −½((a − μ)/σ)² − log σ − ½ log 2π`, `H = Σ log σ + ½ log 2πe` (Schulman et al. 2015, appendix D; as
 *   CleanRL's `ppo_continuous_action` and Stable-Baselines3's `DiagGaussianDistribution`). Actions are not clipped here:
 *   the density is that of what was drawn; or, with `beta`, independent Beta distributions between the bounds.
 */
export function distributionOf(
  actions: ActionSpec,
  parameters: g.Value,
  real: RealDistribution = 'gaussian',
): Distribution {
  if (actions.kind === 'box')
    return real === 'beta' ? betas(parameters, actions) : normals(parameters, actionWidth(actions))
  if (actions.kind === 'discrete') return categorical(parameters, actions.count)
  return product(parameters, choiceCounts(actions))
}

function categorical(logits: g.Value, count: number): Distribution {
  let known: g.Value | undefined
  // One node for all who ask, made when the first one does.
  const logProbs = (): g.Value => {
    known ??= g.logSoftmax(logits)
    return known
  }
  return {
    sample: (noise) => sampleAction(logits, noise, count),
    logProb: (action) => g.takeLast(logProbs(), action),
    entropy: () => g.neg(g.reduceSum(g.mul(g.exp(logProbs()), logProbs()), [1], false)),
  }
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

function product(logits: g.Value, counts: readonly number[]): Distribution {
  let first = 0
  const parts = counts.map((count) => {
    const part = categorical(g.slice(logits, 1, first, first + count), count)
    first += count
    return part
  })
  /** `[N, n]` → `[N]`. */
  const column = (x: g.Value, i: number): g.Value => g.reshape(g.slice(x, 1, i, i + 1), [-1])
  return {
    sample: (noise) =>
      g.concat(
        parts.map((part, i) => g.reshape(part.sample(column(noise, i)), [-1, 1])),
        1,
      ),
    logProb: (action) =>
      parts.map((part, i) => part.logProb(column(action, i))).reduce((a, b) => g.add(a, b)),
    entropy: () => parts.map((part) => part.entropy()).reduce((a, b) => g.add(a, b)),
  }
}

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI)

/** @param parameters `[N, 2n]`: means, then the logarithms of the deviations */
function normals(parameters: g.Value, width: number): Distribution {
  const mean = g.slice(parameters, 1, 0, width)
  const logDeviation = g.slice(parameters, 1, width, 2 * width)
  return {
    sample: (noise) => g.add(mean, g.mul(g.exp(logDeviation), normalOf(noise))),
    logProb(action) {
      const z = g.mul(g.sub(action, mean), g.exp(g.neg(logDeviation)))
      const each = g.add(g.add(g.mul(g.square(z), 0.5), logDeviation), HALF_LOG_TWO_PI)
      return g.neg(g.reduceSum(each, [1], false))
    },
    entropy: () => g.reduceSum(g.add(logDeviation, HALF_LOG_TWO_PI + 0.5), [1], false),
  }
}

/** Standard normal numbers of uniform ones, as `normalQuantile` has them. */
function normalOf(noise: g.Value): g.Value {
  const { middle, underMiddle, tail, underTail, split, centre, shift } = QUANTILE
  const from = g.sub(noise, 0.5)
  const inner = g.sub(centre, g.square(from))
  const central = g.div(g.mul(from, polynomial(middle, inner)), polynomial(underMiddle, inner))
  const nearest = g.maximum(g.minimum(noise, g.sub(1, noise)), QUANTILE_EDGE)
  const outer = g.sub(g.sqrt(g.neg(g.log(nearest))), shift)
  const far = g.mul(g.sign(from), g.div(polynomial(tail, outer), polynomial(underTail, outer)))
  return g.where(g.lessEqual(g.abs(from), split), central, far)
}

const polynomial = ([first, ...rest]: readonly number[], x: g.Value): g.Value =>
  rest.reduce<g.Value>(
    (sum, coefficient, i) => g.add(i === 0 ? g.mul(x, first) : g.mul(sum, x), coefficient),
    x,
  )
