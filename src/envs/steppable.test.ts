import { describe, expect, it } from 'vitest'
import { checkEnvironment } from './check-environment.ts'
import { withCheckedLevels } from './checked-levels.ts'
import type { Environment } from './contract.ts'
import { phrases } from './fixtures/phrases.ts'
import { createMaze, mazeOptions } from './maze/index.ts'
import { hasSteps, steppable } from './steppable.ts'

const maze = createMaze(mazeOptions.parse({ height: 3, width: 3, nWalls: 1 }))

describe('steppable', () => {
  it('gives what can be stepped as it is', () => {
    expect(steppable(maze, 'a test')).toBe(maze)
    expect(hasSteps(maze.spec)).toBe(true)
  })

  it('names the environment and what was asked of it where there is nothing to step', () => {
    expect(hasSteps(phrases.spec)).toBe(false)
    expect(() => steppable(phrases, 'a rollout steps it')).toThrow(
      expect.objectContaining({
        code: 'env/no-steps',
        message: "the environment 'phrases' has levels and no steps: a rollout steps it",
        fields: { environment: 'phrases', asked: 'a rollout steps it' },
      }),
    )
  })
})

describe('an environment without steps', () => {
  it('is one, and stays one behind the check of its levels', () => {
    const checked = withCheckedLevels(checkEnvironment(phrases as Environment<unknown>))
    expect('vector' in checked).toBe(false)
    expect(withCheckedLevels(maze).vector).toBeTypeOf('function')
  })

  it.each([
    ['observations and nothing to step', { ...phrases, spec: maze.spec }],
    ['something to step and no observations', { ...maze, spec: phrases.spec }],
  ])('is refused with %s', (_, made) => {
    expect(() => checkEnvironment(made as unknown as Environment<unknown>)).toThrow(
      expect.objectContaining({ code: 'module/shape' }),
    )
  })
})
