import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { stream } from 'agon/core'
import { allocateStepBuffers, type Environment, steppable } from 'agon/envs'
import { createRemote, remoteOptions } from 'agon/envs/remote'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agonHere } from '../support/command-here.ts'
import { LIES } from '../support/lies.ts'

// What an environment server answers is checked where it enters: a lie was taken for the truth, and the run ended with success.

const SERVER = fileURLToPath(
  new URL('../../build/tests/support/lying-environment.js', import.meta.url),
)
const folder = mkdtempSync(join(tmpdir(), 'agon-lies-'))
// The server asks for none, and whoever dials must have one.
process.env.AGON_TOKEN = 'nobody-asks-for-this-token'
let server: ChildProcess
let address = ''

beforeAll(async () => {
  server = spawn(process.execPath, [SERVER], { stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const line of createInterface({ input: server.stdout! })) {
    address = line
    return
  }
})
afterAll(() => {
  server.kill('SIGKILL')
  rmSync(folder, { recursive: true })
})

/** Asks for everything that an environment answers. */
function useAll(name: string): void {
  const environment = createRemote(
    remoteOptions.parse({ address, environment: name, timeoutSeconds: 1, waitSeconds: 0 }),
  ) as Environment<unknown>
  const { levels, spec } = environment
  const draws = stream('lies')
  const level = levels.mutate(levels.sample(draws), draws).level
  levels.features(level)
  const vector = steppable(environment, 'a test').vector({
    slots: 2,
    autoReset: 'next-level',
    nextLevel: () => level,
    stream: (slot) => stream('lies', slot),
    finals: true,
  })
  const out = allocateStepBuffers(spec, 2, true)
  vector.reset([0, 1], [level, level], out.observations)
  vector.load(0, vector.save(0), out.observations)
  for (let t = 0; t < 8; t++) vector.step(new Int32Array(2), out)
  vector.close?.()
}

describe('an environment server that lies', () => {
  it('keeps the contract otherwise', () => useAll('no lie'))

  it.each(Object.entries(LIES))('is refused for %s', (name, { code, says }) => {
    expect(() => useAll(name)).toThrow(
      expect.objectContaining({ code, place: address, message: expect.stringMatching(says) }),
    )
  })
})

it('a run on such a server ends at once, and names it, the call, the slot, what was due and what came', async () => {
  const config = join(folder, 'run.yaml')
  writeFileSync(
    config,
    `env: { remote: "${address}", environment: "terminated and truncated at once" }
adversary: dr
student: { id: ppo, network: { core: none, hidden: 8 }, rollout: { envs: 2, steps: 8 }, shards: 1 }
evaluation: { suite: "random:1", every: 0 }
budget: { cycles: 2 }
workers: 1
`,
  )
  const out = join(folder, 'run')
  const { code, stderr } = await agonHere(['run', config, '--out', out])
  expect(stderr).toContain('[environment/answer]')
  expect(stderr).toContain(address)
  expect(stderr).toMatch(
    /student\/agent: the environment answered act wrongly: expected .* slot 1 .* found 1 and 1/,
  )
  expect(code).toBe(1)
})
