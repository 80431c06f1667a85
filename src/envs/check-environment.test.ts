import { expect, it } from 'vitest'
import { checkEnvironment } from './check-environment.ts'
import type { Environment } from './contract.ts'
import { createMaze, mazeOptions } from './maze/index.ts'

const maze = createMaze(mazeOptions.parse({})) as Environment<unknown>

it('takes an environment and names what one of the old form lacks', () => {
  expect(checkEnvironment(maze)).toBe(maze)
  const { solvedAbove: _, ...rest } = maze
  const old = { ...rest, solved: (value: number) => value > 0 }
  expect(() => checkEnvironment(old as never)).toThrow(
    expect.objectContaining({
      code: 'module/shape',
      remedy: expect.stringContaining('solvedAbove: 0'),
    }),
  )
  expect(() => checkEnvironment({ ...maze, vector: undefined } as never)).toThrow(
    expect.objectContaining({ code: 'module/shape' }),
  )
})
