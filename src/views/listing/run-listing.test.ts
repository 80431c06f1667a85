import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lastRows } from './last-rows.ts'
import { listRuns } from './run-listing.ts'

let root = ''
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'agon-ls-'))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const manifest = (status: string, created: string): string =>
  JSON.stringify({
    format: 1,
    agon: '0.1.0',
    run: 'ab12',
    name: 'toy',
    created,
    platform: {
      node: '20',
      onnxruntime: '1',
      provider: 'cpu',
      arch: 'x64',
      os: 'linux',
      instructions: '',
    },
    configSha256: '00',
    status,
    spent: { cycles: 2, gradientUpdates: 2, envSteps: 20 },
    epochs: [],
  })

function writeRun(folder: string, files: Readonly<Record<string, string>>): string {
  const dir = join(root, folder)
  mkdirSync(dir, { recursive: true })
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text)
  return dir
}

const metrics = (rows: readonly Readonly<Record<string, number>>[]): string =>
  rows.map((row) => `${JSON.stringify(row)}\n`).join('')

const CONFIG = 'seed: 5\nbudget: {cycles: 8}\nevaluation: {suite: toy/easy}\n'

describe('listRuns', () => {
  it('lists oldest first, with status, budget and the last solved rate', async () => {
    writeRun('b', {
      'manifest.json': manifest('stopped', '2026-01-02T00:00:00.000Z'),
      'config.yaml': CONFIG,
      'metrics.jsonl': metrics([
        {
          cycle: 3,
          gradient_updates: 3,
          env_steps: 30,
          'evaluation/toy/easy/solved_rate': 0.5,
          'evaluation/toy/easy/one/solved_rate': 1,
          'evaluation/toy/easy/mean_return': 1,
          'evaluation/toy/easy/steps': 12,
        },
        { cycle: 4, gradient_updates: 4, env_steps: 40 },
      ]).concat('{"cycle":5,"torn'),
    })
    writeRun('a', { 'manifest.json': '{"format":1' })
    writeRun('c', {
      'manifest.json': manifest('running', '2026-01-01T00:00:00.000Z'),
      lock: 'no pid',
    })
    writeRun('d', {
      'manifest.json': manifest('running', '2026-01-03T00:00:00.000Z'),
      lock: String(process.pid),
    })
    writeRun('not-a-run', { 'notes.txt': 'x' })
    const runs = await listRuns(root)
    expect(runs.map(({ dir, status }) => [dir.slice(root.length + 1), status])).toEqual([
      ['a', 'damaged'],
      ['c', 'interrupted'],
      ['b', 'stopped'],
      ['d', 'running'],
    ])
    expect(runs[2]).toMatchObject({
      name: 'toy',
      seed: 5,
      spent: { cycles: 4, gradientUpdates: 4, envSteps: 40 },
      done: 0.5,
      solvedRate: 0.5,
      measures: { steps: 12 },
      suite: 'toy/easy',
    })
    expect(await listRuns(join(root, 'b'))).toEqual([runs[2]])
  })

  it('prefers the final evaluation', async () => {
    const final = {
      suite: 'toy/hard',
      episodes: 1,
      seed: 0,
      solvedRate: 0.25,
      meanReturn: 0.2,
      solvedInterval: [0, 0.5],
      policySha256: '00',
      measures: [
        {
          ...{ name: 'goals', about: 'Goals.', better: 'higher', of: 'return' },
          ...{ value: -0.5, interval: [-1, 0] },
        },
      ],
      levels: [],
      recordings: [],
    }
    const dir = writeRun('finished', {
      'manifest.json': manifest('finished', '2026-01-04T00:00:00.000Z'),
      'config.yaml': CONFIG,
      'evaluation.json': JSON.stringify({ slots: { agent: { final } } }),
    })
    expect(await listRuns(dir)).toMatchObject([
      { solvedRate: 0.25, suite: 'toy/hard', done: 0.25, measures: { goals: -0.5 } },
    ])
  })

  it('refuses a folder that is none', async () => {
    await expect(listRuns(join(root, 'nowhere'))).rejects.toMatchObject({ code: 'usage/argument' })
  })
})

describe('lastRows', () => {
  it('finds a row that lies far back in a large file', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => ({
      cycle: i + 1,
      gradient_updates: i + 1,
      env_steps: i,
      ...(i === 1_000 ? { wanted: 0.75 } : {}),
    }))
    const path = join(writeRun('large', { 'metrics.jsonl': metrics(rows) }), 'metrics.jsonl')
    const { last, measured } = await lastRows(path, 'wanted')
    expect(last?.cycle).toBe(20_000)
    expect(measured).toMatchObject({ cycle: 1_001, wanted: 0.75 })
    expect((await lastRows(path, 'unknown')).measured).toBeNull()
  })

  it('gives nothing for an absent file', async () => {
    expect(await lastRows(join(root, 'no.jsonl'), null)).toEqual({ last: null, measured: null })
  })
})
