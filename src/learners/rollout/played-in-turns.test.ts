import { expect, it } from 'vitest'
import type { Environment, VectorEnv } from '../../envs/contract.ts'
import { environment as endless } from '../../envs/fixtures/endless.ts'
import { createNetwork, initialiseLayout, studentNetwork } from '../nets/index.ts'
import { allocateModel } from '../trainer/shared-model.ts'
import { createActing } from './acting.ts'
import { playShard } from './play-shard.ts'
import { shardViews } from './shard-views.ts'
import { allocateTrajectory, type Trajectory } from './trajectory.ts'
import { inTurns, type Turn } from './turns.ts'

const STEPS = 5
const SHARDS = [0, 1]
const ROWS = 2

const environment = endless.create({ steps: 3, clock: true, finals: true })
const network = createNetwork(environment.spec, { ...studentNetwork('minimax'), hidden: 8 })

/** Its steps in halves, which are told. */
function apart(told: string[]): Environment<unknown> {
  let made = 0
  const vector: Environment<number>['vector'] = (options) => {
    const whole = environment.vector?.(options) as VectorEnv<number>
    const name = 'ab'[made++]
    let waiting = new Int32Array(0)
    return {
      ...whole,
      begin(actions) {
        told.push(`begin ${name}`)
        waiting = Int32Array.from(actions)
      },
      end(out) {
        told.push(`end ${name}`)
        whole.step(waiting, out)
      },
    }
  }
  return { ...environment, stepsApart: true, vector } as Environment<unknown>
}

async function played(told: string[], together: boolean): Promise<Trajectory> {
  const { spec } = environment
  const model = allocateModel(network, 1)
  initialiseLayout(network.layout, model.parameters.data, [4])
  const acting = createActing(spec, network, model)
  const trajectory = allocateTrajectory(spec, network.state, STEPS, SHARDS.length * ROWS, true)
  const session = await acting.session(1)
  const of = apart(told)
  const play = (shard: number, turn?: Turn) => {
    const range = { from: shard * ROWS, to: (shard + 1) * ROWS }
    const place = turn === undefined ? 0 : shard
    return playShard(
      {
        environment: of,
        session,
        views: shardViews(trajectory, range, { spec }),
        buffers: acting.buffers(ROWS, place),
        ...{ seed: 1, slot: 'agent', probes: [] },
        ...(turn === undefined ? {} : { turn }),
      },
      {
        ...{ cycle: 0, range, autoReset: 'same-level', parametersVersion: 1, studentVersion: 0 },
        tasks: [4, 3].map((level, i) => ({ level: Uint8Array.of(level + shard), seed: i + shard })),
      },
    )
  }
  if (together) await inTurns(SHARDS.map((shard) => (turn) => play(shard, turn)))
  else for (const shard of SHARDS) await play(shard)
  await session.release()
  return trajectory
}

it('acts in one shard while the environment steps another, with the bits of one after the other', async () => {
  const told: string[] = []
  const together = await played(told, true)
  const round = ['end a', 'begin a', 'end b', 'begin b']
  expect(told.slice(0, 6)).toEqual(['begin a', 'begin b', ...round])
  const whole: string[] = []
  const alone = await played(whole, false)
  expect(whole).toEqual([])
  for (const name of [
    'actions',
    'values',
    'logProb',
    'rewards',
    'truncated',
    'finalValues',
  ] as const)
    expect([...(together[name]?.data ?? [])], name).toEqual([...(alone[name]?.data ?? [])])
  expect(together.values.data.some((value) => value !== 0)).toBe(true)
})
