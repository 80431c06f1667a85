import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stream } from 'agon/core'
import {
  type AutoReset,
  allocateStepBuffers,
  type Environment,
  probeOf,
  type StepBuffers,
  steppable,
} from 'agon/envs'
import { createMaze, mazeOptions } from 'agon/envs/maze'
import { createRemote, remoteOptions } from 'agon/envs/remote'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agon } from '../support/command.ts'
import { jsonHere } from '../support/command-here.ts'
import { exactFiles } from '../support/run-files.ts'
import { type Serving, serve } from '../support/serving.ts'
import { SLOW } from '../support/tiers.ts'

const root = mkdtempSync(join(tmpdir(), 'agon-remote-'))
const rendezvous = join(root, 'maze.json')
const config = fileURLToPath(new URL('../fixtures/tiny-plr.yaml', import.meta.url))
const MAZE = { height: 5, width: 5, nWalls: 6, maxSteps: 20, edits: 3 }
const serveMaze = (): Promise<Serving> =>
  serve([
    'env',
    'maze',
    ...Object.entries(MAZE).flatMap(([key, value]) => ['--set', `${key}=${value}`]),
    ...['--rendezvous', rendezvous],
  ])

let server: Serving
beforeAll(async () => {
  server = await serveMaze()
})
afterAll(async () => {
  await server.kill()
  rmSync(root, { recursive: true })
})

describe('the remote maze and the local maze', () => {
  const local = createMaze(mazeOptions.parse(MAZE)) as Environment<unknown>
  const remote = () =>
    createRemote(remoteOptions.parse({ address: rendezvous })) as Environment<unknown>

  it('say the same of themselves and of their levels', () => {
    const there = remote()
    expect(there.spec).toEqual(local.spec)
    expect([there.solvedAbove, there.returnRange, there.suites]).toEqual([0, [0, 1], local.suites])
    const [mine, theirs] = [stream('levels'), stream('levels')]
    for (let i = 0; i < 20; i++) {
      const [here, away] = [local.levels.sample(mine), there.levels.sample(theirs)]
      const [edited, changed] = [local.levels.mutate(here, mine), there.levels.mutate(away, theirs)]
      expect(theirs.save()).toEqual(mine.save())
      expect(changed.operator).toBe(edited.operator)
      for (const [a, b] of [
        [here, away],
        [edited.level, changed.level],
      ]) {
        expect([...there.levels.encode(b)]).toEqual([...local.levels.encode(a)])
        expect(there.levels.key(b)).toBe(local.levels.key(a))
        expect(there.levels.format(b)).toBe(local.levels.format(a))
        expect(there.levels.features(b)).toEqual(local.levels.features(a))
        expect(there.levels.validate(b)).toBe(local.levels.validate(a))
      }
    }
    const text = local.levels.format(local.levels.sample(mine))
    expect(there.levels.format(there.levels.parse(text))).toBe(text)
    expect(() => there.levels.parse('>?G\n')).toThrow(
      expect.objectContaining({ code: 'level/invalid', place: 'row 1, column 2' }),
    )
    const [suite] = local.suites
    const at = local.suite(suite).entries.length - 1
    const drawn = [local, there].map((world) =>
      world.levels.encode(world.suite(suite).entries[at].level(stream('suite'), 2)),
    )
    expect([...drawn[1]]).toEqual([...drawn[0]])
    expect(() => there.suite('maze/nothing')).toThrow(
      expect.objectContaining({ code: 'suite/unknown' }),
    )
  })

  it.each<AutoReset>(['none', 'same-level', 'next-level'])(
    'give the same trajectories: auto-reset %s',
    (autoReset) => {
      for (const [seed, slots] of [
        [1, 1],
        [2, 7],
        [3, 64],
      ]) {
        const worlds = [local, remote()].map((world) => played(world, autoReset, seed, slots))
        expect(worlds[1].log).toEqual(worlds[0].log)
        expect(worlds[0].ended).toBeGreaterThan(0)
      }
    },
  )

  it('have the same probes, with the same masks and extras', () => {
    const [here, there] = [local, remote()]
    expect(there.probes).toEqual(local.probes)
    for (const name of local.probes ?? []) expect(probed(there, name)).toEqual(probed(here, name))
    const shares = probed(here, 'overlap').masks.flat()
    expect(new Set(shares)).toEqual(new Set([0, 1]))
    expect(() => probeOf(there, 'novelty', [])).toThrow(
      expect.objectContaining({ code: 'probe/unknown' }),
    )
  })

  it('go on after a refusal', () => {
    const world = remote()
    const vector = steppable(world, 'a test').vector({ slots: 2, autoReset: 'none' })
    const out = allocateStepBuffers(world.spec, 2)
    const level = world.levels.sample(stream('refusal'))
    vector.reset([0, 1], [level, level], out.observations)
    const before = vector.save(1)
    expect(() =>
      vector.reset([1], [world.levels.decode(Uint8Array.of(1, 2, 3))], out.observations),
    ).toThrow(expect.objectContaining({ code: 'level/corrupt' }))
    expect(() => vector.step(Int32Array.of(2, 9), out)).toThrow(
      expect.objectContaining({ code: 'environment/actions' }),
    )
    expect([...vector.save(1)]).toEqual([...before])
    vector.step(Int32Array.of(2, 2), out)
    vector.close?.()
  })
})

