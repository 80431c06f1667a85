import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { stream } from 'agon/core'
import type { Environment } from 'agon/envs'
import { environment, footballOptions } from 'agon/envs/football'
import { createRemote, remoteOptions } from 'agon/envs/remote'
import { afterAll, describe, expect, it } from 'vitest'
import { jsonHere } from '../support/command-here.ts'
import { FOOTBALL_BUILT } from '../support/football.ts'
import { NEEDS_PYTHON, PYTHON, python } from '../support/python.ts'
import { sampled, slowly } from '../support/tiers.ts'

const root = mkdtempSync(join(tmpdir(), 'agon-python-football-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** Serves what stands in for the original engine. */
async function engine(name: string, ...options: readonly string[]) {
  const rendezvous = join(root, `${name}.json`)
  const host = python('tests/football_program.py', ...options, '--rendezvous', rendezvous)
  while (!existsSync(rendezvous)) {
    expect(host.child.exitCode).toBeNull()
    await sleep(50)
  }
  return { rendezvous, host }
}

/** The ball before an open goal, for those who shoot. */
const NEAR = `
name: Near
ball: 0.9 0
gameDuration: 60
endEpisodeOn: score
left:
  GK -1 0
  CF 0.89 0
right:
  GK 0.9 0.3 lazy
`

const CONFIG = `
seed: 5
env: { remote: goal.json }
adversary: { id: accel, capacity: 16, minFill: 0.5 }
student:
  id: ppo
  network: { hidden: 32 }
  rollout: { envs: 4, steps: 32 }
  ppo: { epochs: 1, minibatches: 1 }
evaluation: { suite: football/academy, every: 0 }
budget: { gradientUpdates: 6 }
workers: 1
`

/** `{ leftAgents: 2 }` as `--left-agents 2`. */
const flagsOf = (options: object): readonly string[] =>
  Object.entries(options).flatMap(([key, value]) => [
    `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    String(value),
  ])

describe.skipIf(PYTHON === null || !FOOTBALL_BUILT)(
  `the original football engine instead of the simulator ${NEEDS_PYTHON}`,
  () => {
    const peers = [
      { scenario: 'academy_3_vs_1_with_keeper', representation: 'raw', rightAgents: 1 },
      {
        ...{ scenario: '11_vs_11_kaggle', representation: 'extracted', leftAgents: 10 },
        ...{ leftControllable: 'outfield', generator: 'random', gameDuration: 128 },
        ...{ rightDifficulty: 0.25, endEpisodeOnScore: 'on' },
      },
      { scenario: '5_vs_5', leftAgents: 4, actionSet: 'v2', rewards: 'scoring,checkpoints' },
    ]
    it.each(sampled(peers, 2))(
      'is the same environment to a policy and to an adversary: %o',
      async (options) => {
        const { rendezvous, host } = await engine(`peer-${options.scenario}`, ...flagsOf(options))
        const said: Record<string, unknown> = { ...options }
        if ('endEpisodeOnScore' in said) said.endEpisodeOnScore = true
        const here = environment.create(footballOptions.parse(said)) as Environment<unknown>
        const remote = remoteOptions.parse({ address: rendezvous })
        const there = createRemote(remote) as Environment<unknown>
        expect(there.spec).toEqual(here.spec)
        for (const what of ['solvedAbove', 'returnRange', 'measures'] as const)
          expect(there[what]).toEqual(here[what])
        // Levels of one are levels of the other: drawn, edited, as bytes and as text.
        const draw = stream('peer', options.scenario)
        for (const [from, to] of [
          [here, there],
          [there, here],
        ]) {
          const drawn = from.levels.sample(draw)
          for (const level of [drawn, from.levels.mutate(drawn, draw).level]) {
            const same = to.levels.decode(from.levels.encode(level))
            expect(to.levels.validate(same)).toBeNull()
            expect(to.levels.format(same)).toBe(from.levels.format(level))
            expect(to.levels.encode(to.levels.parse(from.levels.format(level)))).toEqual(
              from.levels.encode(level),
            )
            expect(to.levels.key(same)).toBe(from.levels.key(level))
            expect(Object.entries(to.levels.features(same)).sort()).toEqual(
              Object.entries(from.levels.features(level))
                .sort()
                .map(([name, value]) => [name, expect.closeTo(value, 9)]),
            )
          }
        }
        // The engine's own scenarios, as its builder was told them, are the simulator's.
        const all = there.suite('football/all').entries
        expect(all.length).toBeGreaterThan(0)
        for (const { name, level } of all) {
          const entry = here.suite('football/all').entries.find((one) => one.name === name)
          for (const episode of [0, 1]) {
            const native = entry?.level(draw, episode)
            expect(there.levels.format(level(draw, episode))).toBe(here.levels.format(native))
          }
        }
        host.child.kill('SIGTERM')
        expect(await host.ended).toEqual({ code: 0, stderr: '' })
      },
    )

    it('takes levels as scenario files', async () => {
      const said = { scenario: '11_vs_11_stochastic', generator: 'random', gameDuration: 128 }
      const { levels } = environment.create(footballOptions.parse(said))
      const level = levels.sample(stream('scenario', 'file'))
      const file = levels.foreign?.file(level, '01-L7')
      expect(file?.name).toBe('01_L7.py')
      const path = join(root, file?.name ?? '')
      writeFileSync(path, file?.text ?? '')
      // The engine's builder is told what the level says.
      const { rendezvous, host } = await engine('file', '--scenario', path)
      const there = createRemote(remoteOptions.parse({ address: rendezvous })).levels
      expect(there.format(there.sample(stream('any', 'draw')))).toBe(levels.format(level))
      host.child.kill('SIGTERM')
      expect(await host.ended).toEqual({ code: 0, stderr: '' })
      const played = python('tests/football_program.py', '--play', path, '--steps', '3')
      expect(await played.ended).toEqual({ code: 0, stderr: '' })
    })

    // That the two are the same environment is compared above; a run in one of them is measured below.
    slowly('measures a policy that was trained in the simulator', async () => {
      const [trained, original] = ['trained.yaml', 'original.yaml'].map((name) => join(root, name))
      const simulator = 'id: football, scenario: academy_empty_goal, gameDuration: 20'
      writeFileSync(
        trained,
        CONFIG.replace('remote: goal.json', simulator).replace(
          /adversary: .*/,
          'adversary: { id: dr }',
        ),
      )
      writeFileSync(original, CONFIG.replace('goal.json', 'measured.json'))
      const out = join(root, 'trained')
      expect(await jsonHere(['run', trained, '--out', out])).toMatchObject({ code: 0 })
      const { host } = await engine('measured', '--scenario', 'academy_empty_goal')
      const levels = join(root, 'near.txt')
      writeFileSync(levels, NEAR)
      const { code, stderr, events } = await jsonHere([
        ...['eval', join(out, 'policy.onnx'), '--env', original],
        ...['--levels', levels, '--episodes', '4'],
      ])
      expect(code, stderr).toBe(0)
      expect(events).toMatchObject([{ levels: [{ name: 'Near', episodes: 4, solvedRate: 1 }] }])
      host.child.kill('SIGTERM')
      expect(await host.ended).toEqual({ code: 0, stderr: '' })
    })
  },
)

describe.skipIf(PYTHON === null)(`the original football engine as a peer ${NEEDS_PYTHON}`, () => {
  // What hosts it is examined in the conformance tests, and a run asks for the rest below.
  slowly('speaks the protocol', async () => {
    const { rendezvous, host } = await engine(
      'conformance',
      ...['--scenario', 'academy_empty_goal', '--generator', 'around', '--processes', '2'],
      ...['--representation', 'raw', '--left-agents', '2'],
    )
    const { code, events, stderr } = await jsonHere([
      'conformance',
      rendezvous,
      '--role',
      'environment',
    ])
    const checks = events.filter(({ kind }) => kind === 'check')
    expect(
      checks.filter(({ verdict }) => verdict !== 'ok'),
      stderr,
    ).toEqual([])
    expect(code).toBe(0)
    expect(checks.length).toBeGreaterThanOrEqual(25)
    host.child.kill('SIGTERM')
    expect(await host.ended).toEqual({ code: 0, stderr: '' })
  })

  it('is trained on, searched and measured by a run', async () => {
    const { host } = await engine(
      'goal',
      ...['--generator', 'around', '--spread', '0.02', '--game-duration', '20'],
      ...['--scenario', 'academy_empty_goal'],
    )
    const config = join(root, 'goal.yaml')
    writeFileSync(config, CONFIG)
    const { code, stderr, events } = await jsonHere(['run', config, '--out', join(root, 'run')])
    expect(stderr).not.toMatch(/Error|at .*\.js/)
    expect(code).toBe(0)
    expect(events.find(({ kind }) => kind === 'finished')).toMatchObject({
      result: { status: 'finished', spent: { gradientUpdates: 6 } },
    })
    const rows = readFileSync(join(root, 'run/metrics.jsonl'), 'utf8').trim().split('\n')
    const last = JSON.parse(rows[rows.length - 1])
    // Games of 20 steps take 21; the ball of a level lies near the scenario's; edits came over the wire.
    expect(last['agent/episode_length_mean']).toBe(21)
    expect(Math.abs(last['adversary/level_ball_x'])).toBeLessThan(0.2)
    expect(rows.some((row) => JSON.parse(row)['adversary/edited'] > 0)).toBe(true)
    const { slots } = JSON.parse(readFileSync(join(root, 'run/evaluation.json'), 'utf8'))
    const { levels } = slots.agent.baseline
    expect(levels.map(({ name }: { name: string }) => name)).toContain('academy_empty_goal')
    host.child.kill('SIGTERM')
    expect(await host.ended).toEqual({ code: 0, stderr: '' })
  })
})
