import { environment } from 'agon/envs/maze'
import { attachStudent } from '../../src/actors/roles/attach-role.ts'
import { ppo } from '../../src/learners/index.ts'
import type { Endpoint } from '../../src/wire/index.ts'

const MAZE = { height: 5, width: 5, nWalls: 6, maxSteps: 20 }

/** Sections of the config of a run that waits for {@link attachOutsider}. */
export const OUTSIDE: readonly string[] = [
  'env: {id: maze, height: 5, width: 5, nWalls: 6, maxSteps: 20}',
  'adversary: dr',
  'student: {id: external, tasks: 4}',
  'evaluation: {suite: random:2, every: 0, final: {suite: random:2, episodes: 1}}',
  'workers: 1',
]

/** Plays the student of such a run from this process, as another program would, until the run is over. */
export function attachOutsider(endpoint: Endpoint): Promise<void> {
  const options = environment.options.parse(MAZE)
  return attachStudent({
    endpoint: () => endpoint,
    name: 'outsider',
    create: ({ slot, seed }) =>
      ppo.create(
        ppo.options.parse({
          network: { hidden: 16 },
          rollout: { envs: 4, steps: 16 },
          ppo: { epochs: 1, minibatches: 1 },
        }),
        {
          slot,
          seed,
          environment: { module: import.meta.resolve('agon/envs/maze'), options },
          spec: environment.create(options).spec,
          workers: 1,
          training: {},
        },
      ),
  })
}
