import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stream } from '../../../core/random.ts'
import { movablesOf, placeOf } from '../generate/movable.ts'
import { footballOptions } from '../options.ts'
import { parseLevel } from '../text/parse-levels.ts'
import { crossPlaces } from './crossover.ts'
import { findDefect } from './defect.ts'
import { footballGenome } from './genome.ts'
import { footballLevelSpace } from './level-space.ts'

const team = (role: string): string =>
  Array.from({ length: 10 }, (_, i) => `${role} ${-0.08 * i} 0.02`).join('\n')
const ELEVEN = parseLevel(`left:\nGK -1 0\n${team('CM')}\nright:\nGK -1 0\n${team('CB')}`)
const genome = footballGenome(ELEVEN, { maxX: 0.9, maxY: 0.4 })
const options = footballOptions.parse({ generator: 'random' })
const levels = footballLevelSpace(
  options,
  () => ELEVEN,
  (level) => findDefect(level)?.message ?? null,
)

describe('the genome of football', () => {
  it('is MADRID’s: x and y of twenty outfield players and the ball', () => {
    const { names, low, high } = genome.bounds
    expect(names).toHaveLength(42)
    expect([names[0], names[21], names[41]]).toEqual(['left 1 x', 'right 1 y', 'ball y'])
    expect([low.slice(0, 2), high.slice(40)]).toEqual([
      [-0.9, -0.4],
      [0.9, 0.4],
    ])
    expect(levels.genome?.bounds).toEqual(genome.bounds)
  })

  it('gives a level that can be played at any point, and gives it again at that level’s point', () => {
    const point = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), {
      minLength: 42,
      maxLength: 42,
    })
    fc.assert(
      fc.property(point, (vector) => {
        const level = genome.fromVector(vector)
        expect(findDefect(level)).toBeNull()
        expect(genome.fromVector(genome.toVector(level))).toEqual(level)
        expect([level.left[0], level.right[0]]).toEqual([ELEVEN.left[0], ELEVEN.right[0]])
      }),
      { numRuns: 60 },
    )
  })

  it('puts everyone where the point says, where there is room', () => {
    for (let seed = 0; seed < 20; seed++) {
      const level = levels.sample(stream(seed))
      const vector = genome.toVector(level)
      const again = genome.fromVector(vector)
      expect(again).toEqual(level)
      movablesOf(level).forEach((what, i) => {
        const [x, y] = placeOf(level, what)
        expect([vector[2 * i], vector[2 * i + 1]]).toEqual([x, y])
      })
    }
  })

  it('clips, and parts who would stand on one place by the least', () => {
    const one = genome.fromVector(new Array(42).fill(5))
    expect(findDefect(one)).toBeNull()
    expect(one.ball).toEqual([Math.fround(0.9), Math.fround(0.4)])
    expect([one.left[1].x, one.left[1].y]).toEqual([Math.fround(0.9), Math.fround(0.4)])
    for (const { x, y } of one.left.slice(1)) {
      expect(Math.abs(x - 0.9)).toBeLessThan(0.05)
      expect(Math.abs(y - 0.4)).toBeLessThan(0.05)
    }
  })

  it('refuses what is no point, and a level of other teams', () => {
    const refusal = expect.objectContaining({ code: 'level/genome' })
    expect(() => genome.fromVector([1, 2])).toThrow(refusal)
    expect(() => genome.fromVector(new Array(42).fill(Number.NaN))).toThrow(refusal)
    expect(() => genome.toVector(parseLevel('left:\nGK -1 0\nright:\nGK -1 0'))).toThrow(refusal)
  })
})

describe('variations of football levels', () => {
  it('move the ball, a team, or all', () => {
    const level = levels.sample(stream('variation'))
    const moved = (operator: string) => {
      const child = levels.mutate(level, stream(operator), operator).level
      expect(findDefect(child)).toBeNull()
      return movablesOf(level)
        .filter((what) => String(placeOf(level, what)) !== String(placeOf(child, what)))
        .map((what) => (what === 'ball' ? what : what.side))
    }
    expect(moved('move-ball')).toEqual(['ball'])
    expect(new Set(moved('move-left'))).toEqual(new Set(['left']))
    expect(new Set(moved('move-right'))).toEqual(new Set(['right']))
    expect(new Set(moved('move'))).toEqual(new Set(['left', 'right', 'ball']))
    expect(levels.mutate(level, stream('one')).level).toEqual(
      levels.mutate(level, stream('one'), 'move').level,
    )
  })

  it('cross two by their places, playable as they were', () => {
    let ofB = 0
    for (let seed = 0; seed < 30; seed++) {
      const [a, b] = [levels.sample(stream(seed, 'a')), levels.sample(stream(seed, 'b'))]
      const child = crossPlaces(a, b, stream(seed, 'cross'))
      expect(findDefect(child)).toBeNull()
      for (const what of movablesOf(a)) {
        const [at, mine, other] = [child, a, b].map((one) => String(placeOf(one, what)))
        expect([mine, other]).toContain(at)
        if (at === other) ofB++
      }
    }
    expect(ofB / (30 * 21)).toBeGreaterThan(0.4)
    expect(ofB / (30 * 21)).toBeLessThan(0.6)
  })
})
