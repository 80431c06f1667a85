import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stream } from 'agon/core'
import { loadEnvironment } from 'agon/envs'
import {
  type FootballLevel,
  firstGameSeed,
  footballOptions,
  nativeFootball,
} from 'agon/envs/football'
import { openPolicy } from 'agon/inference'
import { playMatches, type TeamSeats } from 'agon/play'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { levelId, slotId, taskId } from '../../src/core/ids.ts'
import { createEvaluator } from '../../src/evaluation/evaluator.ts'
import type { PolicyFile } from '../../src/inference/contract.ts'
import type { Student } from '../../src/learners/contract.ts'
import { student as frozen } from '../../src/learners/frozen/index.ts'
import { importPolicy } from '../../src/play/releases/import-policy.ts'
import type { NamedPolicies, Seating } from '../../src/seats/contract.ts'
import { agonData } from '../support/agon-data.ts'
import { FOOTBALL_BUILT } from '../support/football.ts'

const folder = agonData('tizero')

/** MADRID's games, cut short where nobody scores. */
const GAMES = {
  scenario: '11_vs_11_stochastic',
  generator: 'random',
  ...{ leftDifficulty: 1, rightDifficulty: 1, offsides: true, endEpisodeOnScore: true },
  ...{ leftAgents: 10, rightAgents: 10, gameDuration: 40 },
  ...{ leftControllable: 'outfield', rightControllable: 'outfield' },
  ...{ actionSet: 'v2', representation: ['tizero', 'grf-marl'] },
} as const
const STEPS = 41

/** With a striker before the right goal, so that somebody scores. */
const atGoal = (level: FootballLevel): FootballLevel => ({
  ...level,
  ball: [0.84375, 0.03125],
  left: level.left.map((player, i) => (i === 9 ? { ...player, x: 0.8125, y: 0.03125 } : player)),
})

describe.skipIf(!FOOTBALL_BUILT || folder === undefined)('released policies side by side', () => {
  const environment = {
    module: new URL('../../dist/envs/football/index.js', import.meta.url).href,
    options: footballOptions.parse(GAMES),
  }
  let policies: Record<'tizero' | 'passer', PolicyFile>
  let named: NamedPolicies
  let student: Student
  const seatings: readonly Seating[] = [
    { left: 'tizero', right: 'tizero' },
    { left: 'passer', right: 'tizero' },
    { left: 'hard', right: 'tizero' },
    { left: 'easy', right: 'tizero' },
  ]
  const TEAMS: Readonly<Record<string, TeamSeats>> = {
    tizero: { seat: { kind: 'policy', name: 'tizero' } },
    passer: { seat: { kind: 'policy', name: 'passer' } },
    hard: { seat: { kind: 'bot' }, difficulty: 0.95 },
    easy: { seat: { kind: 'bot' }, difficulty: 0.05 },
  }

  beforeAll(async () => {
    const read = (path: string) => importPolicy(readFileSync(join(folder!, path)))
    policies = {
      tizero: await read('tizero.onnx'),
      passer: await read('reference-policies/defensive_passer.onnx'),
    }
    named = {
      tizero: { kind: 'source', source: policies.tizero },
      passer: { kind: 'source', source: policies.passer },
      hard: { kind: 'bot', bot: 'builtin', difficulty: 0.95 },
      easy: { kind: 'bot', bot: 'builtin', difficulty: 0.05 },
    }
    const { spec } = await loadEnvironment(environment)
    const options = frozen.options.parse({
      ...{ policy: 'tizero', rollout: { envs: 8, steps: STEPS }, shards: 1 },
    })
    const context = { slot: slotId('agent'), seed: 1, environment, spec, workers: 1 }
    student = await frozen.create(options, { ...context, policies: named, training: {} })
  })
  afterAll(() => student?.close())

  it('play in the seats of an environment the games that they play in a match', async () => {
    const { levels } = await loadEnvironment(environment)
    const starts = seatings.map((_, i) =>
      atGoal(levels.sample(stream('views', i)) as FootballLevel),
    )
    const seedOf = (game: number) => 100 + game
    const tasks = seatings.map((seating, i) => ({
      id: taskId(1, slotId('agent'), i),
      level: levels.encode(starts[i]),
      ...{ seed: seedOf(i), train: false, repeat: 0, seating },
      lineage: { level: levelId(i), parents: [], operator: 'generate', generation: 0 },
    }))
    const { outcomes } = await student.attempt({
      ...{ cycle: 1, slot: slotId('agent'), tasks, autoReset: 'none', probes: [] },
    })
    const opened = {
      tizero: await openPolicy(policies.tizero),
      passer: await openPolicy(policies.passer),
    }
    for (const [i, { left, right }] of seatings.entries()) {
      const [game] = await playMatches(
        nativeFootball(),
        {
          teams: [TEAMS[left], TEAMS[right]],
          level: () => starts[i],
          ...{ games: 1, seed: i, lanes: 1, threads: 1 },
          dynamics: () => firstGameSeed(stream(seedOf(i), 'dynamics')),
        },
        { policies: opened },
      )
      const summary = outcomes[i].episodes.find(({ seat }) => seat === 'left')
      expect(summary, `${left} against ${right}`).toMatchObject({
        finished: true,
        return: game.score[0] - game.score[1],
        length: game.steps,
      })
    }
    for (const policy of Object.values(opened)) await policy.release()
  })
  it('are measured in a seat as they are when they are named for it', async () => {
    const short = { ...environment, options: footballOptions.parse({ ...GAMES, gameDuration: 10 }) }
    const request = { environment: short, suite: 'random:2', episodes: 1, seed: 3, record: 1 }
    const evaluator = createEvaluator({ policies: named })
    const own = await evaluator.measure(policies.tizero, {
      ...request,
      seating: { left: 'passer' },
    })
    const both = await evaluator.measure(null, {
      ...request,
      seating: { left: 'passer', right: 'tizero' },
    })
    await evaluator.close()
    const actions = ({ recordings }: typeof own) => recordings.map((one) => one.actions)
    expect(actions(own)).toEqual(actions(both))
    expect(actions(own)[0].length).toBe(11 * 20)
  })
})
