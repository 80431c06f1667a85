import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stream } from '../../../core/random.ts'
import { generateLevel } from '../generate.ts'
import type { BezierLevel, RacingLevel } from '../level.ts'
import { racingSuite } from '../suites.ts'
import { bezierLine, clockwise } from './bezier-line.ts'
import { HALF_WIDTH, PLAYFIELD } from './constants.ts'
import type { Track } from './contract.ts'
import { KERB_RED, KERB_WHITE } from './kinds.ts'
import { measureTrack } from './measure.ts'
import { pave } from './pave.ts'
import { trackOf } from './track-of.ts'

const bezier = (points: readonly number[]): BezierLevel => ({ track: 'bezier', points })
const drawn = (seed: number, generator: 'bezier' | 'sketch' | 'round' = 'bezier'): BezierLevel =>
  generateLevel({ generator, controlPoints: 12 }, stream(seed)) as BezierLevel
const shape = (name: string): RacingLevel =>
  racingSuite('racing/shapes', { actionRepeat: 8 })
    .entries.find((entry) => entry.name === name)!
    .level(stream(0), 0)
const kerbsOf = ({ kinds }: Track): number => kinds.filter((kind) => kind >= KERB_WHITE).length

describe('the curve through control points', () => {
  const SQUARE = [0.9, 0.1, 0.1, 0.1, 0.9, 0.9, 0.1, 0.9]

  it('goes around them from the south over the west', () => {
    expect(clockwise(SQUARE)).toEqual([
      [0.1, 0.1],
      [0.1, 0.9],
      [0.9, 0.9],
      [0.9, 0.1],
    ])
  })

  it('is a cubic between two of them, with tangents between their edges', () => {
    const { x, y } = bezierLine(SQUARE)
    expect(x).toHaveLength(4 * 39)
    // By hand: p = atan(0.2)/π + 1/2 = 0.562833; the first corner is left at π − pπ/2 = 129.3°, the second reached at
    // (1 − p)π/2 = 39.3°; edges are 266.667 m long, handles a fifth of that; a third of the way weighs 8, 12, 6, 1.
    expect(x[13] - x[0]).toBeCloseTo(-24.19342, 4)
    expect(y[13] - y[0]).toBeCloseTo(79.95293, 4)
    expect([x[39] - x[0], y[39] - y[0]]).toEqual([
      expect.closeTo(0, 9),
      expect.closeTo((0.8 * 2000) / 6, 9),
    ])
    expect(Math.min(...x) + Math.max(...x)).toBeCloseTo(0, 9)
    expect(Math.min(...y) + Math.max(...y)).toBeCloseTo(0, 9)
  })

  it('is closed and passes every point, of which the order does not count', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const { points } = drawn(seed)
        const line = bezierLine(points)
        expect(line.x).toHaveLength(468)
        const pieces = [...line.x].map((x, i) => {
          const next = (i + 1) % line.x.length
          return Math.hypot(line.x[next] - x, line.y[next] - line.y[i])
        })
        // No gap: an edge of the square is at most 471 m, in 39 pieces of a cubic.
        expect(Math.max(...pieces)).toBeLessThan(471 * (3 / 39))
        for (const [i, [x, y]] of clockwise(points).entries()) {
          expect(line.x[39 * i] - line.x[0]).toBeCloseTo(
            (x - clockwise(points)[0][0]) * PLAYFIELD,
            8,
          )
          expect(line.y[39 * i] - line.y[0]).toBeCloseTo(
            (y - clockwise(points)[0][1]) * PLAYFIELD,
            8,
          )
        }
        const pairs = Array.from({ length: 12 }, (_, i) => points.slice(2 * i, 2 * i + 2))
        expect(bezierLine(pairs.reverse().flat())).toEqual(line)
      }),
      { numRuns: 50 },
    )
  })

  it('has a polygon of control points that does not cross itself', () => {
    for (let seed = 0; seed < 100; seed++) {
      const corners = clockwise(drawn(seed).points)
      const xs = corners.map(([x]) => x)
      const ys = corners.map(([, y]) => y)
      const line = {
        x: Float64Array.from(xs),
        y: Float64Array.from(ys),
        across: new Float64Array(12),
      }
      const polygon = { ...trackOf(bezier(SQUARE)), line }
      expect(measureTrack(polygon).crossings, `seed ${seed}`).toBe(0)
    }
  })

  it('leaves out a point that is given twice', () => {
    const line = bezierLine([...SQUARE, 0.1, 0.9])
    expect(line.x).toHaveLength(4 * 39)
    expect(line.x.every(Number.isFinite)).toBe(true)
  })
})

