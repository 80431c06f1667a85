import { describe, expect, it } from 'vitest'
import { host, runHosted } from '../support/hosted-run.ts'
import { NEEDS_REAL_PACKAGES, REAL_PYTHON } from '../support/real-python.ts'

const SOURCE = `
import gymnasium
from gymnasium.vector import AutoresetMode

def make(n):
    kwargs = {"autoreset_mode": AutoresetMode.DISABLED}
    return gymnasium.make_vec("CartPole-v1", n, vectorization_mode="async", vector_kwargs=kwargs)
`

describe.skipIf(REAL_PYTHON === null)(`AsyncVectorEnv ${NEEDS_REAL_PACKAGES}`, () => {
  it('forks its workers in a process that serves', async () => {
    const hosted = await host(SOURCE, REAL_PYTHON, { GRPC_ENABLE_FORK_SUPPORT: undefined })
    const { code, error } = await runHosted(hosted)
    expect(error).toBeUndefined()
    expect(code).toBe(0)
    expect((await hosted.close()).code).toBe(0)
  })
})
