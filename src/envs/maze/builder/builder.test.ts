import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type RandomStream, stream } from '../../../core/random.ts'
import { type Direction, findDefect } from '../level.ts'
import { countWalls } from '../metrics.ts'
import {
  type BuilderRules,
  type BuilderState,
  builderLength,
  builtLevel,
  builtSoFar,
  decodeDirection,
  encodeDirection,
  startBuilder,
  stepBuilder,
} from './builder.ts'
import { builderImage } from './builder-view.ts'
import { constructJaxued } from './jaxued-builder.ts'

const paired: BuilderRules = {
  height: 13,
  width: 13,
  nWalls: 60,
  budget: 'fixed',
  replaceWalls: true,
  chooseDirection: false,
}
const small: BuilderRules = { ...paired, height: 3, width: 3, nWalls: 2 }

function play(rules: BuilderRules, actions: number[], random: RandomStream): BuilderState {
  let state = startBuilder(rules, random)
  for (const action of actions) state = stepBuilder(rules, state, action, random)
  return state
}

describe('the level-building game', () => {
  it('encodes and decodes all four directions among any number of cells from 4', () => {
    const directions: Direction[] = [0, 1, 2, 3]
    for (let cells = 4; cells < 500; cells++)
      expect(
        directions.map((direction) => decodeDirection(encodeDirection(direction, cells), cells)),
      ).toEqual(directions)
  })

  it('lasts nWalls + 2 steps with a fixed budget, one more to choose the direction', () => {
    expect(builderLength(paired)).toBe(62)
    expect(builderLength({ ...paired, chooseDirection: true })).toBe(63)
    expect(builderLength({ ...paired, budget: 'first-action' })).toBe(63)
    expect(builderLength({ ...paired, budget: 'first-wall' })).toBe(62)
    const state = play(small, [0, 1, 2, 3], stream(0))
    expect(() => stepBuilder(small, state, 0, stream(0))).toThrow(/all 4 steps/)
    expect(() => builtLevel(small, play(small, [0], stream(0)))).toThrow(/1 of 4/)
    expect(() => stepBuilder(small, startBuilder(small, stream(0)), 9, stream(0))).toThrow(/cell/)
  })

  it('erases walls under goal and agent, wastes repeated walls', () => {
    const erased = builtLevel(small, play(small, [4, 5, 4, 5], stream(0)))
    expect(countWalls(erased)).toBe(0)
    expect(erased).toMatchObject({ goal: 4, agent: 5 })
    expect(countWalls(builtLevel(small, play(small, [4, 4, 0, 1], stream(0))))).toBe(1)
  })

  it('moves an agent put on the goal to a uniform unused cell', () => {
    const cells = Array.from(
      { length: 300 },
      (_, seed) => builtLevel(small, play(small, [4, 5, 0, 0], stream(seed))).agent,
    )
    expect(new Set(cells)).toEqual(new Set([1, 2, 3, 6, 7, 8]))
  })

  it('moves any clash where walls are not replaced', () => {
    const strict = { ...small, replaceWalls: false }
    for (let seed = 0; seed < 50; seed++) {
      const level = builtLevel(strict, play(strict, [4, 4, 4, 4], stream(seed)))
      expect(countWalls(level)).toBe(2)
      expect(findDefect(level)).toBeNull()
    }
  })

  it('reads the budget from the first action; later steps are padding', () => {
    // round(2 · 4 / 9) = 1 wall, on 7; goal 0, agent 1.
    const first = { ...small, budget: 'first-action' as const }
    const level = builtLevel(first, play(first, [4, 7, 0, 1, 8], stream(0)))
    expect([...level.walls]).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 0])
    expect(level).toMatchObject({ goal: 0, agent: 1 })
    const wall = { ...small, budget: 'first-wall' as const }
    const same = builtLevel(wall, play(wall, [4, 0, 1, 8], stream(0)))
    expect([...same.walls]).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 0])
    expect(same).toMatchObject({ goal: 0, agent: 1 })
  })

  it('lets the last action choose the direction', () => {
    const chooses = { ...small, chooseDirection: true }
    const direction = (action: number) =>
      builtLevel(chooses, play(chooses, [8, 7, 0, 1, action], stream(0))).direction
    expect([0, 3, 5, 8].map(direction)).toEqual([0, 1, 2, 3])
  })

  it('makes a well-formed level of any play', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.constantFrom('fixed', 'first-action', 'first-wall'),
        fc.boolean(),
        fc.boolean(),
        (seed, budget, replaceWalls, chooseDirection) => {
          const rules: BuilderRules = { ...small, nWalls: 4, budget, replaceWalls, chooseDirection }
          const random = stream(seed, 'play')
          const actions = Array.from({ length: builderLength(rules) }, () => random.integer(9))
          const level = builtLevel(rules, play(rules, actions, random))
          expect(findDefect(level)).toBeNull()
        },
      ),
      { numRuns: 300 },
    )
  })

  it('shows the ring and what stands so far, the direction with the agent', () => {
    const state = play(small, [4, 5, 0], stream(0))
    expect(builtSoFar(small, state)).toMatchObject({ goal: 0, agent: -1 })
    const image = builderImage(small, state)
    const at = (row: number, column: number, from = image) => [
      ...from.subarray((row * 5 + column) * 3, (row * 5 + column) * 3 + 3),
    ]
    expect(image).toHaveLength(75)
    expect([at(0, 0), at(2, 2), at(1, 1), at(3, 3)]).toEqual([
      [2, 5, 0],
      [2, 5, 0],
      [8, 1, 0],
      [1, 0, 0],
    ])
    const done = stepBuilder(small, state, 8, stream(0))
    const { direction } = builtLevel(small, done)
    expect(at(3, 3, builderImage(small, done))).toEqual([10, 0, direction])
  })
})

describe("JaxUED's game", () => {
  it('sets goal, direction and agent, then toggles walls', () => {
    const size = { height: 3, width: 3 }
    const level = constructJaxued(size, [4, 6, 0, 1, 2, 1, 4, 0], stream(0))
    expect([...level.walls]).toEqual([0, 0, 1, 0, 0, 0, 0, 0, 0])
    expect(level).toMatchObject({ goal: 4, direction: 2, agent: 0 })
    expect(constructJaxued(size, [4, 0, 4], stream(0)).agent).not.toBe(4)
  })
})
