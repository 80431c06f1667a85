import { expect, it } from 'vitest'
import { type Tensor, tensor } from '../core/tensor.ts'
import { maskedPolicy } from './fixtures/masked-policy.ts'
import { openPolicy, zeroState } from './policy.ts'
import { shardedPolicy } from './sharded-policy.ts'

it.each([1, 2, 3, 7])(
  '%i shards give the rows of one policy, and hand states on',
  async (count) => {
    const file = maskedPolicy()
    const alone = await openPolicy(file)
    const shards = shardedPolicy(
      await Promise.all(Array.from({ length: count }, () => openPolicy(file))),
    )
    expect(shards.card).toBe(file.card)
    for (const rows of [5, 1]) {
      let states: readonly Readonly<Record<string, Tensor>>[] = [
        zeroState(file.card, rows),
        zeroState(file.card, rows),
      ]
      for (let step = 0; step < 3; step++) {
        const batch = {
          rows,
          observations: {
            seen: tensor(
              'float32',
              [rows, 1],
              Float32Array.from({ length: rows }, (_, i) => i - step),
            ),
          },
          noise: tensor('float32', [rows]),
          mask: tensor(
            'float32',
            [rows, 3],
            Float32Array.from({ length: 3 * rows }, (_, i) => (i % 4 === 2 ? 0 : 1)),
          ),
        }
        const a = await alone.act({ ...batch, state: states[0] })
        const b = await shards.act({ ...batch, state: states[1] })
        expect([...b.action]).toEqual([...a.action])
        expect([...b.logits]).toEqual([...a.logits])
        expect([...b.logProb]).toEqual([...a.logProb])
        expect(b.value).toBeUndefined()
        expect([...b.state.steps.data]).toEqual(new Array(rows).fill(step + 1))
        states = [a.state, b.state]
      }
    }
    await Promise.all([alone.release(), shards.release()])
  },
)

it('needs a policy', () => {
  expect(() => shardedPolicy([])).toThrow('there is no policy to share rows')
})
