import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AgonError } from '../../core/errors.ts'
import { gameEvents } from './game-events.ts'
import { gameRows } from './game-row.ts'
import { makeReplay } from './make-replay.ts'
import { turnedAction } from './recording.ts'
import { replaySchema } from './replay.schema.ts'
import { recordingOfReplay } from './replay-recording.ts'
import { MADE, MADE_ABOUT, MADE_ROWS, madeGame } from './testing/made-game.ts'
import { traceOf } from './trace.ts'
import { TRACE_COLUMN, TRACE_WIDTH } from './trace-columns.ts'
import { readTrace, writeTrace } from './trace-file.ts'

const game = madeGame()

describe('events of a game', () => {
  it('are its goals, shots, restarts, cards and changes of possession, by row', () => {
    expect(gameEvents(gameRows(game))).toEqual([
      { row: MADE.shot, kind: 'shot', team: 0, player: 9 },
      { row: MADE.goal, kind: 'goal', team: 0, player: 9 },
      { row: MADE.won, kind: 'possession', team: 1, player: 4 },
      { row: MADE.corner, kind: 'corner', team: 0, player: 10 },
      { row: MADE.yellow, kind: 'yellow card', team: 1, player: 3 },
      { row: MADE.red, kind: 'red card', team: 1, player: 3 },
    ])
  })

  it('name no scorer where the other team had the ball last', () => {
    const raw = game.raw.slice()
    for (let row = MADE.goal; row < MADE_ROWS; row++) {
      raw[row * 205 + 189] = 0
      raw[row * 205 + 190] = 1
    }
    const goal = gameEvents(gameRows({ ...game, raw })).find(({ kind }) => kind === 'goal')
    expect(goal).toEqual({ row: MADE.goal, kind: 'goal', team: 1 })
  })
})

describe('a recorded game', () => {
  const about = { ...MADE_ABOUT, episode: 2 }

  it('has its fields where the reference has them', () => {
    const trace = traceOf(game)
    expect(trace).toHaveLength(MADE_ROWS * TRACE_WIDTH)
    const row = trace.subarray(65 * TRACE_WIDTH, 66 * TRACE_WIDTH)
    // Columns of the README of the recorded games, counted by hand.
    expect(TRACE_COLUMN).toMatchObject({ game_mode: 11, left_team: 15, right_team: 59 })
    expect(TRACE_COLUMN).toMatchObject({ left_team_active: 125, left_sticky_bits: 171 })
    expect(row[2]).toBe(3)
    expect(row[9]).toBe(-1)
    expect(row[14]).toBe(MADE_ROWS - 1 - 65)
    expect(row[15]).toBeCloseTo(-0.9 + 0.065, 6)
    expect(row[59]).toBeCloseTo(0.9 - 0.065, 6)
    expect(row[171 + 9]).toBe(16 + 256)
    expect([row[193 + 9], row[204]]).toEqual([5, 19])
    expect(trace.subarray(-22)).toEqual(new Float32Array(22).fill(-1))
  })

  it('comes back from its files as it was, but for what the form leaves out', () => {
    const files = writeTrace(game, about)
    const { recording, about: read } = readTrace(files, 'e00')
    expect(recording).toEqual(game)
    expect(read).toEqual(MADE_ABOUT)
    expect(JSON.parse(files.json)).toMatchObject({
      score: [1, 0],
      goals: [[MADE.goal, 1]],
      episode_number: 2,
      left_roles: [0, 7, 9, 2, 1, 1, 3, 5, 5, 5, 6],
      rows: MADE_ROWS,
      columns: 215,
    })
  })

  it('is refused with a name whatever is broken about it', () => {
    const files = writeTrace(game, about)
    const bytes = fc.tuple(fc.nat(files.rows.length - 1), fc.nat(255))
    const refused = (broken: typeof files): void => {
      try {
        makeReplay(readTrace(broken, 'x').recording, MADE_ABOUT)
      } catch (error) {
        expect((error as AgonError).code).toBe('replay/corrupt')
        expect(error).toBeInstanceOf(AgonError)
      }
    }
    fc.assert(
      fc.property(bytes, ([at, value]) => {
        const rows = files.rows.slice()
        rows[at] = value
        refused({ ...files, rows })
      }),
      { numRuns: 60, seed: 1 },
    )
    refused({ ...files, rows: files.rows.slice(0, 100) })
    refused({ ...files, json: '{}' })
    refused({ ...files, json: '' })
    expect(() =>
      writeTrace(game, { ...about, teams: [MADE_ABOUT.teams[0], { name: 'two', roles: ['GK'] }] }),
    ).toThrow(/eleven a side/)
  })
})

