import { AgonError } from '../../core/errors.ts'
import { BYTES_PER_ELEMENT, elementCount, type TensorSpec } from '../../core/tensor.ts'
import { type agon, decodeSpec, MAX_MESSAGE_BYTES } from '../../wire/index.ts'
import type { EnvironmentSpec, GenomeBounds, Measure } from '../contract.ts'
import { measuresFault } from '../measures.ts'
import { specWithoutSteps } from '../steppable.ts'
import { decodeActions } from './action-spec.ts'
import { checkName, count, MOST, type Refuse } from './description-law.ts'
import { decodeGenome } from './genome-bounds.ts'

/** An environment as far as it is data. */
export interface EnvironmentDescription {
  readonly spec: EnvironmentSpec
  readonly returnRange?: readonly [number, number]
  readonly solvedAbove: number
  readonly givesFinals: boolean
  readonly givesDepartures: boolean
  readonly measures: readonly Measure[]
  readonly suites: readonly DescribedSuite[]
  /** As the other side wrote it; empty where it says nothing. */
  readonly optionsJson: string
  readonly drawsLevels: boolean
  readonly drawsStates: boolean
  readonly parsesFiles: boolean
  readonly operators: readonly string[]
  readonly crossesLevels: boolean
  readonly resamplesLevels: boolean
  readonly genome?: GenomeBounds
}

export interface DescribedSuite {
  readonly id: string
  readonly about: string
  readonly entries: readonly string[]
}

/**
 * What another program says that it is: every name printable, every number in its bounds, one step small enough for a message.
 * @param place who said it, for errors
 * @throws AgonError `environment/description` or `wire/tensor`
 */
export function decodeDescription(
  message: agon.v1.EnvironmentDescription.$Properties,
  place: string,
): EnvironmentDescription {
  const { id = '', profile = '', returnLow, returnHigh, solvedAbove } = message
  const refuse: Refuse = (what) =>
    new AgonError('environment/description', `the environment's description ${what}`, { place })
  if (!id || !profile) throw refuse('has no id, or no profile')
  for (const name of [id, profile]) checkName('an id or a profile', name, refuse)
  const agents = count(message.agents, 'agents', MOST.agents, refuse)
  if (returnLow != null && returnHigh != null && !(returnLow <= returnHigh))
    throw refuse(`has returns from ${returnLow} to ${returnHigh}`)
  if (Number.isNaN(solvedAbove)) throw refuse('has solved_above that is no number')
  return {
    spec: decodeSpecOf(message, { id, profile, agents }, refuse),
    ...(returnLow == null || returnHigh == null ? {} : { returnRange: [returnLow, returnHigh] }),
    solvedAbove: solvedAbove ?? Number.POSITIVE_INFINITY,
    measures: decodeMeasures(message.measures ?? [], refuse),
    suites: decodeSuites(message.suites ?? [], refuse),
    optionsJson: message.optionsJson ?? '',
    drawsLevels: message.drawsLevels ?? false,
    drawsStates: message.drawsStates ?? false,
    parsesFiles: message.parsesFiles ?? false,
    operators: decodeOperators(message.operators ?? [], refuse),
    crossesLevels: message.crossesLevels ?? false,
    resamplesLevels: message.resamplesLevels ?? false,
    givesFinals: message.givesFinals ?? false,
    givesDepartures: message.givesDepartures ?? false,
    ...(message.genome == null ? {} : { genome: decodeGenome(message.genome, refuse) }),
  }
}

/** With neither observations nor actions there is nothing to step; with one of them alone something is missing. */
function decodeSpecOf(
  message: agon.v1.EnvironmentDescription.$Properties,
  of: Pick<EnvironmentSpec, 'id' | 'profile' | 'agents'>,
  refuse: Refuse,
): EnvironmentSpec {
  const { observations = {}, actions } = message
  const seats = decodeSeats(message.seats ?? [], of.agents, refuse)
  if (Object.keys(observations).length === 0 && actions == null)
    return { ...specWithoutSteps(of), agents: of.agents, seats }
  return {
    ...of,
    observations: decodeObservations(
      observations,
      orderOf(observations, message.observationOrder ?? [], refuse),
      of.agents,
      refuse,
    ),
    actions: decodeActions(actions, refuse),
    seats,
  }
}

