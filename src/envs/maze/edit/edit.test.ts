import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stream } from '../../../core/random.ts'
import { encodeLevel } from '../codec.ts'
import { drawAnyLevel } from '../fixtures/any-level.ts'
import { findDefect, type MazeLevel } from '../level.ts'
import { EDITORS, type EditorName } from '../profiles.ts'
import { parseLevel } from '../text.ts'
import { editLevel } from './edit.ts'

const empty: MazeLevel = {
  height: 13,
  width: 13,
  walls: new Uint8Array(169),
  agent: 20,
  direction: 1,
  goal: 100,
}

/** Children of one edit each, from one stream. */
function children(parent: MazeLevel, editor: EditorName, count: number, edits = 1): MazeLevel[] {
  const random = stream(5, 'edit', editor)
  return Array.from({ length: count }, () => editLevel(parent, editor, edits, random))
}

const share = (levels: MazeLevel[], has: (level: MazeLevel) => boolean): number =>
  levels.filter(has).length / levels.length

describe('every edit operator', () => {
  it('leaves a well-formed level of the same size, and its parent untouched', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.constantFrom(...EDITORS),
        fc.integer({ min: 0, max: 60 }),
        (seed, editor, edits) => {
          const parent = drawAnyLevel(stream(seed, 'parent'))
          const before = encodeLevel(parent)
          const child = editLevel(parent, editor, edits, stream(seed, 'edit'))
          expect(findDefect(child)).toBeNull()
          expect([child.height, child.width]).toEqual([parent.height, parent.width])
          expect(child.maxSteps).toBe(parent.maxSteps)
          expect(encodeLevel(parent)).toEqual(before)
          expect(editLevel(parent, editor, edits, stream(seed, 'edit'))).toEqual(child)
        },
      ),
      { numRuns: 250 },
    )
  })

  it('works where walls fill the maze', () => {
    const full = parseLevel('>G\n##')
    for (const editor of EDITORS)
      for (const child of children(full, editor, 200, 5)) expect(findDefect(child)).toBeNull()
  })
})

describe('the minimax operator', () => {
  it('makes 6.67 flips and 6.67 goal moves of 20 edits from an empty maze', () => {
    // One edit at a time, so that two flips of one cell and two moves of the goal count twice.
    const random = stream(1, 'accel')
    let flips = 0
    let moves = 0
    const childCount = 1000
    for (let child = 0; child < childCount; child++) {
      let level = empty
      for (let edit = 0; edit < 20; edit++) {
        const next = editLevel(level, 'minimax', 1, random)
        if (next.goal !== level.goal) moves++
        if (next.walls.some((wall, cell) => wall !== level.walls[cell])) flips++
        level = next
      }
      expect([level.agent, level.direction]).toEqual([empty.agent, empty.direction])
    }
    // Standard error of each mean: √(20·⅓·⅔/1000) = 0.067.
    expect(Math.abs(flips / childCount - 20 / 3)).toBeLessThan(0.3)
    expect(Math.abs(moves / childCount - 20 / 3)).toBeLessThan(0.3)
  })

  it('leaves as many walls after 20 edits in one call', () => {
    const walls = children(empty, 'minimax', 3000, 20).map((level) =>
      level.walls.reduce((sum, wall) => sum + wall, 0),
    )
    const mean = walls.reduce((sum, count) => sum + count, 0) / walls.length
    // 20 independent flips with ⅓ over 167 cells leave 167·(1 − (1 − 2/(3·167))²⁰)/2 = 6.43 walls.
    expect(Math.abs(mean - (167 * (1 - (1 - 2 / (3 * 167)) ** 20)) / 2)).toBeLessThan(0.2)
  })

  it('never moves the goal onto a wall or the agent', () => {
    const level = parseLevel('>G#\n###\n##.')
    const goals = new Set(children(level, 'minimax', 300).map(({ goal }) => goal))
    expect(goals).toEqual(new Set([1, 8]))
  })
})

describe("JaxUED's own operator", () => {
  it('adds, removes, moves the agent and moves the goal equally often', () => {
    const walled = { ...empty, walls: empty.walls.map((_, i) => (i > 0 && i < 13 ? 1 : 0)) }
    const made = children(walled, 'jaxued', 8000)
    expect(share(made, ({ agent }) => agent !== empty.agent)).toBeCloseTo(0.25 + 3 / 4 / 169, 1)
    expect(share(made, ({ goal }) => goal !== empty.goal)).toBeCloseTo(0.25 + 3 / 4 / 169, 1)
    const count = (level: MazeLevel): number => level.walls.reduce((sum, wall) => sum + wall, 0)
    expect(share(made, (level) => count(level) > 12)).toBeCloseTo((0.25 * 157) / 169, 1)
    expect(share(made, (level) => count(level) < 12)).toBeCloseTo((0.75 * 12) / 169, 1)
    expect(new Set(made.map(({ direction }) => direction)).size).toBe(4)
  })
})

describe('the dcd operator', () => {
  it('moves the agent only with the set of four entities, and never turns it', () => {
    const four = children(empty, 'dcd', 4000)
    const three = children(empty, 'dcd-fixed-agent', 4000)
    expect(share(four, ({ agent }) => agent !== empty.agent)).toBeCloseTo(0.25, 1)
    expect(share(four, ({ goal }) => goal !== empty.goal)).toBeCloseTo(0.25, 1)
    expect(share(three, ({ goal }) => goal !== empty.goal)).toBeCloseTo(1 / 3, 1)
    // With three entities only an edit of its own cell displaces the agent.
    expect(share(three, ({ agent }) => agent !== empty.agent)).toBeLessThan(0.02)
    expect(share([...four, ...three], ({ direction }) => direction === empty.direction)).toBe(1)
  })
})
