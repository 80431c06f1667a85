import { AgonError } from '../../core/errors.ts'
import type { EnvironmentSpec, Suite } from '../contract.ts'
import { defineEnvironment } from '../define-environment.ts'
import { joinProbes } from '../join-probes.ts'
import { overlapProbes } from '../overlap-probes.ts'
import type { HiddenEnvironment } from '../posterior-probe.ts'
import { posteriorProbes } from '../posterior-probes.ts'
import { textLevels } from '../text-levels.ts'
import { unknownSuite } from '../unknown-suite.ts'
import { type LeverLevel, type LeverOptions, leverOptions, OBSERVATION, stake } from './level.ts'
import { LeverVectorEnv } from './vector-env.ts'

function leverSpec({ levers }: LeverOptions): EnvironmentSpec {
  return {
    id: 'lever',
    profile: 'remidi',
    // One-hot: 0 where the lever is hidden, else 1 + the lever.
    observations: { [OBSERVATION]: { dtype: 'float32', shape: [levers + 1], low: 0, high: 1 } },
    actions: { kind: 'discrete', count: levers },
    agents: 1,
    seats: { agent: [0] },
  }
}

const format = ({ lever, hidden }: LeverLevel): string => `lever ${lever}${hidden ? ' hidden' : ''}`

function read(text: string): LeverLevel {
  const match = /^lever (\d{1,6})( hidden)?$/.exec(text)
  if (match === null)
    throw new AgonError('level/invalid', `'${text}' is no lever level`, {
      remedy: 'write `lever <number>` or `lever <number> hidden`',
    })
  return { lever: Number(match[1]), hidden: match[2] !== undefined }
}

export function createLever(given: LeverOptions): HiddenEnvironment<LeverLevel> {
  const { levers } = given
  const validate = ({ lever }: LeverLevel): string | null =>
    lever < levers ? null : `there is no lever ${lever}, the last is ${levers - 1}`
  const suites: Readonly<Record<string, Omit<Suite<LeverLevel>, 'id'>>> = {
    'lever/visible': {
      about: 'Every lever, seen.',
      entries: everyLever(levers, false),
    },
    'lever/hidden': {
      about: 'Every lever, hidden: nobody gets more than one in as many as there are.',
      entries: everyLever(levers, true),
    },
  }
  const made: HiddenEnvironment<LeverLevel> = {
    spec: leverSpec(given),
    levels: {
      sample: (stream) => ({
        hidden: stream.uniform() < given.hidden,
        lever: stream.integer(levers),
      }),
      mutate: (level, stream) => ({
        level: { ...level, lever: stream.integer(levers) },
        operator: 'edit',
      }),
      ...textLevels({ format, read, validate }),
      features: (level) => ({
        ...{ hidden: level.hidden ? 1 : 0, passable: 1, min_actions: 1 },
        optimal_return: stake(level, given),
      }),
    },
    vector: (vectorOptions) => new LeverVectorEnv(given, vectorOptions),
    suites: Object.keys(suites),
    suite(id) {
      if (!Object.hasOwn(suites, id)) throw unknownSuite(id, Object.keys(suites))
      return { id, ...suites[id] }
    },
    solvedAbove: 0,
    givesFinals: true,
    returnRange: [-Math.max(1, given.hiddenReward), Math.max(1, given.hiddenReward)],
    resample: (level, stream) =>
      level.hidden ? { hidden: true, lever: stream.integer(levers) } : level,
    ...joinProbes(
      'lever',
      overlapProbes(() => made),
      posteriorProbes(() => made),
    ),
  }
  return made
}

const everyLever = (levers: number, hidden: boolean): Suite<LeverLevel>['entries'] =>
  Array.from({ length: levers }, (_, lever) => ({
    name: `${hidden ? 'Hidden' : 'Lever'}-${lever}`,
    level: () => ({ lever, hidden }),
  }))

/** The lever game of ReMiDi: one step, in which the right lever among many is to be pulled, seen or not. */
export const environment = defineEnvironment<LeverOptions, LeverLevel>({
  id: 'lever',
  options: leverOptions,
  create: createLever,
})
