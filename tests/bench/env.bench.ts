import { AgonError, choiceCounts, stream } from 'agon/core'
import {
  type AutoReset,
  allocateStepBuffers,
  type Environment,
  type EnvironmentDefinition,
  steppable,
} from 'agon/envs'
import { environment as football } from 'agon/envs/football'
import { environment as maze } from 'agon/envs/maze'
import type { BenchRow } from './row.ts'

const STEPS = 32
const ROUNDS = 3
const SECONDS = 2

interface Course {
  /** {@link STEPS} steps of every lane. */
  run(): void
  readonly lanes: number
}

/** Random actions drawn beforehand, every observation stored in a trajectory of its own. */
function course<L>(world: Environment<L>, lanes: number, autoReset: AutoReset): Course {
  const { levels, spec } = world
  const drawn = stream(1, 'bench', 'levels')
  const first = Array.from({ length: lanes }, () => levels.sample(drawn))
  const env = steppable(world, 'a benchmark').vector({
    slots: lanes,
    autoReset,
    nextLevel: () => levels.sample(drawn),
  })
  const store = Array.from({ length: STEPS }, () => allocateStepBuffers(spec, lanes))
  const random = stream(1, 'bench', 'actions')
  const rows = lanes * spec.agents
  const [choices] = choiceCounts(spec.actions)
  const actions = store.map(() => Int32Array.from({ length: rows }, () => random.integer(choices)))
  env.reset(
    Array.from({ length: lanes }, (_, lane) => lane),
    first,
    store[0].observations,
  )
  return {
    lanes,
    run() {
      for (let t = 0; t < STEPS; t++) env.step(actions[t], store[t])
    },
  }
}

/** Steps per second on one core. */
function stepRate({ run, lanes: slots }: Course): number {
  let best = 0
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now()
    let steps = 0
    while (performance.now() - start < SECONDS * 1000) {
      run()
      steps += STEPS * slots
    }
    best = Math.max(best, (steps / (performance.now() - start)) * 1000)
  }
  return best
}

/** Heap bytes per environment step once the code is warm: the median of several short windows. */
function allocation({ run, lanes: slots }: Course): number {
  for (let i = 0; i < 50; i++) run()
  const windows = Array.from({ length: 9 }, () => {
    const before = process.memoryUsage().heapUsed
    run()
    return (process.memoryUsage().heapUsed - before) / (STEPS * slots)
  })
  return windows.sort((a, b) => a - b)[4]
}

const MAZES = 2048
const GAMES = 64

/** Rows of one environment under some options. */
function rowsOf<O, L>(name: string, lanes: number, definition: EnvironmentDefinition<O, L>) {
  const made = (options: object, autoReset: AutoReset): Course =>
    course(definition.create(definition.options.parse(options)), lanes, autoReset)
  return {
    rate: (what: string, bar: number, autoReset: AutoReset, options: object = {}): BenchRow => ({
      name: `env ${name}, ${what}`,
      unit: 'steps/s',
      value: stepRate(made(options, autoReset)),
      bar,
    }),
    /** @param limit bytes a step; what a call costs is shared by its lanes */
    heap: (limit: number): BenchRow => ({
      name: `env ${name}, heap allocated per step`,
      unit: 'B/step',
      value: allocation(made({}, 'same-level')),
      limit,
    }),
  }
}

/** Environment steps per second, and what a step allocates. */
export function benchEnv(): BenchRow[] {
  const { rate, heap } = rowsOf('maze', MAZES, maze)
  return [
    heap(1),
    rate('same level', 4e6, 'same-level'),
    rate('fresh level at every reset', 1e6, 'next-level'),
    rate('fresh level, 20-step episodes', 1e6, 'next-level', { maxSteps: 20 }),
    rate('same level, jaxued', 4e6, 'same-level', { profile: 'jaxued' }),
    rate('same level, dcd', 4e6, 'same-level', { profile: 'dcd' }),
    ...footballRows(),
  ]
}

function footballRows(): BenchRow[] {
  const { rate, heap } = rowsOf('football', GAMES, football)
  const madrid = { generator: 'random', gameDuration: 128, endEpisodeOnScore: true }
  const ten = { leftAgents: 10, rightAgents: 10 }
  const seats = { leftControllable: 'outfield', rightControllable: 'outfield' }
  try {
    return [
      heap(1),
      rate('eleven a side, 115 numbers of one agent', 15_000, 'same-level'),
      rate('eleven a side, fresh random level of 128 steps', 15_000, 'next-level', madrid),
      rate('eleven a side, TiZero numbers of twenty', 8_000, 'same-level', {
        ...ten,
        ...seats,
        representation: 'tizero',
      }),
      rate('academy_empty_goal, mini-map stacked', 5_000, 'same-level', {
        scenario: 'academy_empty_goal',
        representation: 'extracted',
        stacked: true,
      }),
    ]
  } catch (error) {
    if (!(error instanceof AgonError) || error.code !== 'football/no-native') throw error
    return [{ name: 'env football', unit: '', value: 0, skipped: error.message }]
  }
}
