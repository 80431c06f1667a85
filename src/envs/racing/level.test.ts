import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AgonError } from '../../core/errors.ts'
import { stream } from '../../core/random.ts'
import { decodeLevel, encodeLevel } from './codec.ts'
import { RACING_OPERATORS } from './edit/edit.ts'
import { generateLevel } from './generate.ts'
import { assertWellFormed, type BezierLevel, findDefect, type RacingLevel } from './level.ts'
import { racingLevelSpace } from './level-space.ts'
import { GENERATORS, racingOptions } from './options.ts'
import { drawAnyLevel } from './testing/any-level.ts'
import { formatLevel, parseLevel, parseLevels } from './text.ts'

const TRIANGLE: BezierLevel = { track: 'bezier', points: [0.125, 0.25, 1, 0, 0.5, 0.75] }
const TEXT = `track: bezier
points: 0.125 0.25, 1 0, 0.5 0.75
`
const levels = racingLevelSpace(racingOptions.parse({}))
const pointsOf = (level: RacingLevel): readonly number[] =>
  level.track === 'bezier' ? level.points : []

describe('bytes', () => {
  it('are the level, and the only ones that are', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat(255), (seed, at, value) => {
        const level = drawAnyLevel(stream(seed))
        const bytes = encodeLevel(level)
        expect(decodeLevel(bytes)).toEqual(level)
        bytes[at % bytes.length] = value
        try {
          expect(encodeLevel(decodeLevel(bytes))).toEqual(bytes)
        } catch (error) {
          expect(error).toMatchObject({ code: 'level/corrupt' })
        }
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    [Uint8Array.of(1, 0, 0)],
    [Uint8Array.of(2, 1, 0, 0, 0, 0, 0, 0)],
    [Uint8Array.of(1, 2, 0, 0, 0, 0, 0, 0)],
    [Uint8Array.of(1, 1, 2, 0, 0, 0, 0, 0)],
    [Uint8Array.of(1, 1, 0, 3, 0, 0, 0, 0)],
    [Uint8Array.of(1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0)],
    [encodeLevel({ ...TRIANGLE, points: [Number.NaN, 0, 1, 0, 0, 1] })],
    [encodeLevel({ ...TRIANGLE, points: [-0, 0, 1, 0, 0, 1] })],
    [encodeLevel(TRIANGLE).subarray(0, 50)],
  ])('refuse %s', (bytes) => {
    expect(() => decodeLevel(bytes)).toThrow(expect.objectContaining({ code: 'level/corrupt' }))
  })
})

describe('the text form', () => {
  it('is read as it is written', () => {
    expect(formatLevel(TRIANGLE)).toBe(TEXT)
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const level = drawAnyLevel(stream(seed))
        expect(parseLevel(formatLevel(level))).toEqual(level)
      }),
    )
  })

  it('takes what people write', () => {
    const [one, other] = parseLevels(`// two tracks
name: Triangle
points: .1 .2  .9 .2, 5e-1 .8
maxSteps: 250

track: gymnasium
seed: 12
`)
    expect(one).toEqual({
      name: 'Triangle',
      level: { track: 'bezier', points: [0.1, 0.2, 0.9, 0.2, 0.5, 0.8], maxSteps: 250 },
    })
    expect(other).toEqual({ name: 'level-2', level: { track: 'gymnasium', seed: 12 } })
  })

  it.each([
    ['', 'line 1', /no level/],
    ['drive', 'line 1', /no 'key: value'/],
    [`${TEXT}point: 1 2`, 'line 3, point', /unknown key/],
    [`${TEXT}seed: 1`, 'line 3, seed', /has no seed/],
    ['track: bezier', 'line 1, points', /no points/],
    ['track: gymnasium', 'line 1, seed', /no seed/],
    ['track: gymnasium\nseed: 1\npoints: 1 2', 'line 3, points', /has no points/],
    ['track: oval', 'line 1, track', /no track 'oval'/],
    ['points: 0 0, 1 x, 0 1', 'line 1, points', /'x' is not a number/],
    ['points: 0 0, 1 1', 'line 1, points', /2 control points/],
    ['points: 0 0, 1 1, 0', 'line 1, points', /no pairs/],
    ['points: 0 0, 1 1.5, 0 1', 'line 1, points', /y of control point 1 goes from 0 to 1, not 1.5/],
    ['points: 0 0, 0 0, 0 0.01', 'line 1, points', /within 0.05/],
    [`${TEXT}maxSteps: 1 2`, 'line 3, maxSteps', /2 numbers/],
    [`${TEXT}maxSteps: 0.5`, 'line 3, maxSteps', /maxSteps 0.5/],
  ])('names what is wrong in %j', (text, place, message) => {
    try {
      parseLevel(text)
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({ code: 'level/invalid', place })
      expect((error as AgonError).message).toMatch(message)
    }
  })
})

