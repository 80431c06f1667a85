import { describe, expect, it } from 'vitest'
import { stream } from '../../../core/random.ts'
import { courseOf, drawsFrom, terrainParameters } from '../ground-of.ts'
import { recordedWalks, replayedDraws } from '../testing/recorded.ts'
import { BASE, START_PAD, STEP } from './constants.ts'
import type { Terrain } from './contract.ts'
import { gymnasiumTerrain } from './gymnasium-terrain.ts'
import { parameterTerrain } from './parameter-terrain.ts'

const furthest = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  expect(a.length).toBe(b.length)
  return Math.max(0, ...Array.from(a, (value, i) => Math.abs(value - b[i])))
}

describe('the ground', () => {
  it.each(recordedWalks().map((walk) => [walk.name, walk] as const))(
    'of %s is the recorded one, draw by draw',
    (_, walk) => {
      const draws = replayedDraws(walk)
      const parameters = walk.level
      const grown =
        parameters === undefined
          ? gymnasiumTerrain(walk.environment.includes('Hardcore') ? 'hardcore' : 'plain', draws)
          : parameterTerrain(
              terrainParameters({ terrain: 'parameters', parameters, seed: 0 }),
              draws,
            )
      expect(draws.left()).toBe(0)
      expect(furthest(grown.x, walk.terrain.x)).toBeLessThan(1e-14)
      expect(furthest(grown.y, walk.terrain.y)).toBeLessThan(1e-14)
      // Box2D holds them in single precision.
      expect(furthest(grown.boxes, walk.boxes)).toBeLessThan(1e-5)
    },
  )

  it('draws evenly from the ranges that it names, so that vertices are distributed as the original’s', () => {
    const draws = drawsFrom(stream('walker', 'draws'))
    const lengths = new Array<number>(10).fill(0)
    for (let i = 0; i < 5000; i++) lengths[draws.integer(5, 10)]++
    expect(lengths.slice(0, 5)).toEqual([0, 0, 0, 0, 0])
    // Standard error √(5000·⅕·⅘) = 28.
    for (const count of lengths.slice(5)) expect(Math.abs(count - 1000)).toBeLessThan(120)
    const jolts = Array.from({ length: 5000 }, () => draws.uniform(-1, 1)).sort((a, b) => a - b)
    // Kolmogorov–Smirnov against the uniform distribution: 1.95 / √n at one in a thousand.
    const apart = Math.max(...jolts.map((v, i) => Math.abs((v + 1) / 2 - i / jolts.length)))
    expect(apart).toBeLessThan(1.95 / Math.sqrt(jolts.length))
  })

  const ground = (given: Partial<Record<number, number>>, seed: number): Terrain =>
    courseOf({
      terrain: 'parameters',
      parameters: [0, 0, 0, 0, 0, 0, 0, 1].map((lowest, i) => given[i] ?? lowest),
      seed,
    }).terrain

  it('begins with a flat pad, and is flat without roughness and obstacles', () => {
    for (const level of [{ 0: 10, 2: 10, 4: 5, 6: 5, 7: 9 }, {}]) {
      const { x, y, boxes } = ground(level, 4)
      expect(x.slice(0, START_PAD)).toEqual(
        Float64Array.from(x.slice(0, START_PAD), (_, i) => i * STEP),
      )
      expect(new Set(y.slice(0, START_PAD))).toEqual(new Set([BASE]))
      if (Object.keys(level).length === 0) {
        expect(boxes).toHaveLength(0)
        expect(new Set(y)).toEqual(new Set([BASE]))
      }
    }
  })

  it('has an obstacle from its least size on, each pair in either order', () => {
    const kinds = (given: Partial<Record<number, number>>): string[] =>
      Object.entries(ground(given, 9).counts).flatMap(([kind, n]) => (n > 0 ? [kind] : []))
    expect(kinds({ 2: 0.79 })).toEqual([])
    expect(kinds({ 2: 0.8 })).toEqual(['pits'])
    expect(kinds({ 1: 0.8 })).toEqual(['pits'])
    expect(kinds({ 4: 0.19, 6: 0.19 })).toEqual([])
    expect(kinds({ 4: 0.2 })).toEqual(['stumps'])
    expect(kinds({ 5: 0.2, 7: 5 })).toEqual(['stairs'])
    expect(ground({ 1: 3, 2: 1 }, 5)).toEqual(ground({ 1: 1, 2: 3 }, 5))
  })

  it('has no box too thin to stand, and pits whose right edge is where the gap ends', () => {
    for (let seed = 0; seed < 40; seed++) {
      const { boxes, x } = ground({ 2: 2.5, 4: 0.2, 6: 0.2, 7: 6 }, seed)
      for (let at = 0; at < boxes.length; at += 4) {
        expect(boxes[at + 3] - boxes[at + 1]).toBeGreaterThan(0.0025)
        expect(boxes[at + 2]).toBeGreaterThan(boxes[at])
      }
      for (let i = 1; i < x.length; i++) expect(x[i]).toBeGreaterThan(x[i - 1])
    }
  })
})
