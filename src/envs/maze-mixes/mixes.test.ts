import { describe, expect, it } from 'vitest'
import { stream } from '../../core/random.ts'
import type { AutoReset, SteppableEnvironment } from '../contract.ts'
import { parseLevel } from '../maze/index.ts'
import { allocateStepBuffers } from '../step-buffers.ts'
import { environment as blindfold, createBlindfold } from './blindfold.ts'
import type { MarkedMaze } from './marked-maze.ts'
import { createTMaze, environment as tmaze } from './tmaze.ts'

const MAZE = { height: 5, width: 7, nWalls: 6, view: 3, maxSteps: 6 }
const tMazes = createTMaze(tmaze.options.parse({ maze: MAZE }) as never)
const blindfolds = createBlindfold(blindfold.options.parse({ maze: MAZE }) as never)

const LEFT = 0
const RIGHT = 1
const FORWARD = 2
const LEFT_GOAL = tMazes.levels.parse('t-maze\n#######\n#######\n##G^.##\n#######\n#######\n')
const RIGHT_GOAL = tMazes.levels.parse('t-maze\n#######\n.######\n##.^G##\n#######\n######.\n')
const PLAIN: MarkedMaze = {
  marked: false,
  maze: parseLevel('.......\n..>.G..\n.......\n.......\n.......\n'),
}

/** One lane: all that it sees, its rewards and ends. */
function play(
  environment: SteppableEnvironment<MarkedMaze>,
  level: MarkedMaze,
  actions: readonly number[],
  autoReset: AutoReset = 'same-level',
  nextLevel?: () => MarkedMaze,
) {
  const env = environment.vector({ slots: 1, autoReset, ...(nextLevel && { nextLevel }) })
  const out = allocateStepBuffers(environment.spec, 1)
  env.reset([0], [level], out.observations)
  const look = (): string => `${out.observations.image}|${out.observations.direction}`
  const seen = [look()]
  const steps = actions.map((action) => {
    env.step(Int32Array.of(action), out)
    seen.push(look())
    return [out.rewards[0], out.terminated[0]]
  })
  return { seen, steps, env }
}

