import { expect, it } from 'vitest'
import { tensor } from '../core/tensor.ts'
import { course } from './fixtures/course.ts'
import { maskedPolicy } from './fixtures/masked-policy.ts'
import { openPolicy } from './policy.ts'
import { shardedPolicy } from './sharded-policy.ts'

function batchOf(rows: number, step: number) {
  const fill = (count: number, of: (i: number) => number) =>
    Float32Array.from({ length: count }, (_, i) => of(i))
  return {
    observations: {
      seen: tensor(
        'float32',
        [rows, 1],
        fill(rows, (i) => i - step),
      ),
    },
    noise: tensor('float32', [rows]),
    mask: tensor(
      'float32',
      [rows, 3],
      fill(3 * rows, (i) => (i % 4 === 2 ? 0 : 1)),
    ),
  }
}

it.each([1, 2, 3, 7])(
  '%i shards give the rows of one policy, and hand states on',
  async (count) => {
    const file = maskedPolicy()
    const alone = await openPolicy(file)
    const parts = await Promise.all(Array.from({ length: count }, () => openPolicy(file)))
    const shards = shardedPolicy(parts)
    expect(shards.card).toBe(file.card)
    expect(await course(shards, batchOf)).toEqual(await course(alone, batchOf))
    await shards.release()
    await expect(course(parts[count - 1], batchOf)).rejects.toMatchObject({ code: 'onnx/released' })
    await alone.release()
  },
)

it('needs a policy', () => {
  expect(() => shardedPolicy([])).toThrow('there is no policy to share rows')
})
