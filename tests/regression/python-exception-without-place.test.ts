import { describe, expect, it } from 'vitest'
import { NEEDS_PYTHON, PYTHON } from '../support/python.ts'
import { runInOdd, runWithOdd } from '../support/python-parties.ts'

describe.skipIf(PYTHON === null)(`an exception in Python code ${NEEDS_PYTHON}`, () => {
  it('of a hosted environment: names it, the call and the line; the host prints the traceback', async () => {
    const { code, error, party } = await runInOdd('Raises')
    expect(code).toBe(1)
    expect(error.code).toBe('python/key-error')
    expect(error.message).toMatch(
      /^cycle 1: environment 'Raises': step 8 of slot \d, level \{.*"seed":\d+\}: KeyError: 'speed'$/,
    )
    expect(JSON.stringify(error)).toMatch(/odd_environment\.py:\d+ in physics/)
    expect(party.stderr).toContain('Traceback (most recent call last)')
    expect(party.stderr).toContain('return state["speed"]')
  })

  it('an exit is told like any other, and is no silence', async () => {
    const { code, error, party } = await runInOdd('Exits')
    expect(code).toBe(1)
    expect(error.message).toContain("environment 'Exits': step 8 of slot")
    expect(error.message).toContain('SystemExit: no licence')
    expect(party.stderr).toContain('SystemExit: no licence')
  })

  it('of a level space: names the call, before the run has begun', async () => {
    const { code, stderr, party } = await runInOdd('Samples')
    expect(code).not.toBe(0)
    expect(stderr).toContain("environment 'Samples': SampleLevels: KeyError: 'speed'")
    expect(party.stderr).toContain('Traceback (most recent call last)')
    expect(party.stderr).toMatch(/odd_environment\.py", line \d+, in physics/)
  })

  it('of an attached student: names the call and the line, an exit too', async () => {
    const { code, error, party } = await runWithOdd('exits')
    expect(code).toBe(1)
    expect(error.message).toBe('cycle 1, student/agent: attempt of cycle 1: SystemExit: no licence')
    expect(JSON.stringify(error)).toMatch(/odd_student\.py:\d+ in attempt/)
    expect(party.code).toBe(1)
  })
})
