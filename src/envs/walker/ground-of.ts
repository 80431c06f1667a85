import { type RandomStream, stream } from '../../core/random.ts'
import type { ParameterLevel, WalkerLevel } from './level.ts'
import type { Terrain, TerrainDraws } from './terrain/contract.ts'
import { gymnasiumTerrain } from './terrain/gymnasium-terrain.ts'
import { parameterTerrain, type TerrainParameters } from './terrain/parameter-terrain.ts'

/** N, either way: the push that the hull gets during the step of a reset. */
const MOST_PUSH = 5

/** What a level comes to. */
export interface Course {
  readonly terrain: Terrain
  /** N along x. */
  readonly push: number
}

/** The ground and the push of a level, from its seed: equal levels give equal ones. */
export function courseOf(level: WalkerLevel): Course {
  const draws = drawsFrom(stream(level.seed, 'walker', 'terrain'))
  const terrain =
    level.terrain === 'parameters'
      ? parameterTerrain(terrainParameters(level), draws)
      : gymnasiumTerrain(level.terrain, draws)
  return { terrain, push: draws.uniform(-MOST_PUSH, MOST_PUSH) }
}

/** Each pair in order, steps rounded. */
export function terrainParameters({ parameters }: ParameterLevel): TerrainParameters {
  const [roughness, pitLow, pitHigh, stumpLow, stumpHigh, stairLow, stairHigh, steps] = parameters
  const inOrder = (a: number, b: number): [number, number] => (a <= b ? [a, b] : [b, a])
  return {
    roughness,
    pit: inOrder(pitLow, pitHigh),
    stump: inOrder(stumpLow, stumpHigh),
    stair: inOrder(stairLow, stairHigh),
    steps: Math.round(steps),
  }
}

export const drawsFrom = (random: RandomStream): TerrainDraws => ({
  uniform: (low, high) => low + (high - low) * random.uniform(),
  integer: (low, high) => low + random.integer(high - low),
  random: () => random.uniform(),
})
