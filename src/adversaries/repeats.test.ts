import { describe, expect, it } from 'vitest'
import { fromUtf8 } from '../core/bytes.ts'
import { stream } from '../core/random.ts'
import { adversary as accel } from './accel.ts'
import { adversary as parallelPlr } from './parallel-plr.ts'
import { adversary as plr } from './plr.ts'
import { adversary as robustPlr } from './robust-plr.ts'
import { adversary as samplr } from './samplr.ts'
import { attempt } from './testing/fake-student.ts'
import { AGENT, anyOptions, countsOf, make, play, SMALL } from './testing/play.ts'

const REPEATS = { ...SMALL, repeats: 3 }

describe.each([
  ['plr', anyOptions(plr), 1],
  ['robust-plr', anyOptions(robustPlr), 1],
  ['parallel-plr', anyOptions(parallelPlr), 2],
  ['accel', anyOptions(accel), 1],
  ['samplr', anyOptions(samplr), 1],
] as const)('%s with repeats', (_, definition, blocks) => {
  it('has every level attempted so often, each time by a task of its own', () => {
    expect(definition.tasksPerCycle(definition.options.parse(REPEATS), 6)).toBe(18 * blocks)
    const { played } = play(make(definition, REPEATS), 30)
    for (const { batches, metrics } of played) {
      const { tasks } = batches[0]
      expect(tasks).toHaveLength(18 * blocks)
      expect(new Set(tasks.map(({ seed }) => seed)).size).toBe(tasks.length)
      for (let first = 0; first < tasks.length; first += 3) {
        const three = tasks.slice(first, first + 3)
        expect(three.map(({ repeat }) => repeat)).toEqual([0, 1, 2])
        expect(new Set(three.map(({ id }) => id)).size).toBe(1)
        expect(new Set(three.map(({ level }) => fromUtf8(level))).size).toBe(1)
      }
      expect(metrics.buffer_size).toBeLessThanOrEqual(24)
    }
  })

  it('keeps the config of a run without them as it was', () => {
    expect(definition.options.parse({})).not.toHaveProperty('repeats')
  })
})

it('scores a level by the finished episodes of all its attempts', () => {
  const adversary = make(plr, { ...REPEATS, score: 'return' })
  const random = (...purpose: readonly (string | number)[]) => stream(1, ...purpose)
  const request = { cycle: 0, counts: countsOf(AGENT, 1), random }
  const { record, batches = [] } = adversary.propose(adversary.init(), request)
  const [template] = attempt(batches[0]).flatMap(({ episodes }) => episodes)
  const returns = [[0.5, 0.1], [], [0.9]]
  const outcomes = batches[0].tasks.map(({ id, repeat }) => ({
    ...{ task: id, slot: AGENT[0], repeat, artefacts: {}, measuredBy: 'test' },
    episodes: [
      ...returns[repeat].map((value) => ({ ...template, finished: true, return: value })),
      { ...template, finished: false, return: 100 },
    ],
  }))
  adversary.observe(record, { cycle: 0, outcomes, random })
  const { scores, maxReturns, size } = record.archives.all
  expect(size).toBe(1)
  expect(scores[0]).toBeCloseTo((0.5 + 0.1 + 0.9) / 3, 12)
  expect(maxReturns[0]).toBeCloseTo(0.9, 12)
})
