import { slotId, stream, taskId } from 'agon/core'
import { loadEnvironment } from 'agon/envs'
import { footballOptions } from 'agon/envs/football'
import { frozen } from 'agon/learners'
import { openBareSession } from '../inference/bare-session.ts'
import { sizedPolicy } from '../inference/sized-policy.ts'
import type { BenchRow } from '../row.ts'

const SLOT = slotId('agent')
/** The best of so many, each after the other: what disturbs one disturbs both. */
const ROUNDS = 4

const GAMES = {
  scenario: '11_vs_11_stochastic',
  ...{ leftAgents: 10, rightAgents: 10, actionSet: 'v2', gameDuration: 3000 },
  ...{ leftControllable: 'outfield', rightControllable: 'outfield' },
  representation: ['grf-marl'],
}

/**
 * What a frozen student's acting costs beside the session alone with as many rows: football of eleven a side, a policy of
 * TiZero's size in both teams.
 */
export async function benchFrozenInference(brief: boolean): Promise<BenchRow[]> {
  const [lanes, steps] = brief ? [2, 4] : [32, 24]
  const environment = {
    module: import.meta.resolve('agon/envs/football'),
    options: footballOptions.parse(GAMES),
  }
  const { spec, levels } = await loadEnvironment(environment)
  const source = sizedPolicy({ id: 'football', profile: 'grf-marl' }, 217)
  const rows = lanes * spec.agents
  const student = await frozen.create(
    frozen.options.parse({ policy: 'own', rollout: { envs: lanes, steps }, shards: 1 }),
    {
      ...{ slot: SLOT, seed: 1, environment, spec, workers: 1, training: {} },
      policies: { own: { kind: 'source', source } },
    },
  )
  const bare = await openBareSession(source.onnx)
  const tasks = Array.from({ length: lanes }, (_, i) => ({
    ...{ id: taskId(1, SLOT, i), seed: i, train: false, repeat: 0 },
    level: levels.encode(levels.sample(stream('bench', i))),
    lineage: { parents: [], operator: 'generate', generation: 0 },
  }))
  const best = {
    acting: Number.POSITIVE_INFINITY,
    bare: Number.POSITIVE_INFINITY,
    env: Number.POSITIVE_INFINITY,
  }
  for (let round = 0; round <= ROUNDS; round++) {
    const { timings } = await student.attempt({
      ...{ cycle: round, slot: SLOT, tasks, autoReset: 'none', probes: [] },
    })
    const before = performance.now()
    // The value after the last step is acted for as well.
    for (let t = 0; t <= steps; t++) await bare(rows)
    if (round === 0) continue
    best.bare = Math.min(best.bare, performance.now() - before)
    best.acting = Math.min(best.acting, timings.act_ort_ms)
    best.env = Math.min(best.env, timings.env_ms)
  }
  await student.close()
  const each = (ms: number): number => (1000 * ms) / (rows * (steps + 1))
  return [
    {
      name: `frozen football policies: acting over the bare session, ${rows} rows`,
      ...{ unit: '×', value: best.acting / best.bare },
      ...(brief ? {} : { limit: 1.15 }),
    },
    {
      name: 'acting with a policy of TiZero’s size, a player',
      unit: 'µs',
      value: each(best.acting),
    },
    { name: 'simulating and encoding football, a player', unit: 'µs', value: each(best.env) },
  ]
}
