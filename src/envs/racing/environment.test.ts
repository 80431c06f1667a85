import { describe, expect, it } from 'vitest'
import { stream } from '../../core/random.ts'
import { allocateStepBuffers } from '../step-buffers.ts'
import { createRacing, environment } from './environment.ts'
import { findDefect } from './level.ts'
import { racingOptionFields, racingOptions } from './options.ts'

const racing = (given: object) => createRacing(racingOptions.parse(given))

describe('options', () => {
  it('are explicit after resolution and parse to themselves', () => {
    expect(racingOptions.parse({})).toEqual({
      profile: 'dcd',
      generator: 'bezier',
      controlPoints: 12,
      actionRepeat: 8,
      maxSteps: 125,
      shaping: true,
      frames: 4,
      grey: false,
      crop: false,
      edits: 3,
      solvedAbove: 900,
    })
    for (const given of [{}, { actionRepeat: 1 }, { maxSteps: 7 }]) {
      const resolved = racingOptions.parse(given)
      expect(racingOptions.parse(resolved)).toEqual(resolved)
    }
    expect(racingOptions.parse({ actionRepeat: 3 }).maxSteps).toBe(334)
  })

  it.each([
    [{ profile: 'gymnasium' }, 'profile'],
    [{ generator: 'oval' }, 'generator'],
    [{ controlPoints: 2 }, 'controlPoints'],
    [{ actionRepeat: 0 }, 'actionRepeat'],
    [{ maxSteps: 0 }, 'maxSteps'],
    [{ frames: 17 }, 'frames'],
    [{ edits: -1 }, 'edits'],
  ])('refuse %j by the key %s', (given, key) => {
    const { error } = racingOptions.safeParse(given)
    expect(error?.issues.map(({ path }) => path[0])).toContain(key)
  })

  it('describe each in a sentence', () => {
    for (const [key, field] of Object.entries(racingOptionFields.shape))
      expect(field.description, key).toMatch(/\S.*\.$/)
  })
})

describe('the environment', () => {
  it('says what it is', () => {
    expect(environment.id).toBe('racing')
    const { spec, solvedAbove, givesFinals } = racing({})
    expect(spec).toEqual({
      id: 'racing',
      profile: 'dcd',
      observations: { image: { dtype: 'uint8', shape: [12, 96, 96], low: 0, high: 255 } },
      actions: {
        kind: 'box',
        shape: [3],
        low: [-1, 0, 0],
        high: [1, 1, 1],
        names: ['steer', 'gas', 'brake'],
      },
      agents: 1,
      seats: { agent: [0] },
    })
    expect([solvedAbove, givesFinals]).toEqual([900, true])
    expect(racing({ grey: true, crop: true }).spec.observations.image.shape).toEqual([4, 84, 84])
  })

  it('has suites of tracks, with limits in frames', () => {
    const env = racing({})
    const count = (id: string): number => env.suite(id).entries.length
    expect(env.suites.map((id) => [id, count(id)])).toEqual([
      ['racing/held-out', 20],
      ['racing/shapes', 6],
      ['racing/gymnasium', 1],
      ['racing/all', 27],
    ])
    const all = env.suite('racing/all').entries
    expect(new Set(all.map(({ name }) => name)).size).toBe(27)
    const drawn = all.map(({ name, level }) => level(stream('suite', name), 0))
    for (const [i, level] of drawn.entries()) expect(findDefect(level), all[i].name).toBeNull()
    expect(drawn.map(({ maxSteps }) => maxSteps)).toEqual([
      ...new Array(20).fill(375),
      ...new Array(6).fill(250),
      125,
    ])
    const [held, last] = [all[0], all[26]]
    expect(held.level(stream(1), 0)).toEqual(held.level(stream(2), 5))
    expect(last.level(stream(1), 0)).not.toEqual(last.level(stream(2), 0))
    expect(
      racing({ actionRepeat: 4 }).suite('racing/gymnasium').entries[0].level(stream(1), 0),
    ).toMatchObject({ maxSteps: 250 })
    expect(() => env.suite('racing/shape')).toThrow(
      expect.objectContaining({ code: 'suite/unknown' }),
    )
  })

  it('draws an episode as it goes on', () => {
    const env = racing({ frames: 1 })
    const vector = env.vector({ slots: 1, autoReset: 'none' })
    const out = allocateStepBuffers(env.spec, 1)
    vector.reset([0], [env.levels.sample(stream(4))], out.observations)
    const before = env.drawState!(vector.save(0))
    for (let t = 0; t < 4; t++) vector.step(Float32Array.of(0, 1, 0), out)
    const after = env.drawState!(vector.save(0))
    // Four wheels and a hull.
    for (const picture of [before, after]) {
      expect(picture.match(/rotate\(/g)).toHaveLength(5)
      expect(picture).not.toContain('NaN')
    }
    expect(after).not.toBe(before)
  })
})
