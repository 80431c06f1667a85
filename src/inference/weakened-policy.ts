import { actionWidth, allocateActions, choiceCounts, parameterWidth } from '../core/action-space.ts'
import { AgonError } from '../core/errors.ts'
import { type Tensor, tensor } from '../core/tensor.ts'
import type { ActBatch, ActResult, Policy, Weakness } from './contract.ts'
import { decodeParameters } from './decode-parameters.ts'

/** Below this a logit says that a choice is forbidden. */
const FORBIDDEN = -1e9

/**
 * The policy, weakened. One number of noise decides both whether chance acts and what is drawn, so the noise of a row is as
 * many numbers as ever. What is allowed is what the mask says, else whatever has a logit that is not very low.
 * @throws AgonError `policy/actions` for actions that are real numbers
 */
export function weakenedPolicy(policy: Policy, { temperature, epsilon = 0 }: Weakness): Policy {
  const { card } = policy
  const { actions } = card
  const counts = choiceCounts(actions)
  if (counts.length === 0)
    throw new AgonError('policy/actions', 'actions that are real numbers are not weakened', {
      remedy: 'leave out temperature and epsilon',
    })
  const width = actionWidth(actions)
  const decoded = { actions, decode: temperature === undefined ? card.decode : 'sample' } as const
  let own: Own | undefined
  return {
    card: { ...card, decode: 'sample' },
    ...(policy.device === undefined ? {} : { device: policy.device }),
    async act(batch) {
      const { rows } = batch
      if (own?.rows !== rows) own = ownOf(actions, rows, batch.noise.shape)
      const { chance, noise, scaled, action, logProb } = own
      splitNoise(batch.noise.data, epsilon, width, chance, noise.data)
      const result = await policy.act({ ...batch, noise })
      if (temperature === undefined) {
        action.set(result.action)
        logProb.set(result.logProb)
      } else {
        for (let i = 0; i < scaled.length; i++) scaled[i] = result.logits[i] / temperature
        decodeParameters(decoded, scaled, noise.data, action, logProb)
      }
      if (epsilon > 0) actByChance(counts, own, batch, result.logits)
      return { ...result, action, logProb }
    },
    release: () => policy.release(),
  }
}

/** What a weakened policy keeps for batches of so many rows. */
interface Own extends Pick<ActResult, 'action' | 'logProb'> {
  readonly rows: number
  /** By row: 1 where chance acts. */
  readonly chance: Uint8Array
  /** Uniform again, whoever acts. */
  readonly noise: Tensor<'float32'>
  readonly scaled: Float32Array
}

const ownOf = (
  actions: Policy['card']['actions'],
  rows: number,
  noise: readonly number[],
): Own => ({
  rows,
  chance: new Uint8Array(rows),
  noise: tensor('float32', noise),
  scaled: new Float32Array(rows * parameterWidth(actions)),
  action: allocateActions(actions, rows),
  logProb: new Float32Array(rows),
})

/** The first number of a row below `epsilon` gives it to chance; stretched to [0, 1) it is uniform again on either side. */
function splitNoise(
  given: Float32Array,
  epsilon: number,
  width: number,
  chance: Uint8Array,
  into: Float32Array,
): void {
  into.set(given)
  for (let row = 0; row < chance.length; row++) {
    const first = given[row * width]
    chance[row] = first < epsilon ? 1 : 0
    const stretched = first < epsilon ? first / epsilon : (first - epsilon) / (1 - epsilon)
    // Rounded to float32 it must stay below 1.
    into[row * width] = Math.min(stretched, BELOW_ONE)
  }
}

const BELOW_ONE = 1 - 2 ** -24

function actByChance(
  counts: readonly number[],
  { chance, noise, action, logProb }: Own,
  { mask }: ActBatch,
  logits: Float32Array,
): void {
  const choices = counts.reduce((sum, count) => sum + count, 0)
  for (let row = 0; row < chance.length; row++) {
    if (chance[row] === 0) continue
    let from = row * choices
    logProb[row] = 0
    for (let i = 0; i < counts.length; i++) {
      const allowed = (j: number): boolean =>
        mask === undefined ? logits[from + j] > FORBIDDEN : mask.data[from + j] !== 0
      let count = 0
      for (let j = 0; j < counts[i]; j++) if (allowed(j)) count++
      let left = Math.floor(noise.data[row * counts.length + i] * count)
      let chosen = 0
      for (let j = 0; j < counts[i]; j++)
        if (allowed(j) && left-- === 0) {
          chosen = j
          break
        }
      action[row * counts.length + i] = chosen
      logProb[row] -= Math.log(count)
      from += counts[i]
    }
  }
}
