import { slotId, stream, taskId } from 'agon/core'
import { loadEnvironment } from 'agon/envs'
import { footballOptions } from 'agon/envs/football'
import { frozen, type Student, type Task } from 'agon/learners'
import { sizedPolicy } from '../inference/sized-policy.ts'

export const SLOT = slotId('agent')

const GAMES = {
  scenario: '11_vs_11_stochastic',
  generator: 'random',
  ...{ leftAgents: 10, rightAgents: 10, actionSet: 'v2', gameDuration: 3000 },
  ...{ leftControllable: 'outfield', rightControllable: 'outfield' },
  representation: ['grf-marl'],
}

/** A policy of TiZero's size, in football of eleven a side; nobody's games end. */
export const SIZED = sizedPolicy({ id: 'football', profile: 'grf-marl' }, 217)

export interface FootballGames {
  readonly student: Student
  readonly agents: number
  readonly tasks: readonly Task[]
}

export const footballEnvironment = () => ({
  module: import.meta.resolve('agon/envs/football'),
  options: footballOptions.parse(GAMES),
})

/**
 * A frozen student with random levels to attempt, all seats its own unless `opposed` says that the built-in AI has the left one.
 */
export async function footballGames(
  lanes: number,
  steps: number,
  workers: number,
  opposed: (lane: number) => boolean = () => false,
): Promise<FootballGames> {
  const environment = footballEnvironment()
  const { spec, levels } = await loadEnvironment(environment)
  const student = await frozen.create(
    frozen.options.parse({ policy: 'own', rollout: { envs: lanes, steps }, shards: workers }),
    {
      ...{ slot: SLOT, seed: 1, environment, spec, workers, training: {} },
      policies: {
        own: { kind: 'source', source: SIZED },
        bot: { kind: 'bot', bot: 'builtin', difficulty: 0.95 },
      },
    },
  )
  const tasks = Array.from({ length: lanes }, (_, i) => ({
    ...{ id: taskId(1, SLOT, i), seed: i, train: false, repeat: 0 },
    level: levels.encode(levels.sample(stream('bench', i))),
    lineage: { parents: [], operator: 'generate', generation: 0 },
    ...(opposed(i) ? { seating: { left: 'bot' } } : {}),
  }))
  return { student, agents: spec.agents, tasks }
}
