import { expect, it } from 'vitest'
import type { Environment, VectorOptions } from '../envs/contract.ts'
import { createMaze, mazeOptions } from '../envs/maze/index.ts'
import { stepLimit } from './step-limit.ts'

const maze = createMaze(
  mazeOptions.parse({ height: 5, width: 5, nWalls: 6, maxSteps: 40 }),
) as Environment<unknown>

/** The maze as a class, whose methods need their object. */
class Wrapped {
  readonly inner = maze
  readonly spec = maze.spec
  readonly levels = maze.levels
  readonly suites = maze.suites
  readonly solvedAbove = maze.solvedAbove
  suite(id: string) {
    return this.inner.suite(id)
  }
  vector(options: VectorOptions<unknown>) {
    const { inner } = this
    if (inner.vector === undefined) throw new Error('the maze is stepped')
    return inner.vector(options)
  }
}

it('is that of a level of the environment, also where a class is behind it', () => {
  expect(stepLimit(maze)).toBe(40)
  expect(stepLimit(new Wrapped())).toBe(40)
})

it('is not asked of an environment that this machine cannot step', () => {
  const fault = { code: 'maze/device', message: 'there is no device' }
  const elsewhere = { ...maze, machineFault: () => fault }
  expect(stepLimit(elsewhere)).toBeNull()
})

it('is none where nothing is stepped', () => {
  const { vector: _, ...levelsAlone } = maze
  expect(stepLimit(levelsAlone)).toBeNull()
})