describe('a replay', () => {
  const replay = makeReplay(game, MADE_ABOUT)

  it('is what its schema says, within its quanta', () => {
    expect(replaySchema.parse(JSON.parse(JSON.stringify(replay)))).toEqual(replay)
    const bytes = Buffer.from(replay.columns.place, 'base64')
    const place = new Int16Array(
      bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
    )
    expect(place).toHaveLength(MADE_ROWS * 44)
    expect(place[44 * 65] / 2 ** 14).toBeCloseTo(-0.9 + 0.065, 4)
    const owner = new Int8Array(Buffer.from(replay.columns.owner, 'base64'))
    expect([owner[0], owner[MADE.shot], owner[MADE.won]]).toEqual([9, -1, 15])
    const cards = Buffer.from(replay.columns.cards, 'base64')
    expect([cards[22 * MADE.yellow + 14], cards[22 * MADE.red + 14]]).toEqual([1, 3])
  })

  it.each([
    ['columns.ball', { columns: { ...replay.columns, ball: 'AAAA' } }],
    ['columns', { columns: { ball: replay.columns.ball } }],
    ['events.0', { events: [{ row: MADE_ROWS, kind: 'goal', team: 0 }] }],
    ['events.0', { events: [{ row: 1, kind: 'goal', team: 0, player: 11 }] }],
    ['version', { version: 2 }],
    ['rows', { rows: 0 }],
  ])('is refused for its %s', (path, change) => {
    const { success, error } = replaySchema.safeParse({ ...replay, ...change })
    expect(success).toBe(false)
    expect(error?.issues[0].path.join('.').startsWith(path)).toBe(true)
  })
})

it('is brought back from a replay as exactly as that holds it', () => {
  const back = recordingOfReplay(makeReplay(game, MADE_ABOUT))
  expect([back.rows, back.actions, back.sticky]).toEqual([game.rows, game.actions, game.sticky])
  // The made ball flies at 28 m/s and comes 2.5 m a row: which of the two a shot goes by, differs.
  const told = (rows: typeof game) =>
    gameEvents(gameRows(rows)).filter(({ kind }) => kind !== 'shot')
  expect(told(back)).toEqual(told(game))
  const [from, to] = [gameRows(game), gameRows(back)]
  const off = (a: readonly number[], b: readonly number[]) =>
    Math.max(...a.map((value, axis) => Math.abs(value - b[axis])))
  for (const row of [0, 1, MADE.shot + 3, MADE.corner, MADE.red])
    for (const [team, player] of [
      [0, 9],
      [1, 3],
    ] as const) {
      expect(off(from.ball(row), to.ball(row))).toBeLessThan(0.01)
      expect(off(from.place(row, team, player), to.place(row, team, player))).toBeLessThan(0.01)
      expect(off(from.velocity(row, team, player), to.velocity(row, team, player))).toBeLessThan(
        0.1,
      )
      expect(to.active(row, team, player)).toBe(from.active(row, team, player))
      expect(to.sprints(row, team, player)).toBe(from.sprints(row, team, player))
    }
  // Placed on the spot of the corner, not shot there.
  expect(to.ballVelocity(MADE.corner).slice(0, 2)).toEqual([0, 0])
})

it('turns directions by half a circle, twice is not at all', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8].map(turnedAction)).toEqual([5, 6, 7, 8, 1, 2, 3, 4])
  expect([0, 9, 12, 19].map(turnedAction)).toEqual([0, 9, 12, 19])
})
