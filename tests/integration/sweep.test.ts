import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { agonHere } from '../support/command-here.ts'
import { start, tinyConfig, until } from '../support/control.ts'

const folder = mkdtempSync(join(tmpdir(), 'agon-sweep-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const statusOf = (dir: string): string =>
  JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8')).status

it('one seed that fails does not lose the others, and the same command again runs what is missing', async () => {
  const config = tinyConfig(folder, 'tiny', ['budget: {cycles: 2}'])
  const out = join(folder, 'swept')
  const dir = (seed: number): string => join(out, `seed-${seed}`)
  mkdirSync(dir(2), { recursive: true })
  writeFileSync(join(dir(2), 'mine.txt'), 'of somebody')
  const sweep = ['sweep', config, '--seeds', '1..3', '--out', out, '--jobs', '2']
  const first = await agonHere([...sweep, '--json'])
  expect(first.code).toBe(1)
  const ends = first.events.filter(({ event }) => event === 'ended')
  expect(ends.map(({ seed, status }) => [seed, status]).sort()).toEqual([
    [1, 'finished'],
    [2, 'failed'],
    [3, 'finished'],
  ])
  expect(ends.find(({ seed }) => seed === 2)).toMatchObject({ error: { code: 'run/exists' } })
  expect(first.events.at(-1)).toMatchObject({
    kind: 'comparison',
    groups: [{ runs: [{ seed: 1 }, { seed: 3 }] }],
  })

  const made = statSync(join(dir(1), 'policy.onnx')).mtimeMs
  rmSync(join(dir(2), 'mine.txt'))
  const again = await agonHere(sweep)
  expect(again.code).toBe(0)
  expect(again.stdout).toContain('tiny')
  expect(again.stderr).toMatch(/^3 seeds of tiny in .*swept, 2 at a time, 1 thread each/)
  expect(statSync(join(dir(1), 'policy.onnx')).mtimeMs).toBe(made)
  expect([1, 2, 3].map((seed) => statusOf(dir(seed)))).toEqual(Array(3).fill('finished'))
})

it('Ctrl-C makes a cut in every run, and begins no more', async () => {
  const config = tinyConfig(folder, 'endless', ['budget: {cycles: 1000000}', 'cuts: {every: 1000}'])
  const out = join(folder, 'stopped')
  const sweep = start(['sweep', config, '--seeds', '1..3', '--out', out, '--jobs', '2', '--json'])
  const learning = (seed: number): boolean => {
    try {
      return statSync(join(out, `seed-${seed}`, 'metrics.jsonl')).size > 0
    } catch {
      return false
    }
  }
  await until(() => learning(1) && learning(2))
  sweep.child.kill('SIGINT')
  const { code, events } = await sweep.ended
  expect(code).toBe(3)
  expect(readdirSync(out).sort()).toEqual(['seed-1', 'seed-2'])
  for (const seed of [1, 2]) {
    expect(statusOf(join(out, `seed-${seed}`))).toBe('stopped')
    expect(readdirSync(join(out, `seed-${seed}`, 'cuts')).length).toBeGreaterThan(0)
  }
  const left = { event: 'ended', seed: 3, status: 'left' }
  expect(events).toContainEqual(expect.objectContaining(left))
})

it('a sweep file runs every variant and leaves a page and the scores', async () => {
  const study = fileURLToPath(new URL('../../examples/sweep/study.yaml', import.meta.url))
  const out = join(folder, 'study')
  const [csv, html] = [join(folder, 'scores.csv'), join(folder, 'study.html')]
  const files = ['--csv', csv, '--html', html]
  const sweep = ['sweep', study, '--seeds', '1', '--out', out, '--jobs', '2', '--json', ...files]
  const { code, events } = await agonHere(sweep)
  expect(code).toBe(0)
  const labels = ['dr', 'plr'].flatMap((id) =>
    ['0.0001', '0.001'].map((rate) => `${id}-learningRate-${rate}`),
  )
  expect(readdirSync(out).sort()).toEqual(labels)
  const comparison = events.at(-1) as { groups: readonly { name: string }[] }
  expect(comparison.groups.map(({ name }) => name)).toEqual(labels)
  const lines = readFileSync(csv, 'utf8').trim().split('\n')
  expect(lines).toHaveLength(1 + labels.length * 12)
  const page = readFileSync(html, 'utf8')
  for (const part of [...labels, 'Performance profiles', 'evaluation/random:12/solved_rate'])
    expect(page).toContain(part)
})
