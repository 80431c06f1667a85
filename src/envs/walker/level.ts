import { AgonError } from '../../core/errors.ts'

/** The eight numbers of a level, in their order. */
export const PARAMETERS = [
  'roughness',
  'pitLow',
  'pitHigh',
  'stumpLow',
  'stumpHigh',
  'stairLow',
  'stairHigh',
  'stairSteps',
] as const

/** Of each of {@link PARAMETERS}: what levels may have. */
export const LOW: readonly number[] = [0, 0, 0, 0, 0, 0, 0, 1]
export const HIGH: readonly number[] = [10, 10, 10, 5, 5, 5, 5, 9]

/** The POET variant has as many of them, and no stairs. */
export const POET_PARAMETERS = 5

/**
 * The free parameters of a walk: what the ground is like, and a seed from which all that is random in it follows, the
 * push at the start too. Immutable.
 */
export type WalkerLevel = ParameterLevel | PublishedLevel

/** dcd's parameterised ground. */
export interface ParameterLevel extends LevelBase {
  readonly terrain: 'parameters'
  /** As {@link PARAMETERS}. Each pair stands as it was drawn or edited; the ground takes it in order. */
  readonly parameters: readonly number[]
}

/** The ground of Gymnasium's `BipedalWalker-v3` or `BipedalWalkerHardcore-v3`. */
export interface PublishedLevel extends LevelBase {
  readonly terrain: 'plain' | 'hardcore'
}

interface LevelBase {
  /** 0 … 2³²−1. */
  readonly seed: number
  /** Step limit of an episode in this level; absent: the environment's `maxSteps`. */
  readonly maxSteps?: number
}

export const TERRAINS = ['parameters', 'plain', 'hardcore'] as const
export const MOST_SEED = 2 ** 32 - 1
export const MAX_STEP_LIMIT = 1_000_000_000

/** What is wrong with a level, and with which of its fields. */
export interface Defect {
  readonly message: string
  readonly place: string
}

export const isStepLimit = (steps: number): boolean =>
  Number.isInteger(steps) && steps >= 1 && steps <= MAX_STEP_LIMIT

/** The first reason why a level cannot be attempted, or null. */
export function findDefect(level: WalkerLevel): Defect | null {
  const { seed, maxSteps } = level
  if (!TERRAINS.includes(level.terrain))
    return { message: `there is no terrain '${level.terrain}'`, place: 'terrain' }
  if (!(Number.isInteger(seed) && seed >= 0 && seed <= MOST_SEED))
    return { message: `seed ${seed} is not a whole number from 0 to ${MOST_SEED}`, place: 'seed' }
  if (maxSteps !== undefined && !isStepLimit(maxSteps))
    return { message: `maxSteps ${maxSteps} is not a positive integer`, place: 'maxSteps' }
  return level.terrain === 'parameters' ? findParameterDefect(level.parameters) : null
}

function findParameterDefect(parameters: readonly number[]): Defect | null {
  if (parameters.length !== PARAMETERS.length)
    return {
      message: `${parameters.length} parameters, there are ${PARAMETERS.length}`,
      place: 'parameters',
    }
  for (let i = 0; i < PARAMETERS.length; i++)
    if (!(parameters[i] >= LOW[i] && parameters[i] <= HIGH[i]) || Object.is(parameters[i], -0))
      return {
        message: `${PARAMETERS[i]} goes from ${LOW[i]} to ${HIGH[i]}, not ${Object.is(parameters[i], -0) ? '-0' : parameters[i]}`,
        place: PARAMETERS[i],
      }
  return null
}

/** @throws AgonError `level/invalid` with the field in `place` */
export function assertWellFormed(level: WalkerLevel): void {
  const defect = findDefect(level)
  if (defect === null) return
  throw new AgonError('level/invalid', defect.message, {
    place: defect.place,
    remedy: 'every number of a level lies within its range',
  })
}
