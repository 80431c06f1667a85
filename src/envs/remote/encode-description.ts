import { type agon, encodeSpec } from '../../wire/index.ts'
import type { Environment } from '../contract.ts'
import { hasSteps } from '../steppable.ts'
import { encodeActions } from './action-spec.ts'
import { encodeGenome } from './genome-bounds.ts'

/** An environment as others are told of it. */
export function encodeDescription(
  environment: Environment<unknown>,
  optionsJson: string,
): agon.v1.EnvironmentDescription.$Properties {
  const { spec, levels, returnRange, solvedAbove, measures, suites } = environment
  const { givesFinals, givesDepartures } = environment
  const [returnLow, returnHigh] = returnRange ?? []
  return {
    id: spec.id,
    profile: spec.profile,
    observations: Object.fromEntries(
      Object.entries(spec.observations).map(([name, of]) => [name, encodeSpec(of)]),
    ),
    observationOrder: Object.keys(spec.observations),
    ...(hasSteps(spec) ? { actions: encodeActions(spec.actions) } : {}),
    agents: spec.agents,
    seats: Object.entries(spec.seats).map(([name, agents]) => ({ name, agents: [...agents] })),
    ...(returnRange === undefined ? {} : { returnLow, returnHigh }),
    ...(Number.isFinite(solvedAbove) ? { solvedAbove } : {}),
    measures: (measures ?? []).map(({ name, about, better, of, above }) => ({
      name,
      about,
      lowerIsBetter: better === 'lower',
      ofLength: of === 'length',
      ...(above === undefined ? {} : { above }),
    })),
    suites: suites.map((id) => {
      const { about, entries } = environment.suite(id)
      return { id, about, entries: entries.map(({ name }) => name) }
    }),
    optionsJson,
    drawsLevels: levels.draw !== undefined,
    drawsStates: environment.drawState !== undefined,
    parsesFiles: levels.parseFile !== undefined,
    operators: [...(levels.operators ?? [])],
    crossesLevels: levels.crossover !== undefined,
    resamplesLevels: environment.resample !== undefined,
    givesFinals: givesFinals === true && hasSteps(spec),
    givesDepartures: givesDepartures === true && hasSteps(spec),
    ...(levels.genome === undefined ? {} : { genome: encodeGenome(levels.genome.bounds) }),
  }
}
