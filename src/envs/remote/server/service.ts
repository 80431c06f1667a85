import { ENVIRONMENTS, type Implementation, implement } from '../../../wire/index.ts'
import type { Environment } from '../../contract.ts'
import { encodeDescription } from '../encode-description.ts'
import { answerInTurn } from './answer-in-turn.ts'
import {
  describeLevels,
  drawStates,
  mutateLevels,
  parseLevels,
  sampleLevels,
} from './level-calls.ts'
import { findEnvironment, type Served } from './served.ts'
import { SlotBudget } from './slot-budget.ts'
import { StepSession } from './step-session.ts'
import { crossLevels, fromGenome, resampleLevels, toGenome } from './variation-calls.ts'

export interface ServiceOptions {
  /** Which environment an empty name means; by default the only one. */
  readonly default?: string
  /** The options each environment was made with, by its name; told to whoever asks what it is. */
  readonly made?: Readonly<Record<string, unknown>>
  /** Slots that one stream may open; default 65 536. */
  readonly maxSlots?: number
  /** Slots of all streams together; default 262 144. */
  readonly maxSlotsInAll?: number
}

const MOST_SLOTS = 65_536

/**
 * agon.v1.Environments over environments of this process, to be listened with (`listen({ services: [...] })`). Every bad
 * input is answered by name, as `proto/agon/v1/environments.proto` says.
 */
export function environmentsService(
  environments: Readonly<Record<string, Environment<unknown>>>,
  options: ServiceOptions = {},
): Implementation {
  const { maxSlots = MOST_SLOTS, maxSlotsInAll = 4 * MOST_SLOTS, made = {} } = options
  const served: Served = { environments, default: options.default }
  const budget = new SlotBudget(maxSlots, maxSlotsInAll)
  const world = (name: string): Environment<unknown> => findEnvironment(served, name).environment
  return implement(ENVIRONMENTS, {
    describe: async (request) => {
      const { name, environment } = findEnvironment(served, request.environment)
      return encodeDescription(
        environment,
        made[name] === undefined ? '' : JSON.stringify(made[name]),
      )
    },
    sampleLevels: async (request) => sampleLevels(world(request.environment), request),
    mutateLevels: async (request) => mutateLevels(world(request.environment), request),
    describeLevels: async (request) => describeLevels(world(request.environment), request),
    parseLevels: async (request) => parseLevels(world(request.environment), request),
    crossLevels: async (request) => crossLevels(world(request.environment), request),
    toGenome: async (request) => toGenome(world(request.environment), request),
    fromGenome: async (request) => fromGenome(world(request.environment), request),
    resampleLevels: async (request) => resampleLevels(world(request.environment), request),
    drawStates: async (request) => drawStates(world(request.environment), request),
    step(stream) {
      const session = new StepSession(world, budget)
      answerInTurn(
        stream,
        (request) => session.answer(request),
        () => session.close(),
      )
    },
  })
}
