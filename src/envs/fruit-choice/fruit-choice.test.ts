import { describe, expect, it } from 'vitest'
import { stream } from '../../core/random.ts'
import { allocateStepBuffers } from '../step-buffers.ts'
import {
  createFruitChoice,
  decodeLevel,
  encodeLevel,
  FRUIT_OPERATORS,
  type FruitLevel,
  findDefect,
  formatLevel,
  fruitChoiceOptions,
  parseLevel,
  walkTo,
} from './index.ts'

const make = (given: object = {}) => createFruitChoice(fruitChoiceOptions.parse(given))
const [UP, RIGHT, DOWN, LEFT, EAT] = [0, 1, 2, 3, 4]

const TWO_ROOMS = ['right: banana', '@..#...', '.....a.', '...#..b', ''].join('\n')
const level = parseLevel(TWO_ROOMS)

function episode(environment: ReturnType<typeof make>, played: FruitLevel, actions: number[]) {
  const vector = environment.vector({ slots: 1, autoReset: 'none' })
  const out = allocateStepBuffers(environment.spec, 1)
  vector.reset([0], [played], out.observations)
  const steps = actions.map((action) => {
    vector.step(Int32Array.of(action), out)
    return [out.rewards[0], out.terminated[0]]
  })
  return { steps, image: [...(out.observations.image as Uint8Array)], vector, out }
}

describe('levels', () => {
  it('are what they are in text and in bytes', () => {
    expect(level).toEqual({ side: 3, doors: [1], agent: 0, apple: 4, banana: 8, right: 'banana' })
    expect(formatLevel(level)).toBe(TWO_ROOMS)
    expect([...encodeLevel(level)]).toEqual([1, 3, 1, 0, 4, 8, 1, 1])
    const environment = make()
    for (let i = 0; i < 300; i++) {
      const drawn = environment.levels.sample(stream(1, i))
      expect(findDefect(drawn)).toBeNull()
      expect(decodeLevel(encodeLevel(drawn))).toEqual(drawn)
      expect(parseLevel(formatLevel(drawn))).toEqual(drawn)
    }
  })

  it.each([
    ['apple is right\n@..\n.a.\n..b', 'line 1'],
    ['right: apple\n@...\n.a..\n..b.', 'line 2'],
    ['right: apple\n@..\n.a.\n..', 'line 4'],
    ['right: apple\n@..\n.a.\n..c', 'line 4'],
    ['right: apple\n@..\n.a.\n...', 'line 2'],
    ['right: apple\n@..#...\n..a#...\n...#..b', 'line 3'],
    ['right: apple\n@..#...\n...#a..\n...#..b', 'line 2'],
    ['right: apple\n@......\n....a..\n...#..b', 'line 3'],
  ])('refuse %j with the place', (text, place) => {
    expect(() => parseLevel(text)).toThrow(
      expect.objectContaining({ code: 'level/invalid', place }),
    )
  })

  it('refuse bytes that are none', () => {
    for (const bytes of [[], [1, 3, 2, 0, 4, 8, 0], [1, 3, 0, 0, 4, 4, 0], [1, 3, 0, 0, 4, 8, 1]])
      expect(() => decodeLevel(Uint8Array.from(bytes))).toThrow(
        expect.objectContaining({ code: 'level/corrupt' }),
      )
  })

  it('are drawn with the apple right as often as the options say, for every number of rooms', () => {
    const { levels } = make({ rooms: 4, appleProbability: 0.25 })
    const drawn = Array.from({ length: 2000 }, (_, i) => levels.sample(stream(2, i)))
    const apples = drawn.filter(({ right }) => right === 'apple').length
    expect(apples / 2000).toBeGreaterThan(0.21)
    expect(apples / 2000).toBeLessThan(0.29)
    expect(new Set(drawn.map(({ doors }) => doors.length))).toEqual(new Set([0, 1, 2, 3]))
  })

  it('are changed by each operator into levels, the hidden part by one of them alone', () => {
    const { levels } = make({ rooms: 3 })
    for (const operator of FRUIT_OPERATORS)
      for (let i = 0; i < 100; i++) {
        const before = levels.sample(stream(3, i))
        const { level: after } = levels.mutate(before, stream(4, i), operator)
        expect(findDefect(after)).toBeNull()
        expect(after.doors.length).toBeLessThan(3)
        if (operator === 'swap-right') expect(after.right).not.toBe(before.right)
        else if (operator !== 'edit') expect(after.right).toBe(before.right)
      }
  })

  it('tell how far the right fruit is: no walk is shorter', () => {
    // By hand: down one, right four through the door, to the apple; one more right and down to the banana.
    expect([walkTo(level, 'apple'), walkTo(level, 'banana')]).toEqual([6, 8])
    expect(make().levels.features(level)).toEqual({
      n_rooms: 2,
      apple_right: 0,
      min_actions: 9,
      optimal_return: 10,
    })
    expect(make({ maxSteps: 8 }).levels.features(level).optimal_return).toBe(0)
  })
})

