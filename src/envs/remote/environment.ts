import { systemClock } from '../../core/clock.ts'
import type { RandomStream } from '../../core/random.ts'
import type { Environment, SteppableEnvironment, VectorOptions } from '../contract.ts'
import { defineEnvironment } from '../define-environment.ts'
import { overlapProbes } from '../overlap-probes.ts'
import { hasSteps } from '../steppable.ts'
import { wrong } from './client/answer-law.ts'
import type { RemoteLevel } from './client/level-answers.ts'
import { type RemoteOptions, remoteOptions } from './client/options.ts'
import { remoteLevels, remoteSuite } from './client/remote-levels.ts'
import { resampled } from './client/remote-variations.ts'
import { RemoteVectorEnv } from './client/remote-vector.ts'
import { RemoteWorld } from './client/remote-world.ts'

/** Environments are made inside threads from options alone, where nobody hands a clock in. Connections of this thread, by what they are to; all environments made of the same options share one. */
const worlds = new Map<string, RemoteWorld>()

function worldOf(options: RemoteOptions): RemoteWorld {
  const key = JSON.stringify(options)
  const known = worlds.get(key)
  if (known !== undefined) return known
  const made = new RemoteWorld(options, systemClock)
  worlds.set(key, made)
  return made
}

/** @throws AgonError `wire/*` where nothing is served there, or why it refuses */
export function createRemote(options: RemoteOptions): Environment<RemoteLevel> {
  const world = worldOf(options)
  const { spec, suites, solvedAbove, measures, returnRange, givesFinals } = world.description
  const { drawsStates, resamplesLevels, givesDepartures } = world.description
  const vector = (asked: VectorOptions<RemoteLevel>) => new RemoteVectorEnv(world, asked)
  const made: Environment<RemoteLevel> = {
    spec,
    levels: remoteLevels(world),
    suites: suites.map(({ id }) => id),
    suite: (id) => remoteSuite(world, id),
    solvedAbove,
    givesFinals,
    ...(givesDepartures ? { givesDepartures } : {}),
    stepsApart: true,
    ...(hasSteps(spec)
      ? {
          vector,
          ...overlapProbes((): SteppableEnvironment<RemoteLevel> => ({ ...made, vector }), true),
        }
      : {}),
    ...(resamplesLevels
      ? { resample: (level: RemoteLevel, random: RandomStream) => resampled(world, level, random) }
      : {}),
    ...(measures.length === 0 ? {} : { measures }),
    ...(returnRange === undefined ? {} : { returnRange }),
    ...(drawsStates
      ? {
          drawState: (state: Uint8Array) =>
            world.call('drawStates', { states: [state] }, ({ pictures }) => {
              if (pictures?.length === 1) return pictures[0]
              throw wrong('drawStates', 'one picture', `${pictures?.length ?? 0}`)
            }),
        }
      : {}),
  }
  return made
}

/** An environment that another process serves, with the same face as one of this heap. */
export const environment = defineEnvironment<RemoteOptions, RemoteLevel>({
  id: 'remote',
  options: remoteOptions,
  create: createRemote,
})
