import { afterEach, describe, expect, it } from 'vitest'
import type { Learner } from '../trainer/contract.ts'
import { packedBatch, packRows } from './packing.ts'
import { startCausalLearner } from './start-causal-learner.ts'

const shape = { vocabulary: 8, context: 8, layers: 1, width: 16, heads: 2 }
const TEXTS = [1, 2, 3, 4].map((one) => ({ prompt: [one, 5], answer: [(one * 2) % 5, 6] }))
const berths = packRows(TEXTS, shape.context)
const batch = packedBatch(TEXTS, berths, {
  ...{ first: 0, rows: 2, context: shape.context, promptWeight: 0 },
})

const open: Learner[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

async function start(threads: number): Promise<Learner> {
  const made = await startCausalLearner({
    options: { shape, learningRate: 0.02, maxGradNorm: 1 },
    name: 'lm',
    seed: 1,
    shards: 2,
    threads,
  })
  open.push(made)
  return made
}

describe('the learner of a causal language model', () => {
  it('learns answers by heart, with the same bits on one thread and on two', async () => {
    const [alone, shared] = await Promise.all([start(1), start(2)])
    const first = await alone.update(batch)
    expect(await shared.update(batch)).toEqual(first)
    // About ln 8 before anything is learnt.
    expect(first.loss).toBeGreaterThan(1.5)
    let last = first
    for (let i = 0; i < 60; i++) last = await alone.update(batch)
    expect(last.loss).toBeLessThan(0.05)
  })

  it('takes another rate for one update', async () => {
    const [still, moved] = await Promise.all([start(1), start(1)])
    const before = still.tensors()
    await still.update(batch, { learningRate: 0 })
    expect(still.tensors()).toEqual(before)
    await moved.update(batch)
    expect(moved.tensors()).not.toEqual(before)
  })

  it('goes on from weights', async () => {
    const one = await start(1)
    await one.update(batch)
    const other = await startCausalLearner({
      options: { shape, learningRate: 0.02, maxGradNorm: 1 },
      name: 'lm',
      seed: 2,
      shards: 2,
      threads: 1,
      weights: one.tensors(),
    })
    open.push(other)
    expect(other.tensors()).toEqual(one.tensors())
  })
})
