import { describe, expect, it } from 'vitest'
import { stream } from '../core/random.ts'
import { tensor } from '../core/tensor.ts'
import type { ActBatch, Policy, PolicyCard } from './contract.ts'
import { weakenedPolicy } from './weakened-policy.ts'

const CARD: PolicyCard = {
  format: 1,
  agon: '0',
  environment: { id: 'toy', profile: 'plain' },
  observations: { seen: { dtype: 'float32', shape: [1] } },
  actions: { kind: 'discrete', count: 4 },
  ...{ state: {}, decode: 'argmax', normalisation: {}, training: {} },
}
/** The last choice is forbidden, as masked logits say it. */
const LOGITS = [2, 1, 0, -1e10]
const ROWS = 20_000

const best = (card: PolicyCard = CARD): Policy => ({
  card,
  act: async ({ rows }) => ({
    action: new Int32Array(rows),
    logProb: new Float32Array(rows),
    logits: Float32Array.from({ length: 4 * rows }, (_, i) => LOGITS[i % 4]),
    state: {},
  }),
  release: async () => {},
})

function batch(mask?: readonly number[]): ActBatch {
  const random = stream('weakened')
  const noise = Float32Array.from({ length: ROWS }, () => random.uniform())
  return {
    rows: ROWS,
    ...{ observations: {}, state: {}, noise: tensor('float32', [ROWS], noise) },
    ...(mask === undefined
      ? {}
      : {
          mask: tensor(
            'float32',
            [ROWS, 4],
            Float32Array.from({ length: 4 * ROWS }, (_, i) => mask[i % 4]),
          ),
        }),
  }
}

async function shares(policy: Policy, of: ActBatch = batch()): Promise<readonly number[]> {
  const { action } = await policy.act(of)
  return [0, 1, 2, 3].map((choice) => action.filter((one) => one === choice).length / ROWS)
}

/** Three standard errors of a share of so many rows, at the most. */
const NEAR = 1.5 / Math.sqrt(ROWS)
function expectNear(found: readonly number[], wanted: readonly number[]): void {
  for (const [i, share] of wanted.entries()) expect(Math.abs(found[i] - share)).toBeLessThan(NEAR)
  expect(found[3]).toBe(0)
}

describe('weakenedPolicy', () => {
  it('draws from logits divided by the temperature, whatever the card decodes by', async () => {
    const of = (temperature: number) => {
      const weights = LOGITS.map((logit) => Math.exp(logit / temperature))
      const sum = weights.reduce((a, b) => a + b)
      return weights.map((weight) => weight / sum)
    }
    for (const temperature of [0.5, 1, 4])
      expectNear(await shares(weakenedPolicy(best(), { temperature })), of(temperature))
  })

  it('gives a share of its actions to chance, among those that are allowed', async () => {
    const third = 0.3 / 3
    expectNear(await shares(weakenedPolicy(best(), { epsilon: 0.3 })), [0.7 + third, third, third])
    expectNear(await shares(weakenedPolicy(best(), { epsilon: 0 })), [1, 0, 0])
    const masked = weakenedPolicy(best({ ...CARD, mask: true }), { epsilon: 1 })
    expectNear(await shares(masked, batch([1, 0, 1, 0])), [0.5, 0, 0.5])
  })

  it('is a function of the noise, and refuses real numbers', async () => {
    const both = { temperature: 2, epsilon: 0.2 }
    const again = [
      await shares(weakenedPolicy(best(), both)),
      await shares(weakenedPolicy(best(), both)),
    ]
    expect(again[0]).toEqual(again[1])
    const box = { kind: 'box', shape: [1], low: [-1], high: [1] } as const
    expect(() => weakenedPolicy(best({ ...CARD, actions: box }), both)).toThrow(
      'actions that are real numbers are not weakened',
    )
  })
})
