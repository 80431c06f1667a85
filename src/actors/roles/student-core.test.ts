import { describe, expect, it } from 'vitest'
import { slotId, taskId } from '../../core/ids.ts'
import type { AttemptReport, StatisticName, TaskBatch } from '../../learners/contract.ts'
import { checkLearned, checkReport } from './student-core.ts'

const slot = slotId('agent')
const id = taskId(2, slot, 0)
const batch = { cycle: 2, slot, tasks: [0, 1].map((repeat) => ({ id, repeat })) }
const report = (...repeats: number[]) => ({
  outcomes: repeats.map((repeat) => ({
    ...{ task: id, slot, repeat },
    ...{ episodes: [], artefacts: {}, measuredBy: 'student/agent' },
  })),
  envSteps: 0,
  metrics: {},
  timings: {},
})
const check = (...repeats: number[]) =>
  checkReport(batch as unknown as TaskBatch, report(...repeats) as AttemptReport, [])

it('takes a report in any order, and names the first task without an outcome', () => {
  expect(check(1, 0).outcomes).toHaveLength(2)
  expect(() => check(0)).toThrow(
    "the student in slot 'agent' reported no outcome of task 2.agent.0 (repeat 1), and 1 of 2 in all in cycle 2",
  )
})

describe('checkReport', () => {
  it.each([
    ['none', [], 'student/outcomes'],
    ['one twice', [0, 0, 1], 'student/outcomes'],
    ['one of another task', [0, 1, 2], 'protocol/outcome'],
  ])('refuses %s', (_, repeats, code) => {
    expect(() => check(...repeats)).toThrow(expect.objectContaining({ code }))
  })

  it('holds a student to the statistics that it offers, in finished episodes', () => {
    const played = (finished: boolean) => ({
      ...report(0, 1),
      outcomes: report(0, 1).outcomes.map((outcome) => ({
        ...outcome,
        episodes: [{ episode: 0, finished, return: 1 }],
      })),
    })
    const held = (finished: boolean, offers: readonly StatisticName[]) =>
      checkReport(batch as unknown as TaskBatch, played(finished) as never, offers)
    held(true, ['return'])
    held(false, ['value0'])
    expect(() => held(true, ['return', 'value0'])).toThrow(
      expect.objectContaining({ code: 'student/statistics' }),
    )
  })

  it.each(['a b', 'x\n', '<b>', '../x', '__proto__', 'é', 'x'.repeat(101)])(
    'refuses metrics named %j',
    (name) => {
      const named = { ...report(0, 1), metrics: { fine: 1, [name]: 1 } }
      if (name === '__proto__')
        Object.defineProperty(named.metrics, name, { value: 1, enumerable: true })
      expect(() => checkReport(batch as never, named as never, [])).toThrow(
        expect.objectContaining({ code: 'metrics/name' }),
      )
    },
  )

  it('refuses metrics without number', () => {
    const metrics = Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`m${i}`, 1]))
    expect(() => checkReport(batch as never, { ...report(0, 1), metrics } as never, [])).toThrow(
      expect.objectContaining({ code: 'metrics/count' }),
    )
  })
})

describe('checkLearned', () => {
  const learned = (train: boolean, gradientUpdates: number) =>
    checkLearned({ ...batch, tasks: [{ id, repeat: 0, train }] } as never, {
      gradientUpdates,
      metrics: {},
      timings: {},
    })

  it('takes one update of what may be learnt from, or none', () => {
    learned(true, 0)
    learned(true, 1)
    learned(false, 0)
  })

  it.each([
    [true, 2],
    [true, 2 ** 32 - 1],
    [true, -1],
    [true, 0.5],
    [true, Number.NaN],
    [false, 1],
  ])('refuses others: train %s, %d updates', (train, updates) => {
    expect(() => learned(train, updates)).toThrow(
      expect.objectContaining({ code: 'student/updates' }),
    )
  })
})
