import { describe, expect, it } from 'vitest'
import { toErrorRecord } from '../../core/errors.ts'
import { stream } from '../../core/random.ts'
import { createMaze, environment } from './environment.ts'
import { mazeOptionFields, mazeOptions } from './options.ts'
import { parseLevel } from './text.ts'

const maze = (given: object) => createMaze(mazeOptions.parse(given))

describe('options', () => {
  it('are explicit after resolution and parse to themselves', () => {
    expect(mazeOptions.parse({})).toEqual({
      profile: 'minimax',
      height: 13,
      width: 13,
      view: 5,
      observation: 'view',
      maxSteps: 250,
      timePenalty: true,
      seeAgent: false,
      observePosition: false,
      generator: 'walls',
      nWalls: 60,
      replacement: true,
      sampleNWalls: false,
      variableBlocks: false,
      crossings: 5,
      solvableOnly: false,
      editor: 'minimax',
      edits: 20,
      randomStartDirection: false,
    })
    for (const given of [{}, { profile: 'jaxued' }, { profile: 'dcd', variableBlocks: true }]) {
      const resolved = mazeOptions.parse(given)
      expect(mazeOptions.parse(resolved)).toEqual(resolved)
      expect(Object.values(resolved)).not.toContain(undefined)
    }
  })

  it('follow the profile where it decides', () => {
    expect(mazeOptions.parse({ profile: 'jaxued' })).toMatchObject({ nWalls: 25, edits: 5 })
    expect(mazeOptions.parse({ profile: 'dcd' })).toMatchObject({
      generator: 'uniform-teacher',
      nWalls: 25,
      editor: 'dcd',
      edits: 5,
    })
    expect(mazeOptions.parse({ profile: 'dcd', variableBlocks: true }).nWalls).toBe(60)
    expect(mazeOptions.parse({ sampleNWalls: true }).replacement).toBe(false)
  })

  it.each([
    [{ view: 4 }, 'view'],
    [{ height: 5, width: 5 }, 'nWalls'],
    [{ height: 1, width: 1, nWalls: 0 }, 'height'],
    [{ sampleNWalls: true, replacement: true }, 'replacement'],
    [{ profile: 'dcd', sampleNWalls: true }, 'sampleNWalls'],
    [{ variableBlocks: true }, 'variableBlocks'],
    [{ generator: 'four-rooms', width: 12 }, 'width'],
    [{ generator: 'crossing', height: 3, width: 3 }, 'crossings'],
    [{ profile: 'minmax' }, 'profile'],
  ])('refuse %j by the key %s', (given, key) => {
    const { error } = mazeOptions.safeParse(given)
    expect(error?.issues.map(({ path }) => path[0])).toContain(key)
  })

  it('refuse an unknown key and describe every known one in a sentence', () => {
    expect(mazeOptions.safeParse({ heigth: 3 }).error?.issues[0]).toMatchObject({
      code: 'unrecognized_keys',
      keys: ['heigth'],
    })
    for (const [key, field] of Object.entries(mazeOptionFields.shape))
      expect(field.description, key).toMatch(/\S.*\.$/)
  })
})

describe('the environment', () => {
  it('says what it is', () => {
    expect(environment.id).toBe('maze')
    const { spec, solvedAbove, returnRange } = maze({ observePosition: true })
    expect(spec).toMatchObject({ id: 'maze', profile: 'minimax', agents: 1, seats: { agent: [0] } })
    expect(spec.actions).toMatchObject({ kind: 'discrete', count: 7 })
    expect(spec.observations.direction).toEqual({ dtype: 'int32', shape: [], low: 0, high: 3 })
    expect(Object.keys(spec.observations)).toEqual(['image', 'direction', 'position'])
    expect([solvedAbove, returnRange]).toEqual([0, [0, 1]])
  })

  it('samples and mutates by the stream alone', () => {
    for (const profile of ['minimax', 'jaxued', 'dcd']) {
      const { levels } = maze({ profile })
      const level = levels.sample(stream(1, 'sample'))
      expect(levels.sample(stream(1, 'sample'))).toEqual(level)
      const child = levels.mutate(level, stream(1, 'mutate'))
      expect(child.operator).toBe('edit')
      expect(levels.mutate(level, stream(1, 'mutate'))).toEqual(child)
      expect(levels.key(child.level)).not.toBe(levels.key(level))
      expect(levels.validate(child.level)).toBeNull()
      expect(levels.decode(levels.encode(level))).toEqual(level)
      expect(levels.parse(levels.format(level))).toEqual(level)
    }
  })

  it('tells levels apart by the start direction except in the minimax profile', () => {
    const [a, b] = [parseLevel('>.G'), parseLevel('<.G')]
    const same = (profile: string) => {
      const { levels } = maze({ profile })
      return levels.key(a) === levels.key(b)
    }
    expect([same('minimax'), same('jaxued'), same('dcd')]).toEqual([true, false, false])
    const { levels } = maze({})
    expect(levels.key(parseLevel('>.\n.G'))).not.toBe(levels.key(parseLevel('>..G')))
    expect(levels.key(a)).not.toBe(levels.key({ ...a, walls: Uint8Array.of(0, 1, 0) }))
  })

  it('validates with the place and lists its suites', () => {
    const { levels, suites, suite } = maze({})
    expect(levels.validate({ ...parseLevel('>.G'), goal: 0 })).toBe(
      'the goal and the agent share a cell (row 1, column 1)',
    )
    expect(suites).toEqual(
      expect.arrayContaining([
        'maze/minimax-train',
        'maze/minimax-report',
        'maze/jaxued',
        'maze/dcd',
      ]),
    )
    try {
      suite('maze/jaxeud')
      expect.unreachable()
    } catch (error) {
      expect(toErrorRecord(error)).toMatchObject({
        code: 'suite/unknown',
        fields: { nearest: 'maze/jaxued' },
      })
    }
  })

  it('draws levels and frames', () => {
    const { levels, vector, drawState } = maze({})
    const level = parseLevel('>.G\n##.')
    const svg = levels.draw?.(level) ?? ''
    expect(svg).toContain('viewBox="-10 -10 50 40"')
    expect(svg).toContain('M0 10h20v10H0z')
    const env = vector({ slots: 1, autoReset: 'none' })
    const observations = { image: new Uint8Array(75), direction: new Int32Array(1) }
    env.reset([0], [level], observations)
    expect(drawState?.(env.save(0))).toContain('translate(5 5) rotate(0)')
  })
})
