import { AgonError } from '../core/errors.ts'
import type { RandomStream } from '../core/random.ts'
import type { Environment, LevelSpace, Suite } from './contract.ts'
import { checkOperator } from './operators.ts'

/**
 * The environment with every level that it makes itself looked at once, where it is made: its generator, its edits and
 * its suites may give no level that its own `validate` refuses. What others bring is validated where it comes in.
 */
export function withCheckedLevels<L>(environment: Environment<L>): Environment<L> {
  const {
    spec,
    suites,
    solvedAbove,
    measures,
    returnRange,
    givesFinals,
    givesDepartures,
    stepsApart,
    building,
  } = environment
  const checked = <M extends L>(level: M, maker: string): M => {
    const reason = environment.levels.validate(level) ?? null
    if (reason !== null) throw refused(environment, level, maker, reason)
    return level
  }
  return {
    spec,
    suites,
    solvedAbove,
    levels: checkedSpace(environment.levels, checked),
    suite: (id) => checkedSuite(environment.suite(id), checked),
    ...(environment.vector === undefined ? {} : { vector: environment.vector.bind(environment) }),
    ...(measures === undefined ? {} : { measures }),
    ...(returnRange === undefined ? {} : { returnRange }),
    ...(givesFinals === undefined ? {} : { givesFinals }),
    ...(givesDepartures === undefined ? {} : { givesDepartures }),
    ...(stepsApart === undefined ? {} : { stepsApart }),
    ...(environment.resample === undefined
      ? {}
      : {
          resample: (level: L, stream: RandomStream, taken?: ArrayLike<number>) =>
            checked(environment.resample?.(level, stream, taken) ?? level, 'resample'),
        }),
    ...(building === undefined
      ? {}
      : {
          building: {
            ...building,
            build: (start: Uint8Array, actions: ArrayLike<number>) =>
              checked(building.build(start, actions), 'building'),
          },
        }),
    ...(environment.probes === undefined ? {} : { probes: environment.probes }),
    ...(environment.probe === undefined ? {} : { probe: environment.probe.bind(environment) }),
    ...(environment.machineFault === undefined
      ? {}
      : { machineFault: () => environment.machineFault?.() ?? null }),
    ...(environment.bots === undefined ? {} : { bots: environment.bots }),
    ...(environment.bot === undefined ? {} : { bot: environment.bot.bind(environment) }),
    ...(environment.views === undefined ? {} : { views: environment.views }),
    ...(environment.view === undefined ? {} : { view: environment.view.bind(environment) }),
    ...(environment.drawState === undefined
      ? {}
      : { drawState: (state) => environment.drawState?.(state) ?? '' }),
  }
}

type Checked<L> = (level: L, maker: string) => L

function checkedSpace<L>(space: LevelSpace<L>, checked: Checked<L>): LevelSpace<L> {
  return {
    sample: (stream) => checked(space.sample(stream), 'sample'),
    ...(space.operators === undefined ? {} : { operators: space.operators }),
    mutate(level, stream, operator) {
      checkOperator(space, operator)
      const mutation = space.mutate(level, stream, operator)
      checked(mutation.level, `mutate (operator '${mutation.operator}')`)
      return mutation
    },
    key: (level) => space.key(level),
    encode: (level) => space.encode(level),
    decode: (bytes) => space.decode(bytes),
    format: (level) => space.format(level),
    parse: (text) => space.parse(text),
    validate: (level) => space.validate(level),
    features: (level) => space.features(level),
    ...(space.parseFile === undefined
      ? {}
      : { parseFile: (text) => space.parseFile?.(text) ?? [] }),
    ...checkedVariations(space, checked),
    ...(space.draw === undefined ? {} : { draw: (level) => space.draw?.(level) ?? '' }),
    ...(space.prompts === undefined ? {} : { prompts: space.prompts }),
    ...(space.foreign === undefined ? {} : { foreign: space.foreign }),
    ...(space.backdrop === undefined ? {} : { backdrop: (x, y) => space.backdrop?.(x, y) ?? null }),
  }
}

function checkedVariations<L>(
  space: LevelSpace<L>,
  checked: Checked<L>,
): Pick<LevelSpace<L>, 'crossover' | 'genome'> {
  const { genome } = space
  return {
    ...(space.crossover === undefined
      ? {}
      : {
          crossover(a: L, b: L, stream: RandomStream) {
            const child = (space.crossover as NonNullable<typeof space.crossover>)(a, b, stream)
            checked(child.level, `crossover (operator '${child.operator}')`)
            return child
          },
        }),
    ...(genome === undefined
      ? {}
      : {
          genome: {
            bounds: genome.bounds,
            toVector: (level: L) => genome.toVector(level),
            fromVector: (vector: ArrayLike<number>) =>
              checked(genome.fromVector(vector), 'genome.fromVector'),
          },
        }),
  }
}

function checkedSuite<L>(suite: Suite<L>, checked: Checked<L>): Suite<L> {
  const { id, about, entries } = suite
  return {
    id,
    about,
    entries: entries.map((entry) => ({
      name: entry.name,
      level: (stream, episode) =>
        checked(entry.level(stream, episode), `suite '${id}', entry '${entry.name}'`),
    })),
  }
}

function refused<L>(
  { spec, levels }: Environment<L>,
  level: L,
  maker: string,
  reason: string,
): AgonError {
  return new AgonError(
    'level/refused',
    `the environment '${spec.id}' made a level that its own validate refuses: ${reason}`,
    {
      place: maker,
      remedy: 'mend what makes the level, or what validate says of it',
      fields: { environment: spec.id, maker, reason, level: shown(levels, level) },
    },
  )
}

/** A level that will not do may not have a text either. */
function shown<L>(levels: LevelSpace<L>, level: L): string | null {
  try {
    return levels.format(level).slice(0, 500)
  } catch {
    return null
  }
}
