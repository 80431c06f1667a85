import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type HostedRun, host, runHosted } from '../support/hosted-run.ts'
import { NEEDS_REAL_PACKAGES, REAL_PYTHON } from '../support/real-python.ts'
import { slowly } from '../support/tiers.ts'

/** Trains two cycles in what `make` makes. Resolves with the policy's card and what the host said. */
async function trained(make: string) {
  const source = `import gymnasium\nfrom tests.test_real_spaces import *\nmake = lambda: ${make}\nOPTIONS = {"step_limit": 16}\n`
  const hosted = await host(source, REAL_PYTHON)
  const { code, stderr, out } = await runHosted(hosted)
  const said = await hosted.close()
  expect(stderr).not.toContain('error')
  expect({ code, host: said.code }).toEqual({ code: 0, host: 0 })
  const card = parse(readFileSync(join(out, 'policy.yaml'), 'utf8'))
  return { card, said: said.stderr }
}

// What each space becomes, and all that is refused, are tests of the client: clients/python/tests/test_real_spaces.py.
describe.skipIf(REAL_PYTHON === null)(
  `environments as users have them ${NEEDS_REAL_PACKAGES}`,
  () => {
    // Tuples are among the spaces of the next but one.
    slowly('tuples are learnt from: Blackjack', async () => {
      const { card, said } = await trained('gymnasium.make("Blackjack-v1")')
      expect(Object.keys(card.observations)).toEqual(['0', '1', '2'])
      expect(said).toBe('')
    })

    it('double precision is narrowed with one word of the host, and acted on: Hopper', async () => {
      const { card, said } = await trained('gymnasium.make("Hopper-v5")')
      expect(card.observations.observation.dtype).toBe('float32')
      expect(said).toBe(
        "environment 'hosted': float64 travels as float32 (observation 'observation'); a value that it does not hold is refused\n",
      )
    })

    it('every space at once, with keys of every kind, and several choices that begin elsewhere', async () => {
      const { card } = await trained('Sampling(spaces.Dict(OBSERVED), ACTED[2])')
      const names = Object.keys(card.observations)
      expect(names).toHaveLength(30)
      expect(names).toEqual(
        expect.arrayContaining([
          '2nd',
          'a.b.größe',
          'a.b.c d.7',
          'tuple.1.0',
          'one of.1.x',
          '視点/θ',
        ]),
      )
    })

    // Noticing it is a test of the client, honouring it one of the student.
    slowly('the mask of the info is noticed and honoured: Taxi', async () => {
      const { card } = await trained('gymnasium.make("Taxi-v4")')
      expect(card.mask).toBe(true)
    })
  },
)

describe.skipIf(REAL_PYTHON === null)(
  `what an environment does wrong ${NEEDS_REAL_PACKAGES}`,
  () => {
    const TINY = `
import gymnasium, numpy as np
from gymnasium import spaces
class Tiny(gymnasium.Env):
    observation_space, action_space = spaces.Box(-1, 1, (3,), np.float32), spaces.Discrete(2)
    def reset(self, *, seed=None, options=None):
        self.t = 0
        return np.zeros(3, np.float32), {}
    def step(self, action):
        self.t += 1
        return self.look(), 1.0, self.t >= 40, False, {}
    def look(self):
        return np.zeros(3, np.float32)
`
    const broken = async (look: string): Promise<HostedRun & { readonly said: string }> => {
      const body = `class Odd(Tiny):\n    def look(self):\n        ${look}\nmake = Odd\n`
      const hosted = await host(TINY + body, REAL_PYTHON)
      const ended = await runHosted(hosted)
      return { ...ended, said: (await hosted.close()).stderr }
    }

    it('an exception deep in a step is told with its level and step, and how to do the episode again', async () => {
      const { code, error, said } = await broken(
        'return {}["joint 3"] if self.t == 7 else super().look()',
      )
      expect(code).toBe(1)
      expect(error?.code).toBe('python/key-error')
      const told = JSON.stringify(error)
      const seed = /step 7 of slot \d, level \{\\"options\\":\{\},\\"seed\\":(\d+)\}/.exec(
        error?.message.replaceAll('"', '\\"') ?? '',
      )?.[1]
      expect(seed).toBeDefined()
      expect(told).toContain(
        `do it again: reset(seed=${seed}, options=None), then 7 steps, whose actions the host printed`,
      )
      expect(said).toContain('Traceback (most recent call last)')
      expect(said).toContain(
        `To do it again:\nenv.reset(seed=${seed}, options=None)\nfor action in [`,
      )
    })

    it('another shape than that of the space is refused with both', async () => {
      const { code, error } = await broken('return np.ones(1, np.float32)')
      expect(code).toBe(1)
      expect(error?.code).toBe('environment/observation')
      expect(error?.message).toContain('step 1 of slot 0, level {"options":{},"seed":')
      expect(error?.message).toContain('float32 (1,); its space says float32 (3,)')
    })
  },
)
