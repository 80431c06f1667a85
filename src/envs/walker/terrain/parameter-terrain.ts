import { STEP } from './constants.ts'
import type { Terrain, TerrainDraws } from './contract.ts'
import { type GrowthRules, growTerrain, type Obstacle } from './grow-terrain.ts'

/** What the eight numbers of a level come to: each pair in order, steps a whole number. */
export interface TerrainParameters {
  readonly roughness: number
  /** Low and high, in steps of the ground; likewise the two others. */
  readonly pit: readonly [number, number]
  readonly stump: readonly [number, number]
  readonly stair: readonly [number, number]
  /** A flight has fewer steps than this. */
  readonly steps: number
}

/** The least upper bounds at which there are obstacles of a kind. */
export const LEAST_PIT = 0.8
export const LEAST_STUMP = 0.2
export const LEAST_STAIR = 0.2

/** Lower than this, in steps of the ground, a flight has no boxes. */
const FLAT_STAIR = 0.01
/** A box that is thinner, in metres, has fewer than three corners to the physics. */
const THINNEST = 0.0025
const STUMP_DRAWS = 11
const PIT_DEPTH = 4

const stump = ([low, high]: readonly [number, number]): Obstacle => ({
  begin({ draws, x, y, boxes }) {
    const width = draws.integer(1, 2)
    // The reference draws a stump that is too thin to stand again, at most ten times; if none stands, there is none.
    for (let i = 0; i < STUMP_DRAWS; i++) {
      const height = draws.uniform(low, high)
      const lift = draws.integer(0, 1)
      if (height * STEP <= THINNEST) continue
      boxes.push(x, y + lift * STEP, x + width * STEP, y + (lift + height) * STEP)
      return
    }
  },
  go() {},
})

function stairs([low, high]: readonly [number, number], most: number): Obstacle {
  let [height, slope, width, steps, base] = [0, 1, 4, 0, 0]
  return {
    begin(growth) {
      const { draws, x, y, boxes } = growth
      height = draws.uniform(low, high)
      slope = draws.random() > 0.5 ? 1 : -1
      width = draws.integer(4, 5)
      steps = draws.integer(0, most)
      base = y
      if (height <= FLAT_STAIR) return
      for (let s = 0; s < steps; s++) {
        const top = y + s * height * slope * STEP
        boxes.push(x + s * width * STEP, top - height * STEP, x + (s + 1) * width * STEP, top)
      }
      growth.count = steps * width + 1
    },
    go(growth) {
      const risen = Math.floor((steps * width - growth.count) / width) * height * slope
      growth.y = base + (risen - (slope < 0 ? height : 0)) * STEP
    },
  }
}

function pit([low, high]: readonly [number, number]): Obstacle {
  let [base, shift] = [0, 0]
  return {
    begin(growth) {
      const { draws, x, y, boxes } = growth
      const gap = 1 + draws.uniform(low, high)
      const cells = Math.ceil(gap)
      shift = cells - gap
      const bottom = y - PIT_DEPTH * STEP
      boxes.push(x, bottom, x + STEP, y, x + gap * STEP, bottom, x + (gap + 1) * STEP, y)
      growth.count = cells + 2
      base = y
    },
    go(growth) {
      growth.y = base - (growth.count > 1 ? PIT_DEPTH * STEP : 0)
      if (growth.count === 1) growth.x -= shift * STEP
    },
  }
}

/** The ground of dcd's parameterised walker. */
export function parameterTerrain(parameters: TerrainParameters, draws: TerrainDraws): Terrain {
  const { roughness } = parameters
  const rules: GrowthRules = {
    obstacles: [
      ...(parameters.stump[1] >= LEAST_STUMP
        ? [{ kind: 'stumps' as const, make: () => stump(parameters.stump) }]
        : []),
      ...(parameters.stair[1] >= LEAST_STAIR
        ? [{ kind: 'stairs' as const, make: () => stairs(parameters.stair, parameters.steps) }]
        : []),
      ...(parameters.pit[1] >= LEAST_PIT
        ? [{ kind: 'pits' as const, make: () => pit(parameters.pit) }]
        : []),
    ],
    grass: (y, slope) => y + roughness * slope,
  }
  return growTerrain(rules, draws)
}
