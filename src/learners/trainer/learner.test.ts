import { afterEach, describe, expect, it } from 'vitest'
import { stream } from '../../core/random.ts'
import { type NamedTensors, tensor } from '../../core/tensor.ts'
import type { Learner } from './contract.ts'
import { startLearner } from './learner.ts'

const MODULE = new URL('../fixtures/linear-learner.mjs', import.meta.url).href
const [STEPS, COLUMNS, WIDTH] = [4, 6, 3]
const TRUTH = [0.5, -1, 2]

const learners: Learner[] = []
afterEach(async () => {
  await Promise.all(learners.splice(0).map((one) => one.close()))
})

async function start(options: unknown = {}, threads = 1, shards = 2): Promise<Learner> {
  const made = await startLearner({
    module: MODULE,
    options,
    name: 'line',
    seed: 3,
    shards,
    threads,
  })
  learners.push(made)
  return made
}

/** y = gain·(x·truth + 1), inputs around 5. */
function batchOf(seed: number, pull = 0): NamedTensors {
  const random = stream('linear', seed)
  const x = tensor('float32', [STEPS, COLUMNS, WIDTH])
  const y = tensor('float32', [STEPS, COLUMNS])
  const gain = tensor('float32', [COLUMNS])
  for (let i = 0; i < x.data.length; i++) x.data[i] = 5 + random.normal()
  for (let column = 0; column < COLUMNS; column++) gain.data[column] = 1 + (column % 2)
  for (let row = 0; row < STEPS * COLUMNS; row++) {
    const line = TRUTH.reduce((sum, weight, i) => sum + weight * x.data[row * WIDTH + i], 1)
    y.data[row] = line * gain.data[row % COLUMNS]
  }
  return { x, y, gain, pull: tensor('float32', [], Float32Array.of(pull)) }
}

async function learn(one: Learner, from: number, to: number): Promise<readonly unknown[]> {
  const rows = []
  for (let seed = from; seed < to; seed++) rows.push(await one.update(batchOf(seed, 0.01)))
  return rows
}

describe('a learner over batches', () => {
  it('finds what made them', async () => {
    const one = await start()
    const first = await one.update(batchOf(999))
    for (let seed = 0; seed < 300; seed++) await one.update(batchOf(seed))
    const last = await one.update(batchOf(999))
    // What is left is the jitter of the running mean.
    expect(last.error).toBeLessThan(first.error / 100)
    const found = one.tensors()['line/w'].data
    TRUTH.forEach((weight, i) => {
      expect(found[i]).toBeCloseTo(weight, 1)
    })
  })

  it('has the same bits on one thread and on two', async () => {
    const [alone, shared] = [await start({}, 1), await start({}, 2)]
    expect(await learn(alone, 0, 5)).toEqual(await learn(shared, 0, 5))
    expect(alone.tensors()).toEqual(shared.tensors())
  })

  it('moves its buffers as the batches say, after each step', async () => {
    const one = await start({ follow: 0.25 })
    const mean = new Float64Array(WIDTH)
    const target = new Float64Array(WIDTH)
    for (let seed = 0; seed < 3; seed++) {
      const batch = batchOf(seed)
      await one.update(batch)
      const weights = one.tensors()['line/w'].data as Float32Array
      for (let i = 0; i < WIDTH; i++) {
        const values = (batch.x.data as Float32Array).filter((_, at) => at % WIDTH === i)
        const average = values.reduce((sum, value) => sum + value, 0) / values.length
        mean[i] += 0.5 * (average - mean[i])
        target[i] += 0.25 * (weights[i] - target[i])
      }
    }
    const kept = one.tensors()
    for (let i = 0; i < WIDTH; i++) {
      expect(kept.mean.data[i]).toBeCloseTo(mean[i], 4)
      expect(kept.target.data[i]).toBeCloseTo(target[i], 6)
    }
  })

  it('freezes the groups that are given rate 0', async () => {
    const one = await start({ groups: { line: 0 } })
    const before = one.tensors()
    await learn(one, 0, 3)
    const after = one.tensors()
    expect(after['line/w']).toEqual(before['line/w'])
    expect(after['bias/b']).not.toEqual(before['bias/b'])
  })

  it('goes on from a snapshot to the same bits, buffers and moments with it', async () => {
    const one = await start()
    await learn(one, 0, 3)
    const cut = await one.snapshot()
    const rows = await learn(one, 3, 6)
    const other = await start()
    await other.restore(cut)
    expect(await learn(other, 3, 6)).toEqual(rows)
    expect(other.tensors()).toEqual(one.tensors())
    await expect(other.restore({ ...cut, kind: 'ppo' })).rejects.toMatchObject({
      code: 'snapshot/foreign',
    })
  })

  it.each([
    ['a tensor is missing', ({ y: _, ...rest }: NamedTensors) => rest, /'y' .*found nothing/],
    [
      'another dtype comes',
      (all: NamedTensors) => ({ ...all, y: tensor('int32', [STEPS, COLUMNS]) }),
      /'y' should be float32\[4, 6\], found int32/,
    ],
    [
      'columns disagree',
      (all: NamedTensors) => ({ ...all, gain: tensor('float32', [COLUMNS + 1]) }),
      /'gain' should be float32\[6\], found float32\[7\]/,
    ],
    [
      'something is unknown',
      (all: NamedTensors) => ({ ...all, z: tensor('float32', []) }),
      /has 'z'/,
    ],
  ])('refuses a batch by name where %s', async (_, change, message) => {
    const one = await start()
    await expect(one.update(change(batchOf(0)))).rejects.toMatchObject({
      code: 'learner/batch',
      message: expect.stringMatching(message),
    })
  })

  it('changes nothing where numbers break', async () => {
    const one = await start()
    await learn(one, 0, 2)
    const before = one.tensors()
    const batch = batchOf(2)
    batch.y.data[0] = Number.NaN
    await expect(one.update(batch)).rejects.toMatchObject({ code: 'learner/not-finite' })
    expect(one.tensors()).toEqual(before)
  })
})