describe('the road', () => {
  it('has a tile for each piece, counter-clockwise and convex', () => {
    for (const level of [drawn(1), drawn(2, 'sketch'), shape('Star'), shape('Hairpin')]) {
      const { shapes, tiles, line } = trackOf(level)
      expect(tiles.length).toBeLessThanOrEqual(line.x.length)
      for (let i = 0; i < shapes.count; i++) {
        const corners = Array.from({ length: shapes.sides[i] }, (_, k) => [
          shapes.corners[8 * i + 2 * k],
          shapes.corners[8 * i + 2 * k + 1],
        ])
        for (const [k, [ax, ay]] of corners.entries()) {
          const [bx, by] = corners[(k + 1) % corners.length]
          const [cx, cy] = corners[(k + 2) % corners.length]
          expect((bx - ax) * (cy - ay) - (by - ay) * (cx - ax)).toBeGreaterThan(0)
        }
      }
    }
  })

  it('is as wide as it was made, and begins where the car stands', () => {
    const track = trackOf(shape('Circle'))
    const [first] = track.tiles
    const { x, y, angle } = track.start
    const to = [0, 2, 4, 6].map((k) =>
      Math.hypot(
        track.shapes.corners[8 * first + k] - x,
        track.shapes.corners[8 * first + k + 1] - y,
      ),
    )
    expect(to.filter((distance) => Math.abs(distance - HALF_WIDTH) < 1e-9)).toHaveLength(2)
    expect(angle).toBe(track.line.across[0])
    expect([x, y]).toEqual([track.line.x[0], track.line.y[0]])
  })

  it('has kerbs where four pieces in a row turn sharply the same way, and there from the first', () => {
    const turns = [0, 0, 0, 0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.5, 0.5, 0.5]
    const line = {
      x: Float64Array.from(turns, (turn) => -20 * turn),
      y: Float64Array.from(turns, (_, i) => 3 * i),
      across: Float64Array.from(turns),
    }
    // Pieces 4 to 8: white by even numbers, red by odd ones.
    const kerbs = [...pave(line, 0.05).kinds].filter((kind) => kind >= KERB_WHITE)
    expect(kerbs).toEqual([KERB_WHITE, KERB_RED, KERB_WHITE, KERB_RED, KERB_WHITE])
    expect(kerbsOf(pave(line, 0.2))).toBe(0)
    expect(kerbsOf(trackOf(shape('Hairpin')))).toBeGreaterThan(20)
  })

  it('is measured by its middle', () => {
    const { length, turning, tiles, crossings } = measureTrack(trackOf(shape('Circle')))
    // A circle of 0.35 · 333 m, of which the curve is a good picture.
    expect(Math.abs(length / (2 * Math.PI * 0.35 * PLAYFIELD) - 1)).toBeLessThan(0.05)
    expect(turning).toBeGreaterThan(2 * Math.PI - 1e-9)
    expect([tiles, crossings]).toEqual([468, 0])
  })
})

describe('Gymnasium’s track', () => {
  it('closes, with pieces of one length but for the last', () => {
    for (let seed = 0; seed < 20; seed++) {
      const { line, tiles } = trackOf({ track: 'gymnasium', seed })
      const count = line.x.length
      expect(count).toBeGreaterThan(200)
      expect(count).toBeLessThan(400)
      expect(tiles).toHaveLength(count)
      for (let i = 0; i + 1 < count; i++)
        expect(Math.hypot(line.x[i + 1] - line.x[i], line.y[i + 1] - line.y[i])).toBeCloseTo(3.5, 9)
      const gap = Math.hypot(line.x[0] - line.x[count - 1], line.y[0] - line.y[count - 1])
      expect(gap).toBeLessThan(12)
    }
  })

  it('follows from its seed', () => {
    const [one, other] = [7, 8].map((seed) => trackOf({ track: 'gymnasium', seed }))
    expect(trackOf({ track: 'gymnasium', seed: 7 })).toEqual(one)
    expect(other.line.x).not.toEqual(one.line.x)
  })
})
