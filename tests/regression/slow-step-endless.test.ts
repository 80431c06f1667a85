import { describe, expect, it } from 'vitest'
import { NEEDS_PYTHON, PYTHON } from '../support/python.ts'
import { runInOdd } from '../support/python-parties.ts'

// A step that took longer than env.timeoutSeconds every time was begun again for ever, as each loss took longer than the window
// of restarts is; and the remedy was to serve the environment again. A host that was dead for good was waited for as often.

const PARTS = {
  adversary: 'dr',
  budget: '{ cycles: 4 }',
  cuts: '{ every: 1 }',
  supervision: '{ restarts: 2, windowSeconds: 0.001 }',
  tensorboard: 'false',
}

describe.skipIf(PYTHON === null)(`a run in a hosted environment ends ${NEEDS_PYTHON}`, () => {
  it('when the same step takes too long each time, and names the option', async () => {
    const { code, stderr, error } = await runInOdd('Sleeps', {
      ...PARTS,
      env: '{ remote: env.json, timeoutSeconds: 0.5 }',
    })
    expect(error.code).toBe('environment/lost')
    expect(stderr).toContain('no answer came within 0.5 s (given up after 2 restarts without')
    expect(stderr).toContain('let env.timeoutSeconds (0.5 now) be longer than any step takes')
    expect(code).toBe(1)
  })

  it('when the host is gone for as long as it waits, and names the cut and how to go on', async () => {
    const { code, stderr, error } = await runInOdd('Dies', {
      ...PARTS,
      env: '{ remote: env.json, waitSeconds: 1 }',
    })
    expect(error.code).toBe('environment/gone')
    expect(stderr).toMatch(/could not be reached again within env\.waitSeconds \(1\)/)
    expect(stderr).toContain('the last good cut is of cycle 2')
    expect(stderr).toContain('agon resume ')
    expect(code).toBe(1)
  })
})
