import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, expect, it } from 'vitest'
import { copyExperiments, makeGame } from '../support/made-traces.ts'
import { calibrate } from '../support/run-calibration.ts'

const root = mkdtempSync(join(tmpdir(), 'agon-calibrate-refusals-'))
afterAll(() => rmSync(root, { recursive: true }))
const folder = (): string => mkdtempSync(join(root, 'traces-'))

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
