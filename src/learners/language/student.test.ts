import { afterEach, describe, expect, it } from 'vitest'
import { utf8 } from '../../core/bytes.ts'
import { slotId, taskId } from '../../core/ids.ts'
import { builtUrl } from '../../core/module.ts'
import { specWithoutSteps } from '../../envs/steppable.ts'
import type { Student, StudentContext, TaskBatch } from '../contract.ts'
import { student as definition } from './index.ts'
import { learningRateAt } from './learning-rate.ts'

const options = definition.options.parse({
  network: { layers: 1, width: 16, heads: 2, context: 24 },
  ...{ rows: 4, tasks: 4, learningRate: 0.02, warmup: 5 },
})
const LESSONS = ['a 1', 'b 2', 'c 3', 'd 4'].map((pair) => pair.split(' '))
const level = ([prompt, answer]: readonly string[]) => utf8(JSON.stringify({ prompt, answer }))
const batch = (cycle: number, trained = 4): TaskBatch => ({
  ...{ cycle, slot: slotId('agent'), autoReset: 'same-level', probes: [] },
  tasks: LESSONS.map((lesson, i) => ({
    ...{
      id: taskId(cycle, slotId('agent'), i),
      level: level(lesson),
      seed: i,
      train: i < trained,
      repeat: 0,
    },
    lineage: { parents: [], operator: 'generate', generation: 0 },
  })),
})
const sealed = LESSONS.map((lesson, i) => ({ levelName: `l${i}`, level: level(lesson), seed: i }))

const open: Student[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

async function make(workers = 1): Promise<Student> {
  const context: StudentContext = {
    ...{ slot: slotId('agent'), seed: 3, workers, training: {} },
    environment: { module: builtUrl(import.meta.url, '../../envs/lessons/index.js'), options: {} },
    spec: specWithoutSteps({ id: 'lessons', profile: 'text', seat: 'pupil' }),
  }
  const made = await definition.create(options, context)
  open.push(made)
  return made
}

async function cycles(of: Student, from: number, to: number): Promise<readonly unknown[]> {
  const rows: unknown[] = []
  for (let cycle = from; cycle < to; cycle++) {
    const { outcomes, metrics } = await of.attempt(batch(cycle))
    rows.push(outcomes, metrics, (await of.learn()).metrics)
  }
  return rows
}

describe('a student that is a language model', () => {
  it('learns what it attempts, and tells right answers from wrong ones', async () => {
    const one = await make()
    const before = await one.attempt(batch(0))
    expect(before.outcomes.map(({ episodes }) => episodes[0].return)).toEqual([0, 0, 0, 0])
    await cycles(one, 1, 60)
    const { outcomes, metrics } = await one.attempt(batch(60))
    expect(outcomes.every(({ episodes }) => episodes[0].solved)).toBe(true)
    expect(metrics.exact_rate).toBe(1)
    expect(await one.measure!(sealed)).toEqual(sealed.map(() => ({ return: 1, length: 1 })))
  })

  it('goes on from a snapshot to the same bits, on any number of threads', async () => {
    const [one, other] = [await make(1), await make(2)]
    await cycles(one, 0, 3)
    const cut = await one.snapshot()
    await other.restore(cut)
    expect(await cycles(other, 3, 5)).toEqual(await cycles(one, 3, 5))
    expect(await other.snapshot()).toEqual(await one.snapshot())
    await expect(other.restore({ ...cut, kind: 'ppo' })).rejects.toMatchObject({
      code: 'snapshot/foreign',
    })
  })

  it('learns nothing where nothing is to be learnt from, and refuses what is too long', async () => {
    const one = await make()
    await one.attempt(batch(0, 0))
    expect((await one.learn()).gradientUpdates).toBe(0)
    const [task] = batch(1).tasks
    const long = { ...task, level: level(['x'.repeat(30), 'y']) }
    await expect(one.attempt({ ...batch(1), tasks: [long] })).rejects.toMatchObject({
      code: 'level/context',
    })
  })
})

it('raises the rate and lowers it again', () => {
  const at = (step: number) => learningRateAt({ learningRate: 1, warmup: 10, decay: 110 }, step)
  expect([1, 5, 10, 60, 110, 500].map(at)).toEqual(
    [0.1, 0.5, 1, 0.55, 0.1, 0.1].map((x) => expect.closeTo(x, 6)),
  )
  expect(learningRateAt({ learningRate: 1, warmup: 1, decay: 0 }, 9999)).toBe(1)
})
