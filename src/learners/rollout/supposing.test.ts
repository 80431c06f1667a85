import { expect, it } from 'vitest'
import { tensor } from '../../core/tensor.ts'
import type { Environment, Prober } from '../../envs/contract.ts'
import { environment as endless } from '../../envs/fixtures/endless.ts'
import { allocateStepBuffers } from '../../envs/step-buffers.ts'
import { createNetwork, initialiseLayout, studentNetwork } from '../nets/index.ts'
import { allocateModel } from '../trainer/shared-model.ts'
import { createActing } from './acting.ts'
import { playShard } from './play-shard.ts'
import { shardViews } from './shard-views.ts'
import { allocateTrajectory } from './trajectory.ts'

const STEPS = 6
const ROWS = 4

/** Row 0 is given what was; row 1 is seen otherwise, row 2 ends, row 3 is cut, in every step. */
function scripted(spec: Environment<unknown>['spec']): Prober {
  const supposed = allocateStepBuffers(spec, ROWS)
  return {
    supposed,
    begin() {},
    mask: (train) => train.fill(1),
    step(_, after) {
      const seen = supposed.observations.seen as Float32Array
      seen.set(after.observations.seen as Float32Array)
      seen.fill(0.25, 2, 4)
      supposed.rewards.set([1, 5, 6, 7])
      supposed.terminated[2] = 1
      supposed.truncated[3] = 1
    },
    extras: () => ({}),
  }
}

it('values what is supposed to be seen with the memory of what really was, and what was as it was', async () => {
  const environment = endless.create({
    steps: 4,
    clock: true,
    finals: true,
  }) as Environment<unknown>
  const { spec } = environment
  const network = createNetwork(
    { observations: spec.observations, actions: spec.actions },
    { ...studentNetwork('minimax'), hidden: 8 },
  )
  const model = allocateModel(network, 1)
  initialiseLayout(network.layout, model.parameters.data, [4])
  const acting = createActing(spec, network, model)
  const session = await acting.session(1)
  const range = { from: 0, to: ROWS }
  const play = async (finals: boolean) => {
    const trajectory = allocateTrajectory(spec, network.state, STEPS, ROWS, finals)
    const { supposed } = await playShard(
      {
        ...{ environment, session, seed: 1, slot: 'agent' },
        views: shardViews(trajectory, range, { spec }),
        buffers: acting.buffers(ROWS, 0),
        probes: [{ name: 'scripted', make: () => scripted(spec) }],
      },
      {
        ...{ cycle: 0, range, autoReset: 'same-level', parametersVersion: 1, studentVersion: 0 },
        tasks: Array.from({ length: ROWS }, (_, seed) => ({ level: Uint8Array.of(4), seed })),
      },
    )
    if (supposed === undefined) throw new Error('nothing was supposed')
    return { trajectory, supposed }
  }

  /** V of `seen` in row 1, whose memory has gone through the observations up to step t of its episode, of 4 steps. */
  const valueAfter = async (observed: Float32Array, t: number): Promise<number> => {
    let carry = Object.entries(network.state).map(
      ([name, { shape }]) => [name, tensor('float32', [1, ...shape])] as const,
    )
    const noise = tensor('float32', [1])
    const run = (seen: Float32Array) =>
      session.run({
        seen: tensor('float32', [1, 2], seen),
        noise,
        ...Object.fromEntries(carry),
      })
    for (let step = t - (t % 4); step <= t; step++) {
      const at = (step * ROWS + 1) * 2
      const results = await run(observed.slice(at, at + 2))
      carry = carry.map(([name]) => [name, results[`${name}_out`] as (typeof carry)[number][1]])
    }
    return (await run(Float32Array.of(0.25, 0.25))).value.data[0] as number
  }

  for (const finals of [false, true]) {
    const { trajectory, supposed } = await play(finals)
    const observed = trajectory.observations.seen.data as Float32Array
    for (let t = 0; t < STEPS; t++) {
      const at = t * ROWS
      const [asPlayed, apart, ended, cut] = supposed.next.subarray(at, at + ROWS)
      expect([...supposed.rewards.subarray(at, at + ROWS)]).toEqual([1, 5, 6, 7])
      expect([...supposed.ended.subarray(at, at + ROWS)]).toEqual([0, 0, 1, 1])
      expect(apart).toBeCloseTo(await valueAfter(observed, t), 5)
      expect(ended).toBe(0)
      expect(cut === 0).toBe(!finals)
      // After an end the real episode has begun again, and the supposed one, which went on, has its own memory.
      if (t % 4 !== 3) expect(asPlayed).toBe(trajectory.values.data[at + ROWS])
      else expect(asPlayed).not.toBe(trajectory.values.data[at + ROWS])
    }
  }
})
