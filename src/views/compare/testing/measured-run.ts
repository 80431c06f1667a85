import { DEFAULT_HUB } from '../../../run/config/default-hub.ts'
import type { RunConfig, StoredEvaluation } from '../../../run/contract.ts'
import type { MeasuredRun } from '../read-measured-run.ts'

export const config = (seed: number, over: Partial<RunConfig> = {}): RunConfig => ({
  name: 'dr',
  seed,
  env: { id: 'maze', module: 'file:///a/maze.js', options: { height: 7, width: 7 } },
  adversary: { id: 'dr', module: 'file:///a/dr.js', options: {} },
  students: { agent: { id: 'ppo', module: 'file:///a/ppo.js', options: {} } } as never,
  evaluation: {
    suite: 'maze/a',
    episodes: 1,
    every: 0,
    final: { suite: 'maze/a', episodes: 4 },
    seed: 0,
    workers: 1,
  },
  budget: { cycles: 10 },
  cuts: { every: 5, keep: 2 },
  workers: 1,
  placement: { adversary: 'local', student: 'thread', evaluator: 'thread' },
  supervision: { restarts: 3, windowSeconds: 60 },
  hub: DEFAULT_HUB,
  tensorboard: true,
  ...over,
})

export const evaluation = (
  rates: Readonly<Record<string, number>>,
  suite = 'maze/a',
): StoredEvaluation => ({
  suite,
  episodes: 4,
  seed: 0,
  solvedRate: 0,
  meanReturn: 0,
  solvedInterval: [0, 1],
  policySha256: '',
  levels: Object.entries(rates).map(([name, solvedRate]) => ({
    name,
    episodes: 4,
    solvedRate,
    meanReturn: solvedRate / 2,
    meanLength: 10,
    returns: [],
    lengths: [],
  })),
  recordings: [],
})

/** A run as it was read; the seed tells runs apart. */
export const run = (
  seed: number,
  rates: Readonly<Record<string, number>>,
  over: Partial<MeasuredRun> = {},
): MeasuredRun => ({
  dir: `runs/${seed}`,
  slot: 'agent',
  config: config(seed),
  final: evaluation(rates),
  baseline: null,
  init: null,
  shared: false,
  rows: [
    { cycle: 1, gradient_updates: 1, env_steps: 100, 'agent/return_mean': 0 },
    { cycle: 2, gradient_updates: 2, env_steps: 200, 'agent/return_mean': seed },
  ],
  seconds: 3 + seed,
  ...over,
})
