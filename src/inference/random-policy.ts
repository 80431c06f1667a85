import {
  type ActionSpec,
  actionWidth,
  allocateActions,
  choiceCounts,
  parameterWidth,
} from '../core/action-space.ts'
import { AgonError } from '../core/errors.ts'
import { normalQuantile } from '../core/normal-quantile.ts'
import type { Policy, PolicyCard } from './contract.ts'

/**
 * Chooses every allowed action alike, whatever it sees: the baseline of every table. A real number is uniform between its
 * bounds; one with a single bound lies exponentially beyond it, one without is standard normal (as Gymnasium samples).
 */
export function randomPolicy(card: PolicyCard): Policy {
  const { actions } = card
  let released = false
  return {
    card: { ...card, state: {}, decode: 'sample' },
    async act({ rows, noise, mask }) {
      if (released) throw new AgonError('onnx/released', 'the policy was released')
      const action = allocateActions(actions, rows)
      const logProb = new Float32Array(rows)
      const width = actionWidth(actions)
      const parameters = parameterWidth(actions)
      for (let row = 0; row < rows; row++) {
        const allowed = mask?.data.subarray(row * parameters, (row + 1) * parameters)
        const draw = drawing(actions, allowed)
        let sum = 0
        for (let i = 0; i < width; i++) {
          const [value, share] = draw(i, noise.data[row * width + i])
          action[row * width + i] = value
          sum += share
        }
        logProb[row] = sum
      }
      return { action, logProb, logits: new Float32Array(rows * parameters), state: {} }
    },
    async release() {
      released = true
    },
  }
}

/** A number of an action from uniform noise, and the logarithm of its probability or density. */
type Draw = (component: number, noise: number) => readonly [number, number]

function drawing(actions: ActionSpec, mask: Float32Array | undefined): Draw {
  if (actions.kind === 'box') return (i, noise) => drawReal(actions.low[i], actions.high[i], noise)
  const counts = choiceCounts(actions)
  return (i, noise) => {
    const first = counts.slice(0, i).reduce((sum, count) => sum + count, 0)
    const count = counts[i]
    if (mask === undefined) return [Math.floor(noise * count), -Math.log(count)]
    const allowed = allowedIn(mask.subarray(first, first + count))
    return [allowed[Math.floor(noise * allowed.length)], -Math.log(allowed.length)]
  }
}

function drawReal(low: number, high: number, noise: number): readonly [number, number] {
  if (Number.isFinite(low) && Number.isFinite(high)) {
    const span = high - low
    return [low + noise * span, span === 0 ? 0 : -Math.log(span)]
  }
  const beyond = -Math.log(1 - noise)
  if (Number.isFinite(low)) return [low + beyond, -beyond]
  if (Number.isFinite(high)) return [high - beyond, -beyond]
  const z = normalQuantile(noise)
  return [z, -0.5 * (z * z + Math.log(2 * Math.PI))]
}

function allowedIn(mask: Float32Array): readonly number[] {
  const allowed: number[] = []
  for (let i = 0; i < mask.length; i++) if (mask[i] !== 0) allowed.push(i)
  return allowed
}
