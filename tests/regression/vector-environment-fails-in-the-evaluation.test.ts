import { describe, expect, it } from 'vitest'
import { host, runHosted } from '../support/hosted-run.ts'
import { NEEDS_REAL_PACKAGES, REAL_PYTHON } from '../support/real-python.ts'

const SOURCE = `
import agon_client as agon
import gymnasium
from gymnasium.vector import AutoresetMode

def make(n):
    kwargs = {"autoreset_mode": AutoresetMode.DISABLED}
    return gymnasium.make_vec("CartPole-v1", n, vectorization_mode="sync", vector_kwargs=kwargs)
`
// Each level with other options: its slot is reset alone.
const OPTIONS = `
OPTIONS = {"levels": agon.GymLevels(sample_options=lambda random: {"low": -float(random.uniform(0.01, 0.1))})}
`

describe.skipIf(REAL_PYTHON === null)(`SyncVectorEnv ${NEEDS_REAL_PACKAGES}`, () => {
  it.each([
    ['levels without options', SOURCE],
    ['a level space with options', SOURCE + OPTIONS],
  ])('is reset whole before it is reset by slots: %s', async (_, source) => {
    const hosted = await host(source, REAL_PYTHON)
    const { code, error } = await runHosted(hosted)
    expect(error).toBeUndefined()
    expect(code).toBe(0)
    expect(await hosted.close()).toEqual({ code: 0, stderr: '' })
  })
})