describe('the level space', () => {
  it.each([
    [{ ...TRIANGLE, maxSteps: 0 }, 'maxSteps'],
    [{ ...TRIANGLE, points: new Array(66).fill(0.5) }, 'points'],
    [{ ...TRIANGLE, points: [-0, 0, 1, 0, 0, 1] }, 'points'],
    [{ ...TRIANGLE, points: [Number.NaN, 0, 1, 0, 0, 1] }, 'points'],
    [{ track: 'gymnasium', seed: 2 ** 32 } as RacingLevel, 'seed'],
    [{ track: 'ice', seed: 0 } as unknown as RacingLevel, 'track'],
  ])('says why %j cannot be attempted', (level, place) => {
    expect(findDefect(level)?.place).toBe(place)
    expect(levels.validate(level)).toContain(`(${place})`)
    expect(() => assertWellFormed(level)).toThrow(AgonError)
  })

  it('tells tracks apart, and not the order of their points', () => {
    expect(levels.validate(TRIANGLE)).toBeNull()
    const turned = { ...TRIANGLE, points: [0.5, 0.75, 0.125, 0.25, 1, 0] }
    expect(levels.key(turned)).toBe(levels.key(TRIANGLE))
    const others: RacingLevel[] = [
      { ...TRIANGLE, maxSteps: 9 },
      { ...TRIANGLE, points: [0.125, 0.25, 1, 0, 0.5, 0.76] },
      { track: 'gymnasium', seed: 0 },
    ]
    expect(new Set([TRIANGLE, ...others].map(levels.key)).size).toBe(4)
  })

  it('describes a track', () => {
    const { n_points, n_tiles, track_length, total_turning } = levels.features(TRIANGLE)
    expect([n_points, n_tiles]).toEqual([3, 3 * 39])
    expect(track_length).toBeGreaterThan(2 * 333)
    expect(total_turning).toBeGreaterThan(2 * Math.PI - 1e-6)
    expect(levels.features({ track: 'gymnasium', seed: 1 })).not.toHaveProperty('n_points')
  })

  it('draws a track with its road and where it begins', () => {
    const picture = levels.draw!(TRIANGLE)
    expect(picture).toMatch(
      /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" viewBox="[-\d. ]+" .*<\/svg>$/,
    )
    expect(picture).not.toContain('NaN')
    expect(picture.match(/<polygon/g)).toHaveLength(1)
    expect(picture).toMatch(/<path d="M[^"]+z" fill="#666666"/)
  })
})

describe('generators', () => {
  it('give levels that can be attempted, the same of the same stream', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(...GENERATORS), (seed, generator) => {
        const given = { generator, controlPoints: 12 }
        const level = generateLevel(given, stream(seed))
        expect(findDefect(level)).toBeNull()
        expect(generateLevel(given, stream(seed))).toEqual(level)
      }),
      { numRuns: 200 },
    )
  })

  it('fill different cells of a sketch', () => {
    for (let seed = 0; seed < 30; seed++) {
      const points = pointsOf(
        generateLevel({ generator: 'sketch', controlPoints: 12 }, stream(seed)),
      )
      const cells = Array.from({ length: 12 }, (_, i) => {
        const [x, y] = points.slice(2 * i, 2 * i + 2).map((value) => 10 * value)
        expect([x, y].every((one) => Number.isInteger(one) && one >= 1 && one <= 10)).toBe(true)
        return 10 * x + y
      })
      expect(new Set(cells).size).toBe(12)
    }
  })

  it('keep points apart most of the time, in x + y of one and the next', () => {
    const apart = Array.from({ length: 50 }, (_, seed) => {
      const level = generateLevel({ generator: 'bezier', controlPoints: 12 }, stream(seed))
      const inOrder = racingLevelSpace(racingOptions.parse({})).key(level)
      const sums = [...decodePairs(inOrder)].map(([x, y]) => x + y)
      return sums.every((sum, i) => i === 0 || Math.abs(sum - sums[i - 1]) >= 0.7 / 12)
    })
    expect(apart.filter((one) => one).length).toBeGreaterThan(45)
  })

  it('draw nearly circles where ACCEL starts', () => {
    const points = pointsOf(generateLevel({ generator: 'round', controlPoints: 12 }, stream(1)))
    for (let i = 0; i < 24; i += 2) {
      const away = Math.hypot(points[i] - 0.5, points[i + 1] - 0.5)
      expect(away).toBeGreaterThanOrEqual(0.3)
      expect(away).toBeLessThanOrEqual(0.4)
    }
  })

  function* decodePairs(key: string): Generator<readonly [number, number]> {
    const points = pointsOf(decodeLevel(Buffer.from(key, 'base64')))
    for (let i = 0; i < points.length; i += 2) yield [points[i], points[i + 1]]
  }
})

