import { BASE, START_PAD, STEP, VERTICES } from './constants.ts'
import type { ObstacleCounts, Terrain, TerrainDraws } from './contract.ts'

export type ObstacleKind = keyof ObstacleCounts

/** The ground while it grows from left to right. */
export interface Growth {
  readonly draws: TerrainDraws
  /** Of the vertex at hand. Before it is put down, a rule may move either. */
  x: number
  y: number
  /** Vertices left in this stretch, the one at hand among them. */
  count: number
  /** Left, bottom, right, top of each. */
  readonly boxes: number[]
}

/** One kind of obstacle, as it goes on from vertex to vertex. */
export interface Obstacle {
  /** Where it begins: draws, puts up boxes, and may set how long it is. */
  begin(growth: Growth): void
  /** At each vertex that follows. */
  go(growth: Growth): void
}

export interface GrowthRules {
  /** Of those that there are, in the order in which they are numbered for the draw. */
  readonly obstacles: readonly { readonly kind: ObstacleKind; readonly make: () => Obstacle }[]
  /** Grassland's next height. */
  readonly grass: (y: number, slope: number) => number
}

const SLOPE_KEPT = 0.8
const PULL = 0.01
const JOLT = 1 / 30
/** Lengths of stretches, drawn from [low, high). */
const STRETCH = [5, 10] as const

/**
 * Ground from left to right, grassland and obstacles in turn, beginning with a flat pad. What is drawn, and in which order,
 * is the original's.
 */
export function growTerrain({ obstacles, grass }: GrowthRules, draws: TerrainDraws): Terrain {
  const [xs, ys] = [new Float64Array(VERTICES), new Float64Array(VERTICES)]
  const counts = { stumps: 0, stairs: 0, pits: 0 }
  const growth: Growth = { draws, x: 0, y: BASE, count: START_PAD, boxes: [] }
  let slope = 0
  let first = false
  let obstacle: Obstacle | null = null
  for (let i = 0; i < VERTICES; i++) {
    growth.x = i * STEP
    if (obstacle !== null) {
      if (first) obstacle.begin(growth)
      else obstacle.go(growth)
    } else if (!first) {
      slope = SLOPE_KEPT * slope + PULL * Math.sign(BASE - growth.y)
      if (i > START_PAD) slope += draws.uniform(-1, 1) * JOLT
      growth.y = grass(growth.y, slope)
    }
    xs[i] = growth.x
    ys[i] = growth.y
    first = false
    if (--growth.count > 0) continue
    growth.count = draws.integer(...STRETCH)
    if (obstacle === null && obstacles.length > 0) {
      const chosen = obstacles[draws.integer(1, obstacles.length + 1) - 1]
      obstacle = chosen.make()
      if (i + 1 < VERTICES) counts[chosen.kind]++
    } else obstacle = null
    first = true
  }
  return { x: xs, y: ys, boxes: Float64Array.from(growth.boxes), counts }
}
