import { expect, it } from 'vitest'
import type { Environment } from '../../envs/contract.ts'
import { environment as endless } from '../../envs/fixtures/endless.ts'
import { createNetwork, initialiseLayout, studentNetwork } from '../nets/index.ts'
import { allocateModel } from '../trainer/shared-model.ts'
import { createActing } from './acting.ts'
import { playShard } from './play-shard.ts'
import { shardViews } from './shard-views.ts'
import { allocateTrajectory, type Trajectory } from './trajectory.ts'

const STEPS = 7
const ROWS = 3

/** One shard of an environment that shows nothing, with episodes of these lengths, in a network that remembers. */
async function played(levels: readonly number[], finals: boolean): Promise<Trajectory> {
  const environment = endless.create({ steps: 10, clock: false, finals: true })
  const { spec } = environment
  const network = createNetwork(
    { observations: spec.observations, actions: spec.actions },
    { ...studentNetwork('minimax'), hidden: 8 },
  )
  const model = allocateModel(network, 1)
  initialiseLayout(network.layout, model.parameters.data, [4])
  const acting = createActing(spec, network, model)
  const trajectory = allocateTrajectory(spec, network.state, STEPS, ROWS, finals)
  const range = { from: 0, to: ROWS }
  const session = await acting.session(1)
  await playShard(
    {
      environment: environment as Environment<unknown>,
      session,
      views: shardViews(trajectory, range, { spec }),
      buffers: acting.buffers(ROWS, 0),
      seed: 1,
      slot: 'agent',
      probes: [],
    },
    {
      cycle: 0,
      range,
      tasks: levels.map((level, seed) => ({ level: Uint8Array.of(level), seed })),
      autoReset: 'same-level',
      parametersVersion: 1,
      studentVersion: 0,
    },
  )
  await session.release()
  return trajectory
}

it('is what a longer episode is worth there, its memory included, and changes nothing else', async () => {
  const cut = await played([4, 5, 9], true)
  const whole = await played([20, 20, 20], true)
  const at = (t: number, row: number): number => t * ROWS + row
  const values = cut.finalValues?.data ?? new Float32Array(0)
  // Step 3 of row 0 and step 4 of row 1 are cut: what follows is what the next step of a longer episode begins with.
  expect(values[at(3, 0)]).toBe(whole.values.data[at(4, 0)])
  expect(values[at(4, 1)]).toBe(whole.values.data[at(5, 1)])
  expect(values.filter((value) => value !== 0)).toHaveLength(2)
  // A memory that had been forgotten already would say what the first step of an episode says.
  expect(values[at(3, 0)]).not.toBe(cut.values.data[at(0, 0)])
  const plain = await played([4, 5, 9], false)
  expect(plain.finalValues).toBeUndefined()
  expect([...cut.values.data]).toEqual([...plain.values.data])
  expect([...cut.actions.data]).toEqual([...plain.actions.data])
})
