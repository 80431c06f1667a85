import { describe, expect, it } from 'vitest'
import { NEEDS_PYTHON, PYTHON } from '../support/python.ts'
import { runWithOdd } from '../support/python-parties.ts'

describe.skipIf(PYTHON === null)(`actions of a Python student ${NEEDS_PYTHON}`, () => {
  it.each([
    ['fraction', 'of float64, shape (4,)'],
    ['huge', 'of int64, and that of row 0 is 1099511627776'],
    ['bool', 'of bool, shape (4,)'],
    ['column', 'of int64, shape (4, 1)'],
  ])('%s: refused with type, shape and place, and never cast', async (way, found) => {
    const { code, error, party } = await runWithOdd(way)
    expect(code).toBe(1)
    expect(error).toMatchObject({
      code: 'environment/actions',
      place: expect.stringMatching(/^maze at 127\.0\.0\.1:\d+$/),
    })
    expect(error.message).toContain(`the actions of a step are ${found}`)
    expect(error.message).toMatch(/expected whole numbers of 0 … \d+, shape \(4,\)/)
    expect(party.code).toBe(1)
    expect(party.stderr).toContain('environment/actions')
  })
})