/** A game of random levels, actions, resets, saves and loads, as a log of every byte that came of it. */
function played(
  world: Environment<unknown>,
  autoReset: AutoReset,
  seed: number,
  slots: number,
): { readonly log: string[]; readonly ended: number } {
  const { levels, spec } = world
  const random = stream(seed, 'game')
  const drawn = new Int32Array(slots)
  const vector = steppable(world, 'a test').vector({
    slots,
    autoReset,
    nextLevel: (slot) => levels.sample(stream(seed, 'next', slot, ++drawn[slot])),
    stream: (slot) => stream(seed, 'dynamics', slot),
  })
  const out = allocateStepBuffers(spec, slots)
  const all = Array.from({ length: slots }, (_, slot) => slot)
  const log: string[] = []
  let ended = 0
  const begin = (some: readonly number[]): void =>
    vector.reset(
      some,
      some.map(() => levels.sample(random)),
      out.observations,
    )
  begin(all)
  for (let t = 0; t < 120; t++) {
    log.push(written(out), all.map((slot) => vector.maxSteps(slot)).join())
    vector.step(
      Int32Array.from(all, () => random.integer(3)),
      out,
    )
    ended += out.terminated.reduce((sum, flag) => sum + flag, 0)
    const chosen = random.integer(12)
    if (chosen === 0) begin(random.shuffle([...all]).slice(0, 1 + random.integer(slots)))
    if (chosen !== 1) continue
    const state = vector.save(random.integer(slots))
    log.push(Buffer.from(state).toString('hex'))
    vector.load(random.integer(slots), state, out.observations)
  }
  vector.close?.()
  return { log, ended }
}

function written({ observations, rewards, terminated, truncated }: StepBuffers): string {
  return [
    ...Object.keys(observations).map((name) => observations[name]),
    rewards,
    terminated,
    truncated,
  ]
    .map(({ buffer, byteOffset, byteLength }) =>
      Buffer.from(buffer, byteOffset, byteLength).toString('base64'),
    )
    .join(' ')
}

/** Everything but what names the environment itself: by its options in one run, by its address in the other. */
const exceptNames = (files: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(files).filter(([name]) => !/config\.yaml$|manifest\.json$/.test(name)),
  )

