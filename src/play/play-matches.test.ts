import { describe, expect, it } from 'vitest'
import { parameterWidth } from '../core/action-space.ts'
import { type Tensor, tensor } from '../core/tensor.ts'
import type { FootballLevel } from '../envs/football/level.ts'
import { nativeHere } from '../envs/football/native/testing/native-here.ts'
import { RAW_ROW, RAW_ROW_WIDTH } from '../envs/football/observe/raw-row.ts'
import type { ActBatch, Policy, PolicyCard } from '../inference/contract.ts'
import type { MatchParts, MatchRequest, OutsidePlayer, Seat, TeamSeats } from './contract.ts'
import { playMatches } from './play-matches.ts'
import type { GameRecording } from './record/recording.ts'
import { RELEASES } from './releases/releases.ts'

const native = nativeHere()
const BOT: TeamSeats = { seat: { kind: 'bot' } }
const RANDOM: TeamSeats = { seat: { kind: 'random' } }
const policySeat: Seat = { kind: 'policy', name: 'p' }

function request(change: Partial<MatchRequest> & { readonly scenario?: string }): MatchRequest {
  const { scenario = '11_vs_11_stochastic', ...rest } = change
  return {
    teams: [BOT, BOT],
    level: (number) => native!.scenario(scenario, number),
    games: 2,
    seed: 3,
    lanes: 4,
    threads: 1,
    maxSteps: 60,
    ...rest,
  }
}

/** Plays and keeps what was recorded, by the games' own numbers. */
async function played(change: Parameters<typeof request>[0], parts: Partial<MatchParts> = {}) {
  const recordings = new Map<number, GameRecording>()
  const results = await playMatches(
    native!,
    { record: () => true, ...request(change) },
    {
      policies: {},
      onGame: ({ number }, recording) => void recordings.set(number, recording!),
      ...parts,
    },
  )
  return { results, recordings }
}

/** A policy by hand: `choose` sees a row's steps since its game began. */
function stub(
  card: PolicyCard,
  choose: (step: number, row: number, batch: ActBatch) => number,
): Policy {
  const own: PolicyCard = { ...card, state: { t: { dtype: 'float32', shape: [1] } } }
  return {
    card: own,
    async act(batch) {
      const { rows, state } = batch
      const steps = (state.t as Tensor<'float32'>).data
      return {
        action: Int32Array.from({ length: rows }, (_, row) => choose(steps[row], row, batch)),
        logProb: new Float32Array(rows),
        logits: new Float32Array(rows * parameterWidth(card.actions)),
        state: {
          t: tensor(
            'float32',
            [rows, 1],
            steps.map((t) => t + 1),
          ),
        },
      }
    },
    release: async () => {},
  }
}

const [tizero, grfMarl] = RELEASES.map(({ card }) => card)
const outside = (player: OutsidePlayer): Partial<MatchParts> => ({ outside: { o: player } })
const always = (action: number): OutsidePlayer => ({
  reads: [],
  act: (_, rows) => new Int32Array(rows).fill(action),
})

