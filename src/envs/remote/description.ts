import { AgonError } from '../../core/errors.ts'
import type { TensorSpec } from '../../core/tensor.ts'
import { type agon, decodeSpec, encodeSpec } from '../../wire/index.ts'
import type { Environment, EnvironmentSpec } from '../contract.ts'

/** An environment as far as it is data. */
export interface EnvironmentDescription {
  readonly spec: EnvironmentSpec
  readonly returnRange?: readonly [number, number]
  readonly solvedAbove: number
  readonly suites: readonly DescribedSuite[]
  /** As the other side wrote it; empty where it says nothing. */
  readonly optionsJson: string
  readonly drawsLevels: boolean
  readonly drawsStates: boolean
  readonly parsesFiles: boolean
}

export interface DescribedSuite {
  readonly id: string
  readonly about: string
  readonly entries: readonly string[]
}

export function encodeDescription(
  environment: Environment<unknown>,
  optionsJson: string,
): agon.v1.EnvironmentDescription.$Properties {
  const { spec, levels, returnRange, solvedAbove, suites } = environment
  const [returnLow, returnHigh] = returnRange ?? []
  return {
    id: spec.id,
    profile: spec.profile,
    observations: Object.fromEntries(
      Object.entries(spec.observations).map(([name, of]) => [name, encodeSpec(of)]),
    ),
    actions: { count: spec.actions.count, names: [...(spec.actions.names ?? [])] },
    agents: spec.agents,
    seats: Object.entries(spec.seats).map(([name, agents]) => ({ name, agents: [...agents] })),
    ...(returnRange === undefined ? {} : { returnLow, returnHigh }),
    ...(Number.isFinite(solvedAbove) ? { solvedAbove } : {}),
    suites: suites.map((id) => {
      const { about, entries } = environment.suite(id)
      return { id, about, entries: entries.map(({ name }) => name) }
    }),
    optionsJson,
    drawsLevels: levels.draw !== undefined,
    drawsStates: environment.drawState !== undefined,
    parsesFiles: levels.parseFile !== undefined,
  }
}

/**
 * @param place who said it, for errors
 * @throws AgonError `environment/description` or `wire/tensor`
 */
export function decodeDescription(
  message: agon.v1.EnvironmentDescription.$Properties,
  place: string,
): EnvironmentDescription {
  const { id = '', profile = '', agents = 0, returnLow, returnHigh, solvedAbove } = message
  const refuse = (what: string): AgonError =>
    new AgonError('environment/description', `the environment's description ${what}`, { place })
  if (!id || !profile) throw refuse('has no id, or no profile')
  if (!agents || agents < 1) throw refuse('has no agents')
  const observations: Record<string, TensorSpec> = {}
  for (const [name, spec] of Object.entries(message.observations ?? {}))
    observations[name] = decodeSpec(name, spec)
  if (Object.keys(observations).length === 0) throw refuse('has no observations')
  const seats = (message.seats ?? []).map((seat) => [seat.name ?? '', seat.agents ?? []] as const)
  if (seats.flatMap(([, members]) => members).some((agent) => agent >= agents))
    throw refuse(`seats an agent beyond its ${agents}`)
  return {
    spec: {
      id,
      profile,
      observations,
      actions: decodeActions(message.actions, refuse),
      agents,
      seats: Object.fromEntries(seats),
    },
    ...(returnLow == null || returnHigh == null ? {} : { returnRange: [returnLow, returnHigh] }),
    solvedAbove: solvedAbove ?? Number.POSITIVE_INFINITY,
    suites: (message.suites ?? []).map((suite) => ({
      id: suite.id ?? '',
      about: suite.about ?? '',
      entries: suite.entries ?? [],
    })),
    optionsJson: message.optionsJson ?? '',
    drawsLevels: message.drawsLevels ?? false,
    drawsStates: message.drawsStates ?? false,
    parsesFiles: message.parsesFiles ?? false,
  }
}

function decodeActions(
  message: agon.v1.ActionSpec.$Properties | null | undefined,
  refuse: (what: string) => AgonError,
): EnvironmentSpec['actions'] {
  const count = message?.count ?? 0
  const names = message?.names ?? []
  if (count < 1) throw refuse('has no actions')
  if (names.length !== 0 && names.length !== count)
    throw refuse(`names ${names.length} of ${count} actions`)
  return { kind: 'discrete', count, ...(names.length === 0 ? {} : { names }) }
}
