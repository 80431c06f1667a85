import { expect, it } from 'vitest'
import { episodeCount, joinEpisodes, type PlayedStep, recordEpisodes } from './record-episodes.ts'

// Two tasks of two agents, four steps: agent 1 of the first task ends twice, agent 0 of the second once.
const spec = {
  observations: { at: { dtype: 'uint8', shape: [2] } },
  actions: { kind: 'box', shape: [1], low: [-1], high: [1] },
  agents: 2,
} as const
const step = (t: number, ended: readonly number[], cut: readonly number[] = []): PlayedStep => ({
  observations: { at: Uint8Array.from({ length: 8 }, (_, i) => 10 * t + i) },
  actions: Float32Array.from({ length: 4 }, (_, row) => t + row / 10),
  rewards: Float32Array.from({ length: 4 }, (_, row) => row),
  terminated: Uint8Array.from({ length: 4 }, (_, row) => Number(ended.includes(row))),
  truncated: Uint8Array.from({ length: 4 }, (_, row) => Number(cut.includes(row))),
})
const steps = [step(0, [1]), step(1, [], [2]), step(2, [1]), step(3, [])]
const tasks = [
  { seed: 4_294_967_295, agents: [1], level: (number: number) => Uint8Array.of(7, number) },
  { seed: 5, agents: [0, 1], level: () => Uint8Array.of(9) },
]

it('has the episodes that ended, of the agents that are asked for, with their levels', () => {
  const found = recordEpisodes(spec, steps, tasks, 3, false)
  const data = (name: string): number[] => Array.from(found[name].data, Number)
  expect(episodeCount(found)).toBe(3)
  expect(data('episode/task')).toEqual([3, 3, 4])
  expect(data('episode/number')).toEqual([0, 1, 0])
  expect(data('episode/agent')).toEqual([1, 1, 0])
  expect(data('episode/length')).toEqual([1, 2, 2])
  expect(data('episode/seed')).toEqual([4_294_967_295, 4_294_967_295, 5])
  expect(data('levels')).toEqual([7, 0, 7, 1, 9])
  expect(data('episode/level_length')).toEqual([2, 2, 1])
  expect(data('observations/at')).toEqual([2, 3, 12, 13, 22, 23, 4, 5, 14, 15])
  expect(data('terminated')).toEqual([1, 0, 1, 0, 0])
  expect(data('truncated')).toEqual([0, 0, 0, 0, 1])
})

it('holds real actions within their bounds, as the environment does', () => {
  const { actions } = recordEpisodes(spec, steps, tasks, 0, false)
  expect(actions.shape).toEqual([5, 1])
  const taken = Array.from(actions.data as Float32Array, (one) => one.toFixed(1))
  expect(taken).toEqual(['0.1', '1.0', '1.0', '0.2', '1.0'])
})

it('stops at the first where ended episodes stay ended, and joins what shards recorded', () => {
  const [one, other] = [0, 3].map((first) => recordEpisodes(spec, steps, tasks, first, true))
  expect(episodeCount(one)).toBe(2)
  const joined = joinEpisodes([one, other])
  expect(Array.from(joined['episode/task'].data, Number)).toEqual([0, 1, 3, 4])
  expect(joined['observations/at'].shape).toEqual([6, 2])
})