describe.skipIf(native === null)('games with players in seats', () => {
  it('are a function of their number, whatever is played beside them and by however many threads', async () => {
    const teams = [RANDOM, { seat: { kind: 'bot' } }] as const
    const many = await played({ teams, games: 5, lanes: 2 })
    expect(many.results.map(({ index, number }) => [index, number])).toEqual([
      [0, 3],
      [1, 4],
      [2, 5],
      [3, 6],
      [4, 7],
    ])
    const alone = await played({ teams, games: 1, seed: 6, threads: 2 })
    expect(alone.recordings.get(6)).toEqual(many.recordings.get(6))
    expect(many.recordings.get(6)).not.toEqual(many.recordings.get(5))
    const again = await played({ teams, games: 5, lanes: 5 })
    expect([...again.recordings].sort()).toEqual([...many.recordings].sort())
    expect(again.results).toEqual(many.results)
  })

  it('gives each row a state of its own, from zero in every game', async () => {
    const seen: number[] = []
    const policy = stub(grfMarl, (step) => {
      seen.push(step)
      return 0
    })
    const teams = [{ seat: policySeat }, BOT] as const
    await played({ teams, games: 3, lanes: 2, maxSteps: 4 }, { policies: { p: policy } })
    // Two lanes of ten outfield players: two games side by side, then one, in whose time the other lane goes on.
    expect(seen.slice(0, 20)).toEqual(new Array(20).fill(0))
    expect(seen.slice(60, 80)).toEqual(new Array(20).fill(3))
    expect(seen.slice(80, 90)).toEqual(new Array(10).fill(0))
    expect(seen).toHaveLength(8 * 20)
  })

  it('draws a sampled policy’s noise by game, not by lane', async () => {
    const noisy = () =>
      stub({ ...grfMarl, decode: 'sample' }, (_, row, { noise }) =>
        Math.floor(19 * noise.data[row]),
      )
    const teams = [{ seat: policySeat }, { seat: policySeat }] as const
    const two = await played({ teams, games: 2 }, { policies: { p: noisy() } })
    const one = await played({ teams, games: 1, seed: 4 }, { policies: { p: noisy() } })
    expect(one.recordings.get(4)).toEqual(two.recordings.get(4))
  })

  it('leaves keepers of outfield policies to the built-in AI, and sends release of sprint for dribble', async () => {
    const policy = stub(tizero, (step, row, { mask }) => {
      expect(mask!.shape[1]).toBe(20)
      if (row === 0) return step === 0 ? 13 : 17
      return 17
    })
    const { recordings } = await played(
      { teams: [{ seat: policySeat }, BOT], games: 1, maxSteps: 4 },
      { policies: { p: policy } },
    )
    const { actions, sticky } = recordings.get(3)!
    const of = (player: number) => [0, 1, 2, 3].map((row) => actions[22 * row + player])
    expect(of(0)).toEqual([19, 19, 19, 19])
    // Player 1 sprints, is stopped by release of sprint, then dribbles.
    expect(of(1)).toEqual([13, 15, 17, 17])
    expect(of(2)).toEqual([17, 17, 17, 17])
    expect(of(12)).toEqual([19, 19, 19, 19])
    expect([1, 2, 3].map((row) => sticky[22 * row + 1])).toEqual([1 << 8, 0, 1 << 9])
  })

  it('lets a policy play single players, and others play theirs', async () => {
    const policy = stub(grfMarl, () => 3)
    const left: TeamSeats = {
      seat: { kind: 'idle' },
      players: { 4: policySeat, 5: { kind: 'bot' } },
    }
    const right: TeamSeats = { seat: { kind: 'bot' }, players: { 0: policySeat } }
    const { recordings } = await played(
      { teams: [left, right], games: 1, maxSteps: 2 },
      { policies: { p: policy } },
    )
    const row = [...recordings.get(3)!.actions.subarray(0, 22)]
    // The right keeper's top is the bottom of the field.
    expect(row).toEqual([0, 0, 0, 0, 3, 19, 0, 0, 0, 0, 0, 7, ...new Array(10).fill(19)])
  })

  it('writes what the right team does and holds in field axes', async () => {
    const teams = [BOT, { seat: { kind: 'outside', name: 'o' } }] as const
    const { recordings } = await played({ teams, games: 1, maxSteps: 20 }, outside(always(5)))
    const { actions, sticky, raw, rows } = recordings.get(3)!
    expect(rows).toBe(21)
    expect([...actions.subarray(11, 22)]).toEqual(new Array(11).fill(1))
    expect([...sticky.subarray(33, 44)]).toEqual(new Array(11).fill(1))
    expect([...actions.subarray(-22)]).toEqual(new Array(22).fill(-1))
    const x = (row: number) => raw[row * RAW_ROW_WIDTH + RAW_ROW.right.position + 2 * 5]
    expect(x(20)).toBeLessThan(x(0) - 0.05)
  })

  it('ends with the level’s own flags, and tells the goals', async () => {
    const striker: OutsidePlayer = {
      reads: ['simple115v2'],
      act(seen, rows) {
        expect(seen.simple115v2).toHaveLength(rows * 115)
        return Int32Array.from({ length: rows }, (_, row) => (row % 2 === 1 ? 12 : 0))
      },
    }
    const teams = [{ seat: { kind: 'outside', name: 'o' } }, BOT] as const
    const { results } = await played(
      { teams, scenario: 'academy_empty_goal_close', games: 4, maxSteps: 100 },
      outside(striker),
    )
    expect(results.map(({ end }) => end)).toContain('level')
    for (const { score, goals, steps, end } of results) {
      expect(score[0]).toBe(goals.length)
      if (score[0] === 1) expect([goals[0], end]).toEqual([{ step: steps, team: 0 }, 'level'])
    }
    expect(results.some(({ score }) => score[0] === 1)).toBe(true)
  })

  it('plays a team at another difficulty, and drops what is under way when told to stop', async () => {
    const levels: FootballLevel[] = []
    const football = {
      ...native!,
      batch: (options: Parameters<NonNullable<typeof native>['batch']>[0]) => {
        const batch = native!.batch(options)
        const { reset } = batch
        return {
          ...batch,
          reset: (...args: Parameters<typeof reset>) => {
            levels.push(args[1])
            reset(...args)
          },
        }
      },
    }
    let steps = 0
    const results = await playMatches(
      football,
      request({ teams: [{ ...BOT, difficulty: 0.05 }, BOT], games: 3, lanes: 1, maxSteps: 10 }),
      { policies: {}, onStep: (now) => (steps = now), stopped: () => steps >= 15 },
    )
    expect(results.map(({ end, steps: played }) => [end, played])).toEqual([['cut', 10]])
    expect(levels[0].difficulty).toEqual([0.05, Math.fround(0.6)])
    expect(levels[0].left.every(({ controllable }) => !controllable)).toBe(true)
  })

  it.each<[string, Parameters<typeof request>[0]]>([
    ['play/seat', { teams: [{ ...BOT, players: { 11: { kind: 'idle' } } }, BOT] }],
    [
      'play/seat',
      { scenario: '5_vs_5', teams: [{ ...BOT, players: { 0: { kind: 'idle' } } }, BOT] },
    ],
    ['play/seat', { teams: [{ seat: { kind: 'policy', name: 'nobody' } }, BOT] }],
    [
      'play/level',
      {
        teams: [RANDOM, BOT],
        level: (n) => native!.scenario(n === 3 ? '11_vs_11_stochastic' : '5_vs_5', n),
      },
    ],
    ['policy/profile', { teams: [{ seat: { kind: 'policy', name: 'maze' } }, BOT] }],
    ['policy/observations', { teams: [{ seat: { kind: 'policy', name: 'maskless' } }, BOT] }],
    ['policy/action', { teams: [{ seat: { kind: 'policy', name: 'wild' } }, BOT] }],
    ['play/level', { scenario: '5_vs_5', teams: [{ seat: policySeat }, BOT] }],
  ])('are refused by name: %s', async (code, change) => {
    const policies = {
      p: stub(grfMarl, () => 0),
      maze: stub({ ...grfMarl, environment: { id: 'maze', profile: 'minimax' } }, () => 0),
      maskless: stub({ ...tizero, mask: false }, () => 0),
      wild: stub(grfMarl, () => 19),
    }
    await expect(played({ ...change, games: 2, lanes: 1 }, { policies })).rejects.toMatchObject({
      code,
    })
  })
})
