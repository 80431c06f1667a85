import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, expect, it } from 'vitest'
import { copyExperiments, makeGame } from '../support/made-traces.ts'
import { calibrate, type Row, type Told } from '../support/run-calibration.ts'

const compiler = ['g++', 'clang++'].some((name) => spawnSync(name, ['--version']).status === 0)
const data = process.env.AGON_DATA
const root = mkdtempSync(join(tmpdir(), 'agon-calibrate-test-'))
afterAll(() => rmSync(root, { recursive: true }))

const folder = (): string => mkdtempSync(join(root, 'traces-'))
const rowsOf = (told: Told): Row[] => JSON.parse(told.stdout).rows

it('reads the columns that `agon play --record` writes', async () => {
  const reader = new URL('../../native/football/calibrate/read-games.mjs', import.meta.url).href
  const writer = new URL('../../dist/play/record/trace-columns.js', import.meta.url).href
  const { GAME_FIELDS, GAME_COLUMNS } = await import(reader)
  const { TRACE_FIELDS, TRACE_WIDTH } = await import(writer)
  expect(GAME_FIELDS).toEqual(TRACE_FIELDS)
  expect(GAME_COLUMNS).toBe(TRACE_WIDTH)
})

it.skipIf(!compiler)('makes a table of the experiments that a folder has', async () => {
  const traces = folder()
  copyExperiments(traces, ['tired', 'loose_ball'])
  const told = await calibrate(['football', '--traces', traces, '--json'])
  expect(told.code).toBe(0)
  const rows = rowsOf(told)
  const judged = rows.filter((row) => row.verdict !== 'not in these traces')
  expect(judged.map((row) => row.row)).toEqual([
    'tired factor per kilometre, walk',
    'tired factor per kilometre, sprint',
    ...[3, 6, 10, 20].map((metres) => `steps to a loose ball ${metres} m away`),
  ])
  expect(judged.every((row) => row.verdict === 'ok')).toBe(true)
  expect(judged[0].reference).toBeCloseTo(0.711, 2)
  const absent = rows.filter((row) => row.verdict === 'not in these traces')
  expect(absent.map((row) => row.experiment)).toContain('pass_intercept')
  expect(absent.map((row) => row.experiment)).toContain('games')

  const text = await calibrate(['football', '--traces', traces])
  expect(text.stdout).toMatch(
    /steps to a loose ball 6 m away +\d+\.\d steps +reference +12\.0 +± 2\.00 +ok/,
  )
  expect(text.stdout).toMatch(
    /\nfootball: 6 of 6 rows within tolerance, 0 not met, nothing to compare with in \d+ groups/,
  )
})

it.skipIf(!compiler)(
  'takes the statistics of games by the rules of the recorded ones',
  async () => {
    const traces = folder()
    makeGame(traces, 'a')
    makeGame(traces, 'b')
    const told = await calibrate(['football', '--traces', traces, '--games', '2', '--json'])
    expect(told.stderr).toContain('playing 2')
    const rows = rowsOf(told).filter((row) => row.experiment === 'games, builtin 1 v builtin 0.6')
    const reference = (name: string) => rows.find((row) => row.row === name)?.reference
    expect(reference('goals left')).toBe(2)
    expect(reference('goals right')).toBe(1)
    expect(reference('owner nobody')).toBeCloseTo(2711 / 3002, 5)
    expect(reference('owner right')).toBeCloseTo(100 / 3002, 5)
    expect(reference('team possession changes')).toBe(2)
    expect(reference('median steps between them')).toBe(100)
    expect(reference('kicks')).toBe(1)
    expect(reference('passes 12-25 m')).toBe(1)
    expect(reference('passes 12-25 m completed')).toBe(1)
    expect(reference('passes under 12 m')).toBe(0)
    expect(rows.find((row) => row.row === 'outfield speed left')?.measured).toBeGreaterThan(2)
  },
)

