import { describe, expect, it } from 'vitest'
import { host, runHosted } from '../support/hosted-run.ts'
import { NEEDS_PYTHON, PYTHON } from '../support/python.ts'
import { NEEDS_REAL_PACKAGES, REAL_PYTHON } from '../support/real-python.ts'
import { SLOW } from '../support/tiers.ts'

/** Three agents of different spaces; the cook leaves after two steps of six. */
const CREW = `
import numpy as np
from agon_client.stand_ins import Box, Discrete

SEES = {"scout": Box(0, 1, (3,)), "gun": Box(-1, 1, (2,)), "cook": Box(0, 1, (1,))}
DOES = {"scout": Discrete(4), "gun": Discrete(2), "cook": Discrete(3)}

class Crew:
    metadata = {}
    possible_agents = list(SEES)
    observation_space, action_space = SEES.get, DOES.get
    unwrapped = property(lambda self: self)

    def reset(self, seed=None, options=None):
        self.agents, self.steps = list(SEES), 0
        return {name: np.zeros(SEES[name].shape, np.float32) for name in self.agents}, {}

    def step(self, actions):
        acted, self.steps = self.agents, self.steps + 1
        over = {name: self.steps == 6 or name == "cook" and self.steps == 2 for name in acted}
        self.agents = [name for name in acted if not over[name]]
        seen = {name: np.full(SEES[name].shape, 0.1 * self.steps, np.float32) for name in acted}
        return seen, {name: float(actions[name] == 1) for name in acted}, over, dict.fromkeys(acted, False), {}

    def close(self): ...

make = Crew
`

const ROCK_PAPER_SCISSORS = `
import importlib
rps = importlib.import_module("pettingzoo.classic.rps_v2")
make = lambda: rps.parallel_env(max_cycles=5)
`

describe.skipIf(PYTHON === null)(`agents of different spaces, hosted ${NEEDS_PYTHON}`, () => {
  it('learn and are measured as one student, which never does what an agent has not', async () => {
    const hosted = await host(
      `${CREW}OPTIONS = {"seats": {"guard": ["scout", "gun"], "kitchen": ["cook"]}}\n`,
    )
    const { code, error } = await runHosted(hosted)
    expect(error).toBeUndefined()
    expect(code).toBe(0)
    expect(await hosted.close()).toEqual({ code: 0, stderr: '' })
  })
})

// In `npm test` a game of PettingZoo is learned by hosted-kinds.test.ts.
if (SLOW)
  describe.skipIf(REAL_PYTHON === null)(`PettingZoo's agents ${NEEDS_REAL_PACKAGES}`, () => {
    it('learn as one student', async () => {
      const hosted = await host(ROCK_PAPER_SCISSORS, REAL_PYTHON)
      const { code, error } = await runHosted(hosted)
      expect(error).toBeUndefined()
      expect(code).toBe(0)
      expect((await hosted.close()).code).toBe(0)
    })
  })
