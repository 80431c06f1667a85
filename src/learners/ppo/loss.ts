import type { ActionSpec } from '../../core/action-space.ts'
import * as g from '../graph/index.ts'
import { distributionOf, type RealDistribution } from '../nets/index.ts'

/** Values of one shard, `[N]` each with N = T·B; `logits` is `[N, p]`, the parameters of the distribution over actions. */
export interface LossInputs {
  readonly logits: g.Value
  readonly value: g.Value
  readonly actions: ActionSpec
  /** Of real numbers; default gaussian. */
  readonly distribution?: RealDistribution
  /** int32 `[N]` or `[N, n]`, float32 `[N, n]`. */
  readonly action: g.Value
  readonly oldLogProb: g.Value
  readonly oldValue: g.Value
  /** `[N, K]` each, of K critics whose mean `value` is; absent where there is but one. */
  readonly critics?: g.Value
  readonly oldCritics?: g.Value
  /** Already normalised. */
  readonly advantage: g.Value
  readonly target: g.Value
  /** 1 where the step may train. */
  readonly weight: g.Value
  /** Scalar 1/Σ weight over the whole minibatch, so that the losses of shards just add. */
  readonly keptScale: g.Value
  /** Scalar 1/N over the whole minibatch: entropy is not masked. */
  readonly allScale: g.Value
}

export interface LossRule {
  readonly clip: number
  readonly valueClip: boolean
  readonly entropyCoefficient: number
  readonly valueCoefficient: number
}

export interface LossTerms {
  readonly total_loss: g.Value
  readonly policy_loss: g.Value
  readonly value_loss: g.Value
  readonly entropy: g.Value
  readonly approx_kl: g.Value
  readonly clip_fraction: g.Value
  readonly value_mean: g.Value
}

export const LOSS_TERMS: readonly (keyof LossTerms)[] = [
  'total_loss',
  'policy_loss',
  'value_loss',
  'entropy',
  'approx_kl',
  'clip_fraction',
  'value_mean',
]

/**
 * Clipped PPO (Schulman et al. 2017, eq. 7 and 9), scalars each:
 * `policy = −mean(min(ρÂ, clip(ρ, 1−ε, 1+ε)Â))`, `total = policy + c_V·value − c_H·entropy`.
 */
export function ppoLoss(of: LossInputs, rule: LossRule): LossTerms {
  const kept = (x: g.Value): g.Value => g.mul(sum(g.mul(of.weight, x)), of.keptScale)
  const distribution = distributionOf(of.actions, of.logits, of.distribution)
  const logRatio = g.sub(distribution.logProb(of.action), of.oldLogProb)
  const ratio = g.exp(logRatio)
  const clipped = g.clip(ratio, 1 - rule.clip, 1 + rule.clip)
  const gain = g.minimum(g.mul(ratio, of.advantage), g.mul(clipped, of.advantage))
  const policy = g.neg(kept(gain))
  const value = kept(criticsLoss(of, rule))
  const entropy = g.mul(sum(distribution.entropy()), of.allScale)
  const total = g.sub(
    g.add(policy, g.mul(value, rule.valueCoefficient)),
    g.mul(entropy, rule.entropyCoefficient),
  )
  const outside = g.lessEqual(rule.clip, g.abs(g.sub(ratio, 1)))
  return {
    total_loss: total,
    policy_loss: policy,
    value_loss: value,
    entropy,
    approx_kl: kept(g.sub(g.sub(ratio, 1), logRatio)),
    clip_fraction: kept(g.cast(outside, 'float32')),
    value_mean: g.mul(sum(of.value), of.allScale),
  }
}

/** Per-step value loss `[N]`: of several critics the mean of theirs, each clipped by what it said itself, all towards one target. */
function criticsLoss(of: LossInputs, rule: LossRule): g.Value {
  const { critics, oldCritics } = of
  if (critics === undefined || oldCritics === undefined) return valueLoss(of, rule)
  const target = g.reshape(of.target, [-1, 1])
  return g.reduceMean(valueLoss({ value: critics, oldValue: oldCritics, target }, rule), [1], false)
}

/**
 * Per-step value loss `[N]`: `½·max((V−R)², (V_old + clip(V−V_old, ±ε) − R)²)`, or Huber(1) without clipping.
 *
 * Inside the clip range both squares are one and the same, but float32 rounds `V_old + (V−V_old)` away from V;
 * choosing a branch by comparing squares would then drop gradients. So the range is tested by itself.
 */
function valueLoss(of: Pick<LossInputs, 'value' | 'oldValue' | 'target'>, rule: LossRule): g.Value {
  const error = g.sub(of.value, of.target)
  const square = g.square(error)
  if (!rule.valueClip) {
    const size = g.abs(error)
    return g.where(g.lessEqual(size, 1), g.mul(square, 0.5), g.sub(size, 0.5))
  }
  const step = g.sub(of.value, of.oldValue)
  const inside = g.lessEqual(g.abs(step), rule.clip)
  const bounded = g.add(of.oldValue, g.clip(step, -rule.clip, rule.clip))
  const larger = g.maximum(square, g.square(g.sub(bounded, of.target)))
  return g.mul(g.where(inside, square, larger), 0.5)
}

const sum = (x: g.Value): g.Value => g.reduceSum(x, [0], false)
