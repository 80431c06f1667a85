import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { adversary as accel } from './accel.ts'
import { builtinAdversaries } from './builtin.ts'
import { adversary as cmaMe } from './cma-me.ts'
import { adversary as dr } from './dr.ts'
import { adversary as levels } from './levels.ts'
import { adversary as madrid } from './madrid.ts'
import { adversary as mapElites } from './map-elites.ts'
import { adversary as minimax } from './minimax-adversary.ts'
import { adversary as paired } from './paired.ts'
import { adversary as parallelAccel } from './parallel-accel.ts'
import { adversary as parallelPlr } from './parallel-plr.ts'
import { adversary as plr } from './plr.ts'
import { adversary as population } from './population-paired.ts'
import { adversary as rainbow } from './rainbow.ts'
import { adversary as random } from './random.ts'
import { adversary as remidi } from './remidi.ts'
import { adversary as repaired } from './repaired.ts'
import { adversary as robustPlr } from './robust-plr.ts'
import { adversary as samplr } from './samplr.ts'
import { adversary as targeted } from './targeted.ts'
import { integerLevels } from './testing/integer-levels.ts'
import { AGENT, anyOptions } from './testing/play.ts'

describe('definitions', () => {
  it('have the defaults of the papers and refuse unknown keys', () => {
    expect(accel.options.parse({})).toMatchObject({
      capacity: 4000,
      replayProbability: 0.8,
      score: 'max-mc',
      priority: 'rank',
      temperature: 0.3,
      stalenessCoefficient: 0.5,
      minFill: 0.5,
      unique: true,
      editProbability: 1,
      editSelection: 'batch',
      shareLevels: true,
    })
    expect(robustPlr.options.parse({})).toMatchObject({
      replayProbability: 0.5,
      stalenessCoefficient: 0.3,
    })
    expect(parallelPlr.options.parse({})).toMatchObject({ stalenessCoefficient: 0.5 })
    expect(samplr.options.parse({})).toEqual({
      ...robustPlr.options.parse({}),
      score: 'positive-value-loss',
    })
    expect(plr.options.safeParse({ capicity: 1 }).success).toBe(false)
    expect(madrid.options.parse({})).toMatchObject({
      axes: [
        { name: 'ball_x', low: -0.9, high: 0.9, bins: 20 },
        { name: 'ball_y', low: -0.4, high: 0.4, bins: 8 },
      ],
      signal: 'cross-play',
      repeats: 4,
      emitters: [{ kind: 'cma-me', count: 4, sigma: 0.1 }],
      offset: -2,
    })
  })
  it('read their own defaults again', () => {
    for (const { options } of [anyOptions(madrid), anyOptions(random), anyOptions(levels)]) {
      const once = options.parse({})
      expect(options.parse(once)).toEqual(once)
    }
  })
  it('refuse perfect regret without the discount of a student', () => {
    const options = plr.options.parse({ score: 'perfect-regret' })
    const context = { levels: integerLevels(5), slots: AGENT }
    expect(() => plr.create(options, context)).toThrow(
      expect.objectContaining({ code: 'adversary/score', place: 'adversary.score' }),
    )
    expect(() => plr.create(options, { ...context, discount: 0.99 })).not.toThrow()
  })
  it('are found by their ids in the build output', () => {
    expect(Object.keys(builtinAdversaries)).toEqual([
      'dr',
      'plr',
      'robust-plr',
      'parallel-plr',
      'accel',
      'parallel-accel',
      'paired',
      'minimax-adversary',
      'population-paired',
      'repaired',
      'samplr',
      'remidi',
      'map-elites',
      'cma-me',
      'madrid',
      'targeted',
      'random',
      'levels',
      'rainbow',
    ])
    for (const [id, url] of Object.entries(builtinAdversaries)) {
      expect(url.endsWith(`/dist/adversaries/${id}.js`)).toBe(true)
      expect(existsSync(new URL(`./${id}.ts`, import.meta.url))).toBe(true)
    }
    const buffered = [dr, plr, robustPlr, parallelPlr, accel, parallelAccel]
    const built = [paired, minimax, population, repaired]
    const searches = [mapElites, cmaMe, madrid, targeted, random, levels, rainbow]
    expect([...buffered, ...built, samplr, remidi, ...searches].map(({ id }) => id)).toEqual(
      Object.keys(builtinAdversaries),
    )
  })
})
