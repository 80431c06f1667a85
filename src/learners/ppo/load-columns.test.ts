import { describe, expect, it } from 'vitest'
import { stream } from '../../core/random.ts'
import { type Tensor, tensor } from '../../core/tensor.ts'
import type { EnvironmentSpec } from '../../envs/contract.ts'
import { createNetwork, studentNetwork } from '../nets/index.ts'
import { allocateTrajectory } from '../rollout/trajectory.ts'
import { loadColumns } from './load-columns.ts'
import { ppoObjective } from './objective.ts'

const STEPS = 4
const CAPACITY = 7
const SPEC: EnvironmentSpec = {
  id: 'test',
  profile: 'plain',
  observations: { image: { dtype: 'uint8', shape: [3, 3, 1], low: 0, high: 10 } },
  actions: { kind: 'discrete', count: 3 },
  agents: 1,
  seats: { agent: [0] },
}
const network = createNetwork(
  { observations: SPEC.observations, actions: { kind: 'discrete', count: 3 } },
  { ...studentNetwork('minimax'), hidden: 2 },
)

function randomTrajectory() {
  const made = allocateTrajectory(SPEC, network.state, STEPS, CAPACITY)
  const random = stream(8)
  const { observations, state, ...planes } = made
  for (const plane of Object.values({ ...planes, ...observations, ...state }))
    if (typeof plane !== 'number')
      for (let i = 0; i < plane.data.length; i++) plane.data[i] = random.integer(100)
  for (let i = 0; i < made.dones.data.length; i++) made.dones.data[i] = random.integer(2)
  return made
}

function feedsOf(columns: number): Record<string, Tensor> {
  const rule = { clip: 0.2, valueClip: true, entropyCoefficient: 0, valueCoefficient: 0.5 }
  const inputs = ppoObjective(SPEC, network, rule).inputs({ steps: STEPS, columns })
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { dtype, shape }]) => [name, tensor(dtype, shape)]),
  )
}

describe('gradient feeds', () => {
  const from = randomTrajectory()
  it.each([[[0, 1, 2]], [[2]], [[0, 2, 3, 6]], [[0, 1, 2, 3, 4, 5, 6]]])(
    'hold columns %j of the trajectory, normalised and reset',
    (columns) => {
      const inputs = feedsOf(columns.length)
      const moments = { mean: 50, scale: 0.5 }
      loadColumns(inputs, network.inputs, from, {
        shard: 0,
        columns,
        moments,
        keptScale: 0.25,
        allScale: 0.125,
      })
      for (let t = 0; t < STEPS; t++)
        columns.forEach((column, j) => {
          const [to, at] = [t * columns.length + j, t * CAPACITY + column]
          const image = (source: ArrayLike<number>, row: number) =>
            Array.from({ length: 9 }, (_, k) => source[row * 9 + k])
          expect(image(inputs.image.data as Uint8Array, to)).toEqual(
            image(from.observations.image.data as Uint8Array, at),
          )
          expect(inputs['batch/action'].data[to]).toBe(from.actions.data[at])
          expect(inputs['batch/old_log_prob'].data[to]).toBe(from.logProb.data[at])
          expect(inputs['batch/old_value'].data[to]).toBe(from.values.data[at])
          expect(inputs['batch/target'].data[to]).toBe(from.targets.data[at])
          expect(inputs['batch/weight'].data[to]).toBe(from.weights.data[at])
          expect(inputs['batch/advantage'].data[to]).toBe((from.advantages.data[at] - 50) * 0.5)
          expect(inputs['batch/reset'].data[to]).toBe(t === 0 ? 0 : from.dones.data[at - CAPACITY])
        })
      columns.forEach((column, j) => {
        for (let k = 0; k < 2; k++)
          expect(inputs.state_h.data[j * 2 + k]).toBe(from.state.state_h.data[column * 2 + k])
      })
      expect([inputs['batch/kept_scale'].data[0], inputs['batch/all_scale'].data[0]]).toEqual([
        0.25, 0.125,
      ])
    },
  )
})
