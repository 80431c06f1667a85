import { describe, expect, it } from 'vitest'
import { host, runHosted } from '../support/hosted-run.ts'
import { NEEDS_REAL_PACKAGES, REAL_PYTHON } from '../support/real-python.ts'

describe.skipIf(REAL_PYTHON === null)(`a tuple of observations ${NEEDS_REAL_PACKAGES}`, () => {
  it('is learnt from: Blackjack', async () => {
    const hosted = await host(
      'import gymnasium\nmake = lambda: gymnasium.make("Blackjack-v1")\n',
      REAL_PYTHON,
    )
    const { code, stderr } = await runHosted(hosted)
    expect(stderr).not.toContain('error')
    expect(code).toBe(0)
    expect(await hosted.close()).toEqual({ code: 0, stderr: '' })
  })
})
