import { actionDType, actionShape } from '../../core/action-space.ts'
import type { TensorSpec } from '../../core/tensor.ts'
import type { EnvironmentSpec } from '../../envs/contract.ts'
import type { Network } from '../nets/index.ts'
import type { Objective, Values } from '../trainer/contract.ts'
import { LOSS_TERMS, type LossRule, ppoLoss } from './loss.ts'

/** float32 `[T·B]` each, under `batch/`. */
export const STEP_INPUTS = ['old_log_prob', 'old_value', 'advantage', 'target', 'weight'] as const

/** Values of the encoders from which a row is large: one of 64 × 64 pixels has more, a view of a maze a hundredth. */
const LARGE = 16_384

/**
 * PPO's loss over whole sequences: inputs are the observations `[T·B, …]`, the carry before step 0 `[B, …]`, and under
 * `batch/` `reset` `[T, B]`, values per step `[T·B]` and two scalars.
 */
export function ppoObjective(spec: EnvironmentSpec, network: Network, rule: LossRule): Objective {
  const { actions, distribution } = network
  const carried = Object.keys(network.state)
  return {
    layout: network.layout,
    ...(network.running === undefined ? {} : { buffers: network.running.layout }),
    terms: LOSS_TERMS,
    large: network.cost.encoderValues >= LARGE,
    inputs({ steps, columns }) {
      const count = steps * columns
      const leading = (
        specs: Readonly<Record<string, TensorSpec>>,
        axis: number,
      ): (readonly [string, TensorSpec])[] =>
        Object.entries(specs).map(([name, of]) => [name, { ...of, shape: [axis, ...of.shape] }])
      const float = (...shape: number[]): TensorSpec => ({ dtype: 'float32', shape })
      return Object.fromEntries([
        ...leading(spec.observations, count).map(
          ([name, of]) => [network.inputs[name], of] as const,
        ),
        ...leading(network.state, columns),
        ['batch/reset', float(steps, columns)],
        ['batch/action', { dtype: actionDType(actions), shape: [count, ...actionShape(actions)] }],
        ...STEP_INPUTS.map((name) => [`batch/${name}`, float(count)] as const),
        ...(network.critics > 1
          ? [['batch/old_critics', float(count, network.critics)] as const]
          : []),
        ['batch/kept_scale', float()],
        ['batch/all_scale', float()],
      ])
    },
    build({ parameters, buffers, batch }) {
      const observed: Values = Object.fromEntries(
        Object.entries(network.inputs).map(([name, input]) => [name, batch[input]]),
      )
      const played = network.sequence(
        { ...parameters, ...buffers },
        observed,
        Object.fromEntries(carried.map((name) => [name, batch[name]])),
        batch['batch/reset'],
      )
      const terms = ppoLoss(
        {
          ...played,
          actions,
          ...(distribution === undefined ? {} : { distribution }),
          action: batch['batch/action'],
          oldLogProb: batch['batch/old_log_prob'],
          oldValue: batch['batch/old_value'],
          oldCritics: batch['batch/old_critics'],
          advantage: batch['batch/advantage'],
          target: batch['batch/target'],
          weight: batch['batch/weight'],
          keptScale: batch['batch/kept_scale'],
          allScale: batch['batch/all_scale'],
        },
        rule,
      )
      return { terms: terms as unknown as Values }
    },
  }
}
