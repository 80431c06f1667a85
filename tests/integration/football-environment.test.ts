import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RandomStream, stream } from 'agon/core'
import { allocateStepBuffers, type Environment, steppable } from 'agon/envs'
import { environment, footballOptions, nativeFootball } from 'agon/envs/football'
import { createRemote, remoteOptions } from 'agon/envs/remote'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jsonHere } from '../support/command-here.ts'
import { FOOTBALL_BUILT } from '../support/football.ts'
import { type Serving, serve } from '../support/serving.ts'

const root = mkdtempSync(join(tmpdir(), 'agon-football-'))
const rendezvous = join(root, 'football.json')
const OPTIONS = {
  scenario: '5_vs_5',
  generator: 'random',
  gameDuration: 30,
  leftAgents: 2,
  rightAgents: 1,
  rewards: 'scoring,checkpoints',
  actionSet: 'v2',
}

describe.skipIf(!FOOTBALL_BUILT)('football in another process', () => {
  let server: Serving
  beforeAll(async () => {
    server = await serve([
      'env',
      'football',
      ...Object.entries(OPTIONS).flatMap(([key, value]) => ['--set', `${key}=${value}`]),
      ...['--rendezvous', rendezvous],
    ])
  })
  afterAll(async () => {
    await server.kill()
    rmSync(root, { recursive: true })
  })

  it.each(['none', 'same-level', 'next-level'] as const)(
    'gives the trajectories of the same football here: auto-reset %s',
    (autoReset) => {
      const here = environment.create(footballOptions.parse(OPTIONS)) as Environment<unknown>
      const there = createRemote(
        remoteOptions.parse({ address: rendezvous }),
      ) as Environment<unknown>
      expect(there.spec).toEqual(here.spec)
      expect([there.suites, there.solvedAbove]).toEqual([here.suites, 1.5])
      expect(there.measures).toEqual([expect.objectContaining({ name: 'win_rate', above: 1.5 })])
      const logs = [here, there].map((world) => played(world, autoReset))
      expect(logs[1]).toEqual(logs[0])
      expect(logs[0].join().length).toBeGreaterThan(10_000)
    },
  )

  it('passes the conformance suite of environments', async () => {
    const { code, events, stderr } = await jsonHere([
      'conformance',
      rendezvous,
      '--role',
      'environment',
    ])
    expect(events.filter(({ verdict }) => verdict === 'failed')).toEqual([])
    expect(events.filter(({ verdict }) => verdict === 'ok').length).toBeGreaterThan(25)
    expect(code, stderr).toBe(0)
  })
})

describe.skipIf(!FOOTBALL_BUILT)('football that nobody could step', () => {
  it.each([
    [['representation=tizero', 'scenario=5_vs_5'], 'config/levels', 'shows 11 against 11'],
    [['leftAgents=11', 'leftControllable=outfield'], 'config/levels', 'has 10 players for them'],
  ])('is not served: %j', async (set, code, said) => {
    await expectRefusal(
      set.flatMap((one) => ['--set', one]),
      code,
      said,
    )
  })

  it.skipIf(FOOTBALL_BUILT && nativeFootball().cudaFault() === null)(
    'is not served without its device',
    async () => {
      await expectRefusal(['--device', 'cuda'], 'football/device', '')
    },
  )
})

async function expectRefusal(options: readonly string[], code: string, said: string) {
  const folder = mkdtempSync(join(tmpdir(), 'agon-football-'))
  const result = await jsonHere([
    'env',
    'football',
    ...options,
    '--rendezvous',
    join(folder, 'x.json'),
  ])
  expect(result.code, result.stderr).toBe(2)
  expect(result.events).toMatchObject([{ kind: 'error', code }])
  expect(JSON.stringify(result.events)).toContain(said)
  expect(readdirSync(folder)).toEqual([])
  rmSync(folder, { recursive: true })
}

/** Random hands, saves and loads over a few episodes of three slots: every byte that came of it. */
function played(world: Environment<unknown>, autoReset: 'none' | 'same-level' | 'next-level') {
  const { levels, spec } = world
  const drawn = new Int32Array(3)
  const vector = steppable(world, 'a test').vector({
    slots: 3,
    autoReset,
    nextLevel: (slot) => levels.sample(stream('next', slot, ++drawn[slot])),
    stream: (slot): RandomStream => stream('dynamics', slot),
  })
  const out = allocateStepBuffers(spec, 3)
  const random = stream('hands', autoReset)
  const log: string[] = []
  const parent = levels.sample(random)
  const { level } = levels.mutate(parent, random)
  vector.reset([0, 1, 2], [parent, level, levels.sample(random)], out.observations)
  for (let t = 0; t < 80; t++) {
    const bytes = [...Object.values(out.observations), out.rewards, out.terminated, out.truncated]
    log.push(
      bytes
        .map((of) => Buffer.from(of.buffer, of.byteOffset, of.byteLength).toString('base64'))
        .join(' '),
    )
    vector.step(
      Int32Array.from({ length: 3 * spec.agents }, () => random.integer(20)),
      out,
    )
    if (t % 20 !== 10) continue
    const state = vector.save(t % 3)
    log.push(Buffer.from(state).toString('base64'))
    vector.load((t + 1) % 3, state, out.observations)
  }
  vector.close?.()
  return log
}
