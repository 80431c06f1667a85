import { STEP } from './constants.ts'
import type { Terrain, TerrainDraws } from './contract.ts'
import { type GrowthRules, growTerrain, type Obstacle } from './grow-terrain.ts'

/** Metres that a pit is deep, in steps. */
const PIT_DEPTH = 4

const stump = (): Obstacle => ({
  begin(growth) {
    const side = growth.draws.integer(1, 3)
    growth.count = side
    const { x, y } = growth
    growth.boxes.push(x, y, x + side * STEP, y + side * STEP)
  },
  go() {},
})

function stairs(): Obstacle {
  let [slope, width, steps, base] = [1, 4, 3, 0]
  return {
    begin(growth) {
      const { draws, x, y, boxes } = growth
      slope = draws.random() > 0.5 ? 1 : -1
      width = draws.integer(4, 5)
      steps = draws.integer(3, 5)
      base = y
      for (let s = 0; s < steps; s++) {
        const top = y + s * slope * STEP
        boxes.push(x + s * width * STEP, top - STEP, x + (s + 1) * width * STEP, top)
      }
      growth.count = steps * width
    },
    go(growth) {
      const s = steps * width - growth.count - slope
      growth.y = base + (s / width) * slope * STEP
    },
  }
}

function pit(): Obstacle {
  let base = 0
  return {
    begin(growth) {
      const { draws, x, y, boxes } = growth
      const gap = draws.integer(3, 5)
      const bottom = y - PIT_DEPTH * STEP
      boxes.push(x, bottom, x + STEP, y, x + gap * STEP, bottom, x + (gap + 1) * STEP, y)
      growth.count = gap + 2
      base = y
    },
    go(growth) {
      growth.y = base - (growth.count > 1 ? PIT_DEPTH * STEP : 0)
    },
  }
}

const grass = (y: number, slope: number): number => y + slope
const PLAIN: GrowthRules = { obstacles: [], grass }
const HARDCORE: GrowthRules = {
  obstacles: [
    { kind: 'stumps', make: stump },
    { kind: 'stairs', make: stairs },
    { kind: 'pits', make: pit },
  ],
  grass,
}

/** The ground of Gymnasium's `BipedalWalker-v3` and `BipedalWalkerHardcore-v3`. */
export const gymnasiumTerrain = (kind: 'plain' | 'hardcore', draws: TerrainDraws): Terrain =>
  growTerrain(kind === 'plain' ? PLAIN : HARDCORE, draws)
