import { describe, expect, it } from 'vitest'
import { checkEnvironment } from './check-environment.ts'
import { withCheckedLevels } from './checked-levels.ts'
import type { Environment, Measure } from './contract.ts'
import { createMaze, mazeOptions } from './maze/index.ts'
import { decodeDescription } from './remote/description.ts'
import { encodeDescription } from './remote/encode-description.ts'

const maze = createMaze(mazeOptions.parse({})) as Environment<unknown>
const STEPS: Measure = { name: 'steps', about: 'Steps.', better: 'lower', of: 'length' }
const FAST: Measure = { name: 'fast_rate', about: '', better: 'higher', of: 'return', above: 0.5 }

const wrong: readonly (readonly [string, readonly unknown[]])[] = [
  ['"Goal difference"', [{ ...STEPS, name: 'Goal difference' }]],
  ['"a/b"', [{ ...STEPS, name: 'a/b' }]],
  ['of at most 60', [{ ...STEPS, name: 'a'.repeat(61) }]],
  ["'steps' is taken", [STEPS, STEPS]],
  ["'solved_rate' is taken", [{ ...STEPS, name: 'solved_rate' }]],
  ['no finite number', [{ ...STEPS, above: Number.NaN }]],
  ['no finite number', [{ ...STEPS, above: Number.POSITIVE_INFINITY }]],
  ['at most 32', Array.from({ length: 33 }, (_, i) => ({ ...STEPS, name: `m${i}` }))],
]

describe('measures of an environment', () => {
  const measured = { ...maze, measures: [STEPS, FAST] }

  it('are taken, kept by the checks of levels, and the same over the wire', () => {
    expect(withCheckedLevels(checkEnvironment(measured)).measures).toEqual([STEPS, FAST])
    expect(decodeDescription(encodeDescription(measured, ''), 'there').measures).toEqual([
      STEPS,
      FAST,
    ])
    expect(withCheckedLevels(maze)).not.toHaveProperty('measures')
    expect(decodeDescription(encodeDescription(maze, ''), 'there').measures).toEqual([])
  })

  it.each(wrong)('are refused here and there: %s', (words, measures) => {
    const odd = { ...maze, measures: measures as readonly Measure[] }
    const said = { message: expect.stringContaining(words) }
    expect(() => checkEnvironment(odd)).toThrow(
      expect.objectContaining({ code: 'module/shape', ...said }),
    )
    expect(() => decodeDescription(encodeDescription(odd, ''), 'there')).toThrow(
      expect.objectContaining({ code: 'environment/description', ...said }),
    )
  })

  it.each([
    ["neither 'higher'", { ...STEPS, better: 'more' }],
    ["neither 'return'", { ...STEPS, of: 'reward' }],
    ['no text', { ...STEPS, about: undefined }],
  ])('are refused in a module: %s', (words, measure) => {
    const odd = { ...maze, measures: [measure as Measure] }
    expect(() => checkEnvironment(odd)).toThrow(
      expect.objectContaining({ code: 'module/shape', message: expect.stringContaining(words) }),
    )
  })
})