describe('operators', () => {
  it('leave a level that can be attempted, and the parent as it was', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(...RACING_OPERATORS), (seed, operator) => {
        const parent = drawAnyLevel(stream(seed))
        const before = levels.key(parent)
        const child = levels.mutate(parent, stream(seed, 'edit'), operator)
        expect(child.operator).toBe(operator)
        expect(findDefect(child.level)).toBeNull()
        expect(child.level.maxSteps).toBe(parent.maxSteps)
        expect(levels.key(parent)).toBe(before)
        expect(levels.key(child.level)).not.toBe(before)
        expect(levels.mutate(parent, stream(seed, 'edit'), operator)).toEqual(child)
      }),
      { numRuns: 200 },
    )
  })

  it('move as many points as there are edits, each by a cell at most', () => {
    const { mutate } = racingLevelSpace(racingOptions.parse({ edits: 1 }))
    const parent = generateLevel({ generator: 'bezier', controlPoints: 12 }, stream(4))
    for (let seed = 0; seed < 50; seed++) {
      const [near, far] = [undefined, 'replace'].map((operator) =>
        pointsOf(mutate(parent, stream(seed), operator).level).flatMap((value, i) =>
          value === pointsOf(parent)[i] ? [] : [{ point: i >> 1, by: value - pointsOf(parent)[i] }],
        ),
      )
      for (const moved of [near, far]) expect(new Set(moved.map(({ point }) => point)).size).toBe(1)
      for (const { by } of near) expect(Math.abs(by)).toBeLessThanOrEqual(0.1)
    }
  })

  it('do not move all points into one spot', () => {
    const { mutate } = racingLevelSpace(racingOptions.parse({ edits: 200 }))
    const narrow: BezierLevel = { track: 'bezier', points: [0.5, 0.5, 0.5, 0.56, 0.5, 0.62] }
    for (let seed = 0; seed < 20; seed++)
      expect(findDefect(mutate(narrow, stream(seed)).level)).toBeNull()
  })

  it('name the nearest for an unknown one', () => {
    expect(() => levels.mutate(TRIANGLE, stream(1), 'edits')).toThrow(
      expect.objectContaining({
        code: 'level/operator',
        fields: expect.objectContaining({ nearest: 'edit' }),
      }),
    )
  })
})

describe('crossover', () => {
  it('takes each point from one of the two', () => {
    const other: BezierLevel = { track: 'bezier', points: [0, 0.5, 0.75, 0, 0.25, 1], maxSteps: 5 }
    const seen = new Set<string>()
    for (let seed = 0; seed < 60; seed++) {
      const { level, operator } = levels.crossover!(TRIANGLE, other, stream(seed))
      expect([operator, level.maxSteps, findDefect(level)]).toEqual(['crossover', undefined, null])
      seen.add(pointsOf(level).join())
    }
    expect(seen.size).toBe(8)
  })

  it('refuses levels without as many points', () => {
    for (const other of [
      { track: 'gymnasium', seed: 1 } as const,
      { ...TRIANGLE, points: [...TRIANGLE.points, 0.9, 0.9] },
    ])
      expect(() => levels.crossover!(TRIANGLE, other, stream(1))).toThrow(
        expect.objectContaining({ code: 'level/crossover' }),
      )
  })
})

describe('the genome', () => {
  const genome = levels.genome!

  it('has a level for every point, whose point it is', () => {
    expect(genome.bounds.names).toHaveLength(24)
    expect(genome.bounds.names.slice(0, 3)).toEqual(['x0', 'y0', 'x1'])
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const random = stream(seed)
        // Beyond the bounds at both ends, and often on them.
        const level = genome.fromVector(
          Array.from({ length: 24 }, () => 4 * random.uniform() - 1.5),
        )
        expect(findDefect(level)).toBeNull()
        expect(genome.fromVector(genome.toVector(level))).toEqual(level)
      }),
    )
  })

  it('has a ring where all points are in one spot', () => {
    for (const value of [0, 0.5, 1]) {
      const level = genome.fromVector(new Array(24).fill(value))
      expect(findDefect(level)).toBeNull()
      expect(genome.fromVector(genome.toVector(level))).toEqual(level)
    }
  })

  it('refuses what is no point of it', () => {
    for (const none of [TRIANGLE, { track: 'gymnasium', seed: 1 } as const])
      expect(() => genome.toVector(none)).toThrow(expect.objectContaining({ code: 'level/genome' }))
  })
})
