import { type ActionSpec, actionWidth, parameterWidth } from '../../core/action-space.ts'
import * as g from '../graph/index.ts'
import type { RealDistribution } from './action-distribution.ts'
import type { Parameters } from './encoders.ts'
import { type Init, ZEROS } from './init.ts'
import type { SegmentSpec } from './segments.ts'

/** What stands on the core: the actor's head and the critic's, each of two layers. */

interface HeadOptions {
  readonly hidden: number
  readonly headHidden: number
  readonly activation: 'tanh' | 'relu'
}

interface ActedOn {
  readonly actions: ActionSpec
  readonly distribution?: RealDistribution
  /** The observation that says what may be chosen. */
  readonly mask?: string
}

const DEVIATIONS = 'actor/log_std'

/**
 * Added to the logits of forbidden actions: far below any that a network gives, and finite, so that an action of probability 0
 * has no part in entropy or gradient instead of breaking them.
 */
const FORBIDDEN = -1e9

/** Of the actor's last layer: the logits of every choice, or of real numbers the means, or what every α and β is made of. */
export const actorOutputs = ({ actions, distribution }: ActedOn): number =>
  actions.kind === 'box' && distribution !== 'beta' ? actionWidth(actions) : parameterWidth(actions)

/** The logarithms of the deviations are parameters of their own, the same in every state; they start at deviations of 1. */
export function deviationSegments({ actions, distribution }: ActedOn): SegmentSpec[] {
  if (actions.kind !== 'box' || distribution === 'beta') return []
  return [{ name: DEVIATIONS, shape: [actionWidth(actions)], init: ZEROS }]
}

export function parametersOf(
  { actions, distribution, mask }: ActedOn,
  p: Parameters,
  output: g.Value,
  observations: Readonly<Record<string, g.Value>>,
): g.Value {
  if (actions.kind !== 'box') return allowed(output, mask, observations)
  // From 1, so that no density grows without end at a bound.
  if (distribution === 'beta') return g.add(g.softplus(output), 1)
  return g.concat([output, g.add(g.mul(output, 0), p[DEVIATIONS])], 1)
}

/** Logits `[N, A]` with those of forbidden actions out of reach; of an allowed one not a bit changes. */
function allowed(
  logits: g.Value,
  mask: string | undefined,
  observations: Readonly<Record<string, g.Value>>,
): g.Value {
  if (mask === undefined) return logits
  return g.add(logits, g.mul(g.sub(1, observations[mask]), FORBIDDEN))
}

export function headSegments(
  name: string,
  { hidden, headHidden }: HeadOptions,
  init: Init,
  lastInit: Init,
  outputs: number,
): SegmentSpec[] {
  return [
    { name: `${name}/hidden/w`, shape: [hidden, headHidden], init },
    { name: `${name}/hidden/b`, shape: [headHidden], init: ZEROS },
    { name: `${name}/out/w`, shape: [headHidden, outputs], init: lastInit },
    { name: `${name}/out/b`, shape: [outputs], init: ZEROS },
  ]
}

export function head(
  name: string,
  p: Parameters,
  y: g.Value,
  { activation }: HeadOptions,
): g.Value {
  const activate = activation === 'tanh' ? g.tanh : g.relu
  const hidden = activate(g.dense(y, p[`${name}/hidden/w`], p[`${name}/hidden/b`]))
  return g.dense(hidden, p[`${name}/out/w`], p[`${name}/out/b`])
}