it.skipIf(!compiler)(
  'reports recorded games that it cannot play, by name, and goes on with the others',
  async () => {
    const traces = folder()
    const scenario = '11_vs_11_stochastic'
    makeGame(traces, 'a', { scenario, rows: 3002 })
    makeGame(traces, 'b', { scenario, rows: 3002, left: 'beat_bot', left_difficulty: undefined })
    makeGame(traces, 'c', { scenario: '11_vs_11_easy_stochastic' })
    makeGame(traces, 'd', {}, 401)
    makeGame(traces, 'e', { left: 'beat_bot', right: 'tizero' }, 9)
    const told = await calibrate(['football', '--traces', traces, '--games', '1', '--json'])
    expect(told.code).toBe(0)
    const rows = rowsOf(told)
    const pairing = (name: string) => rows.filter((row) => row.experiment === `games, ${name}`)
    const played = pairing('builtin 1 v builtin 0.6')
    expect(played.find((row) => row.row === 'goals left')).toMatchObject({ reference: 2 })
    expect(played.find((row) => row.row === 'owner right')?.reference).toBeCloseTo(100 / 3002, 5)
    expect(played.every((row) => row.measured !== undefined)).toBe(true)

    const alone = (name: string, why: object): void => {
      const told = pairing(name)
      expect(told.map((row) => row.row)).toEqual(played.map((row) => row.row))
      for (const row of told) expect(row).toMatchObject(why)
      expect(told.find((row) => row.row === 'goals left')?.reference).toBe(2)
      expect(told.every((row) => row.measured === undefined)).toBe(true)
    }
    alone('beat_bot v builtin 0.6', { verdict: 'no policy', lacking: ['beat_bot'] })
    const another = { verdict: 'another game' }
    alone('builtin 1 v builtin 0.6, 11_vs_11_easy_stochastic, 3002 rows', another)
    alone('builtin 1 v builtin 0.6, 11_vs_11_stochastic, 401 rows', another)
    alone('beat_bot 1 v tizero 0.6, 11_vs_11_stochastic, 9 rows', another)

    for (const name of ['a', 'c', 'd', 'e'])
      for (const ending of ['json', 'f32']) rmSync(join(traces, 'games', `${name}.${ending}`))
    const text = await calibrate(['football', '--traces', traces, '--games', '1'])
    expect(text.stdout).toMatch(/\ngames, beat_bot v builtin 0\.6\n/)
    expect(text.stdout).toMatch(/ goals left +reference +2\.00 +no policy: beat_bot\n/)
  },
)

it.skipIf(!compiler)('takes a folder with results.json alone', async () => {
  const traces = folder()
  const game = { left: 1, right: 0.6, score: [2, 1] }
  const others = { ...game, policy: 'beat_bot v builtin' }
  const write = (results: object) =>
    writeFileSync(join(traces, 'results.json'), JSON.stringify(results))
  write([game, { ...game, policy: 'builtin v builtin', score: [0, 1] }, others])
  const told = await calibrate(['football', '--traces', traces, '--games', '1', '--json'])
  expect(told.code).toBe(0)
  const goals = rowsOf(told).filter((row) => /^goals of built-in games/.test(row.experiment))
  expect(goals).toMatchObject([
    { row: 'results.json: beat_bot v builtin', verdict: 'another game' },
    { row: '1 v 0.6: goals left', reference: 1 },
    { row: '1 v 0.6: goals right', reference: 1 },
  ])
  write([])
  expect((await calibrate(['football', '--traces', traces])).stderr).toContain(
    'there are no traces in micro/, games/ or results.json',
  )
})

it.skipIf(!compiler || data === undefined)(
  'shows TiZero recorded games and its own of them',
  async () => {
    const traces = folder()
    const games = join(data as string, 'grf', 'games')
    mkdirSync(join(traces, 'games'))
    const all = gunzipSync(readFileSync(join(games, 'e03.f32.gz')))
    const head = JSON.parse(readFileSync(join(games, 'e03.json'), 'utf8'))
    const begin = (name: string, rows: number, said: object = {}): void => {
      const path = join(traces, 'games', name)
      writeFileSync(`${path}.f32.gz`, gzipSync(all.subarray(0, rows * 215 * 4)))
      writeFileSync(`${path}.json`, JSON.stringify({ ...head, ...said, rows }))
    }
    begin('e03', 300)
    begin('short', 30)
    begin('stranger', 300, { right: 'beat_bot' })
    begin('other', 300, { scenario: '11_vs_11_easy_stochastic' })
    const args = ['football', '--traces', traces, '--games', '0', '--json']
    const told = await calibrate(args, { AGON_DATA: data })
    const agreement = rowsOf(told).filter((row) => row.experiment === 'one-step action agreement')
    const variation = (name: string) => `total variation, ${name}`
    expect(agreement.slice(0, 3)).toMatchObject([
      { row: variation('other'), verdict: 'another game' },
      { row: variation('short'), verdict: 'too short' },
      { row: variation('stranger'), verdict: 'no policy', lacking: ['beat_bot'] },
    ])
    expect(agreement).toHaveLength(5)
    for (const row of agreement.slice(3)) {
      expect(row.measured).toBeGreaterThan(0)
      expect(row.measured).toBeLessThan(0.3)
    }
    const without = rowsOf(await calibrate(args))
    expect(without.find((row) => row.experiment === 'one-step action agreement')?.verdict).toBe(
      'no policy',
    )
  },
)