describe('T-mazes', () => {
  it('look the same on every board and on either side, and nothing shows the goal', () => {
    const turns = [LEFT, LEFT, LEFT, LEFT, FORWARD]
    const one = play(tMazes, LEFT_GOAL, turns)
    expect(play(tMazes, RIGHT_GOAL, turns).seen).toEqual(one.seen)
    expect(new Set(one.seen).size).toBe(4)
    // Goals and cues are objects of index 8.
    expect(one.seen.join(',').split(/[,|]/)).not.toContain('8')
  })

  it('end with the first move: +1 to the right side, −1 to the wrong one, and −1 to whoever stays', () => {
    expect(play(tMazes, LEFT_GOAL, [FORWARD, LEFT, FORWARD]).steps).toEqual([
      [0, 0],
      [0, 0],
      [1, 1],
    ])
    expect(play(tMazes, LEFT_GOAL, [RIGHT, FORWARD]).steps.at(-1)).toEqual([-1, 1])
    expect(play(tMazes, RIGHT_GOAL, new Array(6).fill(FORWARD)).steps.at(-1)).toEqual([-1, 1])
  })

  it('begin again, stay ended or give way to the next level', () => {
    const twice = [RIGHT, FORWARD, RIGHT, FORWARD]
    const again = play(tMazes, RIGHT_GOAL, twice)
    expect(again.steps).toEqual([
      [0, 0],
      [1, 1],
      [0, 0],
      [1, 1],
    ])
    expect(again.seen[2]).toBe(again.seen[0])
    expect(play(tMazes, LEFT_GOAL, twice, 'none').steps.slice(1)).toEqual([
      [-1, 1],
      [0, 1],
      [0, 1],
    ])
    const then = play(tMazes, RIGHT_GOAL, twice, 'next-level', () => PLAIN)
    expect(then.seen[2]).toBe(play(tMazes, PLAIN, []).seen[0])
    expect(then.steps[1]).toEqual([1, 1])
  })

  it('go on from a saved lane', () => {
    const { env } = play(tMazes, RIGHT_GOAL, [RIGHT], 'none')
    const fresh = tMazes.vector({ slots: 1, autoReset: 'none' })
    const out = allocateStepBuffers(tMazes.spec, 1)
    fresh.load(0, env.save(0), out.observations)
    expect(`${out.observations.image}|${out.observations.direction}`).toBe(
      play(tMazes, LEFT_GOAL, [RIGHT]).seen[1],
    )
    fresh.step(Int32Array.of(FORWARD), out)
    expect(out.rewards[0]).toBe(1)
  })

  it('are half of the levels, and each is a board that the environment takes', () => {
    const draw = stream(3, 't-mazes')
    const levels = Array.from({ length: 300 }, () => tMazes.levels.sample(draw))
    const share = levels.filter(({ marked }) => marked).length / 300
    expect(share).toBeGreaterThan(0.4)
    expect(share).toBeLessThan(0.6)
    for (const level of levels.slice(0, 60)) {
      expect(tMazes.levels.validate(level)).toBeNull()
      expect(tMazes.levels.decode(tMazes.levels.encode(level))).toEqual(level)
      expect(tMazes.levels.parse(tMazes.levels.format(level))).toEqual(level)
      const { level: child } = tMazes.levels.mutate(level, draw)
      expect(child.marked).toBe(level.marked)
      expect(tMazes.levels.validate(child)).toBeNull()
    }
    expect(tMazes.levels.features(LEFT_GOAL)).toMatchObject({
      ...{ t_maze: 1, min_actions: 2, optimal_return: 1, passable: 1 },
    })
    expect(tMazes.levels.features(PLAIN)).toMatchObject({ t_maze: 0, min_actions: 2 })
    const sides = Array.from({ length: 20 }, () => tMazes.resample!(LEFT_GOAL, draw).maze.goal)
    expect([...new Set(sides)].sort()).toEqual([16, 18])
    expect(tMazes.resample?.(PLAIN, draw)).toBe(PLAIN)
  })

  it('are refused on boards that would tell them apart', () => {
    for (const map of ['.#####\n#.^G##\n######', '#######\n#######\n#######\n###^..G\n'])
      expect(() => tMazes.levels.parse(`t-maze\n${map}`)).toThrow(/T-maze/)
    const parse = (maze: object) => () => tmaze.options.parse({ maze })
    expect(parse({ observation: 'map' })).toThrow(/what a T-maze hides/)
    expect(parse({ maxSteps: 1 })).toThrow(/two steps/)
    expect(parse({ building: {} })).toThrow(/nobody builds/)
  })
})

describe('blindfolds', () => {
  const dark: MarkedMaze = { marked: true, maze: PLAIN.maze }

  it('show ten for every number, and change nothing else', () => {
    const actions = [RIGHT, LEFT, FORWARD, FORWARD, FORWARD]
    const hidden = play(blindfolds, dark, actions)
    const open = play(blindfolds, PLAIN, actions)
    expect(hidden.steps).toEqual(open.steps)
    expect(hidden.steps[3][0]).toBeGreaterThan(0)
    expect(new Set(hidden.seen)).toEqual(new Set([`${new Array(27).fill(10)}|0`]))
    expect(new Set(open.seen).size).toBeGreaterThan(2)
    expect(blindfolds.levels.features(dark)).toEqual({
      ...blindfolds.levels.features(PLAIN),
      blindfold: 1,
    })
  })

  it('hide the whole maze: it is drawn anew', () => {
    const draw = stream(1, 'dark')
    expect(blindfolds.resample?.(PLAIN, draw)).toBe(PLAIN)
    const other = blindfolds.resample!(dark, draw)
    expect(other.marked).toBe(true)
    expect(blindfolds.levels.key(other)).not.toBe(blindfolds.levels.key(dark))
    expect(blindfolds.levels.key(dark)).not.toBe(blindfolds.levels.key(PLAIN))
  })
})

it('mixes have suites of their own and those of the maze', () => {
  const { entries } = tMazes.suite('tmaze/t-mazes')
  expect(entries.every(({ level }, i) => level(stream(i), 0).marked)).toBe(true)
  for (const { level } of blindfolds.suite('blindfold/mazes').entries) {
    const drawn = level(stream(7), 0)
    expect(drawn.marked).toBe(false)
    expect(blindfolds.levels.features(drawn).passable).toBe(1)
  }
  expect(tMazes.suite('maze/minimax-train').entries).toHaveLength(3)
  expect(() => tMazes.suite('tmaze/tmazes')).toThrow(
    expect.objectContaining({ code: 'suite/unknown', remedy: expect.stringContaining('t-mazes') }),
  )
})
