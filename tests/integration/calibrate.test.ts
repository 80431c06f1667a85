import { execFile, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, expect, it } from 'vitest'
import { copyExperiments, makeGame } from '../support/made-traces.ts'

const MAIN = fileURLToPath(new URL('../../native/football/calibrate/main.mjs', import.meta.url))
const compiler = ['g++', 'clang++'].some((name) => spawnSync(name, ['--version']).status === 0)
const data = process.env.AGON_DATA
const root = mkdtempSync(join(tmpdir(), 'agon-calibrate-test-'))
afterAll(() => rmSync(root, { recursive: true }))

interface Row {
  readonly experiment: string
  readonly row: string
  readonly measured?: number
  readonly reference?: number
  readonly verdict: string
}

interface Told {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** What `npm run calibrate -- football …` runs, without the weights of others. */
function calibrate(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Told> {
  const { AGON_DATA: _, ...rest } = process.env
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [MAIN, ...args],
      { env: { ...rest, ...env }, maxBuffer: 1 << 26 },
      (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    )
  })
}

const folder = (): string => mkdtempSync(join(root, 'traces-'))
const rowsOf = (told: Told): Row[] => JSON.parse(told.stdout).rows

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
    const rows = gunzipSync(readFileSync(join(games, 'e03.f32.gz'))).subarray(0, 300 * 215 * 4)
    writeFileSync(join(traces, 'games', 'e03.f32.gz'), gzipSync(rows))
    const head = JSON.parse(readFileSync(join(games, 'e03.json'), 'utf8'))
    writeFileSync(join(traces, 'games', 'e03.json'), JSON.stringify({ ...head, rows: 300 }))
    const args = ['football', '--traces', traces, '--games', '0', '--json']
    const told = await calibrate(args, { AGON_DATA: data })
    const agreement = rowsOf(told).filter((row) => row.experiment === 'one-step action agreement')
    expect(agreement).toHaveLength(2)
    for (const row of agreement) {
      expect(row.measured).toBeGreaterThan(0)
      expect(row.measured).toBeLessThan(0.3)
    }
    const without = rowsOf(await calibrate(args))
    expect(without.find((row) => row.experiment === 'one-step action agreement')?.verdict).toBe(
      'no policy',
    )
  },
)

it('says what is wrong with a file, where, and what to do', async () => {
  const spoil = async (spoiled: (micro: string) => void): Promise<string> => {
    const traces = folder()
    copyExperiments(traces, ['tired'])
    spoiled(join(traces, 'micro'))
    const told = await calibrate(['football', '--traces', traces])
    expect(told.code).toBe(1)
    expect(told.stderr).toMatch(/^traces\/(malformed|missing): .*\n {2}→ ./)
    return told.stderr
  }
  const head = (micro: string) => JSON.parse(readFileSync(join(micro, 'tired.json'), 'utf8'))
  const write = (micro: string, changed: object) =>
    writeFileSync(join(micro, 'tired.json'), JSON.stringify({ ...head(micro), ...changed }))
  const packed = (micro: string) => join(micro, 'tired.f32.gz')
  const floats = (micro: string) => gunzipSync(readFileSync(packed(micro)))

  expect(await spoil((m) => rmSync(packed(m)))).toMatch(/tired\.json: neither .*tired\.f32\.gz nor/)
  expect(
    await spoil((m) => writeFileSync(packed(m), readFileSync(packed(m)).subarray(0, 999))),
  ).toMatch(/tired\.f32\.gz: this is no whole gzip file/)
  expect(await spoil((m) => writeFileSync(packed(m), gzipSync(floats(m).subarray(8))))).toMatch(
    /values are not the 3002 rows of 31 columns/,
  )
  expect(
    await spoil((m) => {
      const bytes = floats(m)
      bytes.writeFloatLE(Number.NaN, 40)
      writeFileSync(packed(m), gzipSync(bytes))
    }),
  ).toMatch(/value 10 is not finite/)
  expect(await spoil((m) => writeFileSync(join(m, 'tired.json'), '{"rows": 1'))).toMatch(
    /tired\.json: this is no JSON/,
  )
  expect(
    await spoil((m) =>
      write(m, { columns: head(m).columns.map((name: string) => name.replace('L1_tired', 'L1')) }),
    ),
  ).toMatch(/column L1_tired is missing/)
  expect(
    await spoil((m) => write(m, { trials: [{ row0: 0, rows: 9000, speed: 'walk' }] })),
  ).toMatch(/trials\[0\]: rows 0 to 8999 are beyond the 3002 rows/)
  expect(await spoil((m) => write(m, { trials: [{ row0: 0, rows: 9 }] }))).toMatch(
    /parameter speed is missing/,
  )
  expect(await spoil((m) => rmSync(join(m, 'tired.json')))).toMatch(
    /tired\.f32\.gz: tired\.json, which says what the rows are, does not stand beside it/,
  )
  expect(await spoil((m) => rmSync(m, { recursive: true }))).toMatch(/there are no traces/)
})

it('refuses games that are none, and arguments that are none', async () => {
  const traces = folder()
  makeGame(traces, 'a')
  writeFileSync(join(traces, 'games', 'a.f32'), Buffer.alloc(40))
  const broken = await calibrate(['football', '--traces', traces, '--json'])
  expect(broken.code).toBe(1)
  expect(JSON.parse(broken.stdout).error).toMatchObject({
    code: 'traces/malformed',
    place: join(traces, 'games', 'a.f32'),
    remedy: expect.stringContaining('calibration.md'),
  })
  const refused = async (said: object): Promise<string> => {
    makeGame(traces, 'a', said, 9)
    const told = await calibrate(['football', '--traces', traces])
    expect(told.code).toBe(1)
    return told.stderr
  }
  expect(await refused({ left: 5 })).toContain('a.json: left: 5 is no name of who plays')
  expect(await refused({ left_difficulty: 2 })).toContain('2 is no difficulty from 0 to 1')
  expect(await refused({ scenario: [] })).toContain('[] is no name of a scenario')
  expect(await refused({ rows: 8 })).toContain('9 rows are not the 8 that its .json says')
  expect((await calibrate(['football', '--traces', join(traces, 'nowhere')])).stderr).toContain(
    'there is no such folder',
  )
  for (const args of [
    [],
    ['chess'],
    ['football'],
    ['football', '--traces', traces, '--games', 'x'],
  ])
    expect(await calibrate(args)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('usage: npm run calibrate -- football --traces DIR'),
    })
})
