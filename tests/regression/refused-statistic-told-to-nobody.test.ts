import { describe, expect, it } from 'vitest'
import { NEEDS_PYTHON, PYTHON } from '../support/python.ts'
import { runWithOdd } from '../support/python-parties.ts'

describe.skipIf(PYTHON === null)(`statistics of a Python student ${NEEDS_PYTHON}`, () => {
  it('not offered: run and client say which, in one spelling, and both end with an error', async () => {
    const { code, error, party } = await runWithOdd('offers-too-little')
    expect(code).not.toBe(0)
    expect(error.code).toBe('run/incompatible')
    expect(error.message).toContain('needs sum_value, which the student')
    expect(party.code).toBe(1)
    expect(party.stderr).toMatch(
      /error run\/incompatible: .*needs sum_value.*; let the student offer/,
    )
  })

  it('offered and not sent: says that, and to whom', async () => {
    const { code, error, party } = await runWithOdd('sends-too-little')
    expect(code).toBe(1)
    expect(error.code).toBe('student/statistics')
    expect(error.message).toMatch(
      /episode 0 of task '.*' has no sum_value, which the student offers/,
    )
    expect(party).toMatchObject({ code: 1, stderr: expect.stringContaining('student/statistics') })
  })
})