function decodeMeasures(
  given: readonly agon.v1.NamedMeasure.$Properties[],
  refuse: Refuse,
): readonly Measure[] {
  const measures = given.map(
    ({ name, about, lowerIsBetter, ofLength, above }): Measure => ({
      name: name ?? '',
      about: about ?? '',
      better: lowerIsBetter ? 'lower' : 'higher',
      of: ofLength ? 'length' : 'return',
      ...(above == null ? {} : { above }),
    }),
  )
  const fault = measuresFault(measures)
  if (fault !== null) throw refuse(`has measures that will not do: ${fault}`)
  return measures
}

function decodeOperators(given: readonly string[], refuse: Refuse): readonly string[] {
  if (given.length > MOST.operators)
    throw refuse(`has ${given.length} operators, at most ${MOST.operators}`)
  for (const name of given) checkName('an operator', name, refuse)
  if (new Set(given).size !== given.length) throw refuse('has an operator twice')
  return given
}

/** A map has no order on the wire: of some libraries it is another one in every process, and a network would take in other things. */
function orderOf(
  given: Readonly<Record<string, unknown>>,
  told: readonly string[],
  refuse: Refuse,
): readonly string[] {
  const sorted = Object.keys(given).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  if (told.length === 0) return sorted
  const theirs = new Set(told)
  if (theirs.size !== told.length || !sorted.every((name) => theirs.has(name)))
    throw refuse('has an order of observations that does not name each of them once')
  if (told.length !== sorted.length)
    throw refuse('has an order of observations that names one it has not')
  return told
}

function decodeObservations(
  given: Readonly<Record<string, agon.v1.TensorSpec.$Properties>>,
  names: readonly string[],
  agents: number,
  refuse: Refuse,
): EnvironmentSpec['observations'] {
  count(names.length, 'observations', MOST.observations, refuse)
  let bytes = 0
  const observations: Record<string, TensorSpec> = {}
  for (const name of names) {
    const spec = decodeSpec(checkName('an observation', name, refuse), given[name])
    const { low = Number.NEGATIVE_INFINITY, high = Number.POSITIVE_INFINITY } = spec
    if (!(low <= high)) throw refuse(`has '${name}' from ${low} to ${high}`)
    observations[name] = spec
    bytes += elementCount(spec.shape) * BYTES_PER_ELEMENT[spec.dtype] * agents
  }
  if (bytes > MAX_MESSAGE_BYTES)
    throw refuse(`has observations of ${bytes} bytes a slot, at most ${MAX_MESSAGE_BYTES}`)
  return observations
}

function decodeSeats(
  given: readonly agon.v1.Seat.$Properties[],
  agents: number,
  refuse: Refuse,
): EnvironmentSpec['seats'] {
  if (given.length > MOST.seats) throw refuse(`has ${given.length} seats, at most ${MOST.seats}`)
  const seats: Record<string, readonly number[]> = {}
  for (const { name, agents: members } of given) {
    const seat = checkName('a seat', name ?? '', refuse)
    if (Object.hasOwn(seats, seat)) throw refuse(`has two seats '${seat}'`)
    if ((members ?? []).some((agent) => agent >= agents))
      throw refuse(`seats an agent beyond its ${agents}`)
    if (new Set(members).size !== (members ?? []).length)
      throw refuse(`has an agent twice in seat '${seat}'`)
    seats[seat] = members ?? []
  }
  return seats
}

function decodeSuites(
  given: readonly agon.v1.Suite.$Properties[],
  refuse: Refuse,
): readonly DescribedSuite[] {
  if (given.length > MOST.suites) throw refuse(`has ${given.length} suites, at most ${MOST.suites}`)
  const known = new Set<string>()
  return given.map((suite) => {
    const id = checkName('a suite', suite.id ?? '', refuse)
    const entries = suite.entries ?? []
    if (known.has(id)) throw refuse(`has two suites '${id}'`)
    known.add(id)
    if (entries.length > MOST.entries)
      throw refuse(`has ${entries.length} entries in '${id}', at most ${MOST.entries}`)
    for (const entry of entries) checkName(`an entry of '${id}'`, entry, refuse)
    if (new Set(entries).size !== entries.length) throw refuse(`has an entry twice in '${id}'`)
    return { id, about: suite.about ?? '', entries }
  })
}