describe('a run in a remote environment', () => {
  /** Enough for levels replayed, edited and measured. */
  const CYCLES = `--set=budget.cycles=${SLOW ? 12 : 7}`
  const written = readFileSync(config, 'utf8')
  const away = join(root, 'away.yaml')
  const runTo = async (file: string, name: string, ...args: string[]) => {
    const out = join(root, name)
    const { code, stderr } = await jsonHere(['run', file, '--out', out, CYCLES, ...args])
    expect(stderr).not.toMatch(/Error|at .*\.js/)
    expect(code).toBe(0)
    return exceptNames(exactFiles(out))
  }
  let expected: Record<string, string>
  beforeAll(async () => {
    writeFileSync(away, written.replace(/^env: .*$/m, 'env: { remote: maze.json }'))
    expected = await runTo(config, 'here')
  })

  it('has the bits of one in the local environment', async () => {
    expect(await runTo(away, 'away')).toEqual(expected)
    const threads = ['student', 'adversary', 'evaluator'].map(
      (role) => `--set=placement.${role}=thread`,
    )
    expect(await runTo(away, 'threads', '--workers=2', ...threads)).toEqual(expected)
    const settings = readFileSync(join(root, 'away', 'config.yaml'), 'utf8')
    expect(settings).toContain('address: ../maze.json')
    const token = readFileSync(join(root, 'maze.token'), 'utf8').trim()
    expect(settings).not.toContain(token)
  })

  it('keeps its bits when the server is killed and started again', async () => {
    const out = join(root, 'restarted')
    const moments = SLOW ? [3, 8] : [4]
    let restarting = Promise.resolve()
    const restart = async (): Promise<void> => {
      await server.kill()
      server = await serveMaze()
    }
    const { code, events } = await agon(
      ['run', away, '--out', out, CYCLES, '--set=supervision.restarts=50'],
      (event) => {
        const { cycles } = (event.spent ?? {}) as { cycles?: number }
        if (event.kind !== 'cycle' || cycles !== moments[0]) return
        moments.shift()
        restarting = restarting.then(restart)
      },
    )
    await restarting
    expect(moments).toEqual([])
    expect(code).toBe(0)
    expect(exceptNames(exactFiles(out))).toEqual(expected)
    // A rollout was cut off at least once.
    expect(events.filter(({ kind }) => kind === 'restored').length).toBeGreaterThan(0)
  })

  it('is refused where the token is another, and where nothing is served', async () => {
    const token = join(root, 'other.token')
    writeFileSync(token, 'something-else\n', { mode: 0o600 })
    const refused = await jsonHere(['run', away, '--dry-run', `--set=env.tokenFile=${token}`])
    expect(refused.code).toBe(2)
    expect(JSON.stringify(refused.events.at(-1))).toContain('token')
    const nothing = await jsonHere(['run', away, '--dry-run', '--set=env.remote=127.0.0.1:9'])
    expect(nothing.code).toBe(2)
    expect(nothing.events.at(-1)).toMatchObject({ code: 'config/invalid' })
  })
})

describe('dm_env_rpc between two processes', () => {
  it('serves a run', async () => {
    const file = join(root, 'dm.json')
    const served = await serve(['env', 'maze', '--protocol', 'dm_env_rpc', '--rendezvous', file])
    const out = join(root, 'dm')
    const from = join(root, 'dm.yaml')
    const written = readFileSync(config, 'utf8')
      .replace(/^env: .*$/m, 'env: { remote: dm.json, protocol: dm_env_rpc }')
      .replace(/^adversary: .*$/m, 'adversary: plr')
    writeFileSync(from, written)
    const { code, stderr } = await jsonHere(['run', from, '--out', out, '--set=budget.cycles=4'])
    expect(stderr).not.toMatch(/Error|at .*\.js/)
    expect(code).toBe(0)
    expect(readFileSync(join(out, 'policy.yaml'), 'utf8')).toContain('dm_env_rpc')
    expect(readFileSync(join(out, 'metrics.jsonl'), 'utf8').trim().split('\n')).toHaveLength(4)
    served.child.kill('SIGTERM')
    expect(await served.finished).toMatchObject({ code: 0 })
  })
})

/** Masks and extras of a probe over three slots that step at random. */
function probed(world: Environment<unknown>, name: string) {
  const slots = 3
  const draw = stream('probed')
  const levels = Array.from({ length: 4 }, () => world.levels.sample(draw))
  const vector = steppable(world, 'a test').vector({ slots, autoReset: 'same-level' })
  const out = allocateStepBuffers(world.spec, slots)
  vector.reset([0, 1, 2], levels.slice(1), out.observations)
  const known = levels.slice(0, 3).map((level) => world.levels.encode(level))
  const prober = probeOf(world, name, known)(slots)
  prober.begin(out.observations)
  const masks = Array.from({ length: 60 }, () => {
    const train = new Uint8Array(slots)
    prober.mask(train)
    const actions = Int32Array.from(train, () => draw.integer(3))
    vector.step(actions, out)
    prober.step(actions, out)
    return [...train]
  })
  const extras = [0, 1, 2].map((row) => prober.extras(row))
  prober.close?.()
  vector.close?.()
  return { masks, extras }
}
