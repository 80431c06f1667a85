import { describe, expect, it } from 'vitest'
import { NEEDS_PYTHON, PYTHON } from '../support/python.ts'
import { runInOdd } from '../support/python-parties.ts'

// Every other way not to fit is a test of the client: clients/python/tests/test_observations.py.
describe.skipIf(PYTHON === null)(`observations of a hosted environment ${NEEDS_PYTHON}`, () => {
  it.each([
    [
      'OldReset',
      'reset of slot 0',
      'reset gave an array of float32 (2,); expected (observation, info)',
    ],
    ['Below', 'step 4 of slot 0', "observation 'observation' has -2, which is not in 0 … 4"],
  ])('%s is refused with environment, call, expected and found', async (kind, call, found) => {
    const { code, error, party } = await runInOdd(kind)
    expect(code).toBe(1)
    expect(error.code).toBe('environment/observation')
    expect(error.message).toContain(`environment '${kind}': ${call}, level {`)
    expect(error.message).toContain(found)
    expect(party.stderr).toContain(found)
  })
})
