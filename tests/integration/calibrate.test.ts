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
    /\nfootball: 6 of 6 rows within tolerance, 0 not met, \d+ groups not in these traces/,
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
    expect(reference('owner nobody')).toBeCloseTo(110 / 401, 5)
    expect(reference('owner right')).toBeCloseTo(100 / 401, 5)
    expect(reference('team possession changes')).toBe(2)
    expect(reference('median steps between them')).toBe(100)
    expect(reference('kicks')).toBe(1)
    expect(reference('passes 12-25 m')).toBe(1)
    expect(reference('passes 12-25 m completed')).toBe(1)
    expect(reference('passes under 12 m')).toBe(0)
    expect(rows.find((row) => row.row === 'outfield speed left')?.measured).toBeGreaterThan(2)
  },
)

it.skipIf(!compiler || data === undefined)(
  'shows TiZero recorded games and its own of them',
  async () => {
    const traces = folder()
    const games = join(data as string, 'grf', 'games')
    mkdirSync(join(traces, 'games'))
    const rows = gunzipSync(readFileSync(join(games, 'e03.f32.gz'))).subarray(0, 300 * 215 * 4)
    writeFileSync(join(traces, 'games', 'e03.f32.gz'), gzipSync(rows))
    writeFileSync(join(traces, 'games', 'e03.json'), readFileSync(join(games, 'e03.json')))
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
  writeFileSync(join(traces, 'games', 'a.json'), '{"left": "me", "right": "builtin"}')
  const stranger = await calibrate(['football', '--traces', traces])
  expect(stranger.stderr).toContain('"me" is none of builtin, tizero')
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
