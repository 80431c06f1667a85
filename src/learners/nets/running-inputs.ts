import { AgonError } from '../../core/errors.ts'
import type { TensorSpec } from '../../core/tensor.ts'
import * as g from '../graph/index.ts'
import type { Parameters } from './encoders.ts'
import { ZEROS } from './init.ts'
import { type Layout, layoutOf } from './segments.ts'

/** Normalised observations are cut at ±10 deviations (CleanRL). */
export const INPUT_CLIP = 10

/** Observations that a network normalises itself, by statistics that no gradient moves. */
export interface RunningInputs {
  /** Their names, in the order of the environment. */
  readonly observations: readonly string[]
  /** For each observation in turn its mean and its scale (1/deviation), `[…shape]`. */
  readonly layout: Layout
  /** `clip((x − mean) · scale, ±10)`, element by element; other observations as they are. `x` is `[N, …shape]`. */
  apply(p: Parameters, observation: string, x: g.Value): g.Value
}

/**
 * All observations of float32 but the action mask.
 * @param inputs what graphs call observations
 * @throws AgonError `network/observation` where there is none, or where one has a divisor of its own
 */
export function runningInputs(
  specs: Readonly<Record<string, TensorSpec>>,
  inputs: Readonly<Record<string, string>>,
  mask: string | undefined,
  scale: Readonly<Record<string, number>>,
): RunningInputs {
  const chosen = Object.entries(specs).filter(
    ([name, { dtype }]) => dtype === 'float32' && name !== mask,
  )
  if (chosen.length === 0)
    throw refused(
      `normalise.observations is running, and no observation is float32: ${Object.entries(specs)
        .map(([name, { dtype }]) => `'${name}' is ${dtype}`)
        .join(', ')}`,
      'leave it out: bytes are divided by their bound already (network.scale)',
    )
  const divided = chosen.find(([name]) => Object.hasOwn(scale, name))
  if (divided !== undefined)
    throw refused(
      `'${divided[0]}' is normalised by running statistics and divided by network.scale`,
      'choose one of the two',
    )
  const named = new Map(
    chosen.map(([name]) => [
      name,
      {
        mean: `observation/${inputs[name]}/mean`,
        scale: `observation/${inputs[name]}/scale`,
      },
    ]),
  )
  return {
    observations: chosen.map(([name]) => name),
    layout: layoutOf(
      chosen.flatMap(([name, { shape }]) => [
        { name: `observation/${inputs[name]}/mean`, shape, init: ZEROS },
        {
          name: `observation/${inputs[name]}/scale`,
          shape,
          init: { kind: 'constant', value: 1 } as const,
        },
      ]),
    ),
    apply(p, observation, x) {
      const names = named.get(observation)
      if (names === undefined) return x
      const unit = g.mul(g.sub(x, p[names.mean]), p[names.scale])
      return g.clip(unit, -INPUT_CLIP, INPUT_CLIP)
    },
  }
}

const refused = (message: string, remedy: string): AgonError =>
  new AgonError('network/observation', message, { remedy, place: 'normalise.observations' })
