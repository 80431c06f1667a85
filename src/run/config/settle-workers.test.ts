import { expect, it } from 'vitest'
import type { RunConfig } from '../contract.ts'
import { settleWorkers } from './settle-workers.ts'

const students = (...shards: readonly (number | undefined)[]): RunConfig['students'] =>
  Object.fromEntries(
    shards.map((count, index) => [
      `s${index}`,
      { id: 'p', module: 'm', options: count === undefined ? {} : { shards: count } },
    ]),
  ) as RunConfig['students']
const auto = { workers: 'auto', evaluation: 'auto' } as const

it.each([
  [16, students(2), { workers: 2, evaluation: 8 }],
  [16, students(8), { workers: 8, evaluation: 8 }],
  [2, students(8), { workers: 2, evaluation: 1 }],
  [1, students(2), { workers: 1, evaluation: 1 }],
  [16, students(undefined), { workers: 2, evaluation: 8 }],
  [8, students(4, 2), { workers: 4, evaluation: 2 }],
  [2, students(2, 2, 2), { workers: 1, evaluation: 1 }],
])('auto on %d cores', (cores, given, expected) => {
  expect(settleWorkers(auto, given, cores)).toEqual(expected)
})

it('numbers stay as they are', () => {
  expect(settleWorkers({ workers: 5, evaluation: 3 }, students(2), 16)).toEqual({
    workers: 5,
    evaluation: 3,
  })
  expect(settleWorkers({ workers: 1, evaluation: 'auto' }, students(2), 4).evaluation).toBe(3)
})