describe('an episode', () => {
  const TO_APPLE = [DOWN, RIGHT, RIGHT, RIGHT, RIGHT, RIGHT]

  it('pays the fruit that is right, and takes for the wrong one', () => {
    const right: FruitLevel = { ...level, right: 'apple' }
    const zeros = TO_APPLE.map(() => [0, 0])
    expect(episode(make(), level, [...TO_APPLE, EAT]).steps).toEqual([...zeros, [-1, 1]])
    expect(episode(make(), right, [...TO_APPLE, EAT]).steps).toEqual([...zeros, [3, 1]])
    const banana = [...TO_APPLE, RIGHT, DOWN, EAT, EAT]
    expect(episode(make(), level, banana).steps.slice(-2)).toEqual([
      [10, 1],
      [0, 1],
    ])
  })

  it('ends at the limit without anything, and stands still before walls and where there is no fruit', () => {
    const { steps } = episode(make({ maxSteps: 4 }), level, [UP, LEFT, EAT, RIGHT])
    expect(steps).toEqual([...Array.from({ length: 3 }, () => [0, 0]), [0, 1]])
  })

  it('shows walls and fruits around the agent, and never which is right', () => {
    const at = (image: readonly number[], row: number, column: number) =>
      image.slice((row * 5 + column) * 3, (row * 5 + column) * 3 + 3)
    const { image } = episode(make(), level, TO_APPLE)
    expect(at(image, 2, 2)).toEqual([0, 1, 0])
    expect(at(image, 3, 3)).toEqual([0, 0, 1])
    expect(at(image, 1, 0)).toEqual([1, 0, 0])
    expect(at(image, 2, 0)).toEqual([0, 0, 0])
    expect(at(image, 0, 2)).toEqual([1, 0, 0])
    const other = episode(make(), { ...level, right: 'apple' }, TO_APPLE)
    expect(other.image).toEqual(image)
  })

  it('goes on from a saved lane bit for bit', () => {
    const environment = make()
    const { vector, out } = episode(environment, level, TO_APPLE)
    const other = environment.vector({ slots: 2, autoReset: 'same-level' })
    const loaded = allocateStepBuffers(environment.spec, 2)
    other.reset([0], [{ ...level, doors: [0] }], loaded.observations)
    other.load(1, vector.save(0), loaded.observations)
    expect(other.save(1)).toEqual(vector.save(0))
    other.step(Int32Array.of(UP, EAT), loaded)
    vector.step(Int32Array.of(EAT), out)
    expect([loaded.rewards[1], out.rewards[0]]).toEqual([-1, -1])
    expect(() => other.load(0, Uint8Array.of(1, 2), loaded.observations)).toThrow(
      expect.objectContaining({ code: 'state/corrupt' }),
    )
  })
})

it('draws what is hidden by the prior, whatever has been seen, and suites by the fruit that is right', () => {
  const environment = make({ rooms: 2 })
  let apples = 0
  for (let i = 0; i < 1000; i++) {
    const again = environment.resample(level, stream(5, i), [RIGHT, DOWN])
    expect({ ...again, right: level.right }).toEqual(level)
    if (again.right === 'apple') apples++
  }
  expect(apples / 1000).toBeGreaterThan(0.64)
  expect(apples / 1000).toBeLessThan(0.76)
  const { entries } = environment.suite('fruit-choice/banana')
  expect(entries.map(({ name }) => name)).toEqual(['Rooms1', 'Rooms2'])
  for (const [i, entry] of entries.entries()) {
    const one = entry.level(stream(6, i), 0)
    expect([one.right, one.doors.length]).toEqual(['banana', i])
  }
  expect(() => environment.suite('fruit-choice/aple')).toThrow(
    expect.objectContaining({ code: 'suite/unknown' }),
  )
  expect(environment.drawState?.(episode(environment, level, [RIGHT]).vector.save(0))).toMatch(
    /<svg/,
  )
})
