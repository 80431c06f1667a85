import {
  type ActionArray,
  type ActionSpec,
  actionWidth,
  allocateActions,
  boundActions,
} from '../../core/action-space.ts'
import { AgonError } from '../../core/errors.ts'
import { estimateAdvantages } from '../returns/gae.ts'
import { addRow, emptyMoments } from '../returns/running-moments.ts'
import type { Trajectory } from '../rollout/trajectory.ts'
import type { PpoOptions } from './options.ts'
import type { Running } from './running.ts'

/** What was done in the episode of one column, `[steps]`; real numbers are within their bounds. */
export function actionsOf(
  { actions, capacity }: Trajectory,
  space: ActionSpec,
  steps: number,
  column: number,
): ActionArray {
  const width = actionWidth(space)
  const done = allocateActions(space, steps)
  for (let t = 0; t < steps; t++)
    for (let i = 0; i < width; i++)
      done[t * width + i] = actions.data[(t * capacity + column) * width + i]
  boundActions(space, done, done)
  return done
}

/**
 * Writes the last step's reward of the first columns, and the advantages and targets that follow from it; nothing follows the last step.
 * @param running of what was ever paid; takes in what is paid now
 * @throws AgonError `learner/order` where an episode does not end with the last step
 */
export function payEpisodes(
  of: Trajectory,
  paid: readonly number[],
  { discount, gaeLambda, bootstrap }: PpoOptions['ppo'],
  running: Running,
): void {
  const { rewards, dones, values, advantages, targets, steps, capacity: stride } = of
  const last = (steps - 1) * stride
  for (let column = 0; column < paid.length; column++) {
    if (dones.data[last + column] !== 1)
      throw new AgonError('learner/order', `an episode does not end with its step ${steps}`)
    rewards.data[last + column] = paid[column]
  }
  const rewardScale = scaleWith(paid, running)
  const returns = {
    ...{ rewards: rewards.data, dones: dones.data, values: values.data, steps, stride },
    ...(rewardScale === undefined ? {} : { rewardScale }),
  }
  const rule = { discount, lambda: gaeLambda, bootstrap }
  estimateAdvantages(returns, rule, 0, paid.length, advantages.data, targets.data)
}

/** What is paid now counts already: all of it is known before any is learned from. */
function scaleWith(paid: readonly number[], running: Running): number | undefined {
  const returns = emptyMoments(1)
  for (const one of paid) addRow(returns, [one])
  running.add([{ observations: {}, returns }])
  return running.rewardScale()
}
