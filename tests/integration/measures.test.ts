import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createRemote, remoteOptions } from 'agon/envs/remote'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { jsonHere } from '../support/command-here.ts'
import { serve } from '../support/serving.ts'

// An environment with measures of its own, from its module to everything that prints a solved rate.
const root = mkdtempSync(join(tmpdir(), 'agon-measures-'))
const module = fileURLToPath(new URL('../fixtures/measured-maze.ts', import.meta.url))
const run = join(root, 'run')
const measured = expect.objectContaining({
  name: 'late_rate',
  of: 'length',
  above: 5,
  value: expect.any(Number),
  interval: [expect.any(Number), expect.any(Number)],
})
let events: readonly Record<string, unknown>[] = []

beforeAll(async () => {
  const config = join(root, 'run.yaml')
  writeFileSync(
    config,
    `
env: { id: ${JSON.stringify(module)}, height: 5, width: 5, nWalls: 4 }
adversary: { id: dr }
student: { id: ppo, network: { hidden: 8 }, rollout: { envs: 4, steps: 16 } }
evaluation: { suite: random:2, every: 1, episodes: 3, final: { suite: random:2, episodes: 3 } }
budget: { cycles: 2 }
workers: 1
`,
  )
  const ended = await jsonHere(['run', config, '--out', run])
  expect([ended.code, ended.stderr]).toEqual([0, expect.not.stringMatching(/rror/)])
  events = ended.events
}, 60_000)
afterAll(() => rmSync(root, { recursive: true }))

it('a run writes its measures to rows, the evaluation and the report, and tells of them', () => {
  const rows = readFileSync(join(run, 'metrics.jsonl'), 'utf8').trim().split('\n')
  const row = JSON.parse(rows[0])
  expect(row['evaluation/random:2/steps']).toBeGreaterThan(0)
  expect(row['evaluation/random:2/late_rate']).toBeLessThanOrEqual(1)
  const { baseline, final } = JSON.parse(readFileSync(join(run, 'evaluation.json'), 'utf8')).slots
    .agent
  for (const stored of [baseline, final]) {
    expect(stored.measures).toEqual([expect.objectContaining({ name: 'steps' }), measured])
    const { lengths, measures } = stored.levels[0]
    const late = lengths.filter((length: number) => length > 5).length / lengths.length
    expect(measures.late_rate.value).toBe(late)
  }
  const told = events.filter(({ kind }) => kind === 'evaluation')
  expect(told.length).toBe(4)
  for (const { measures } of told)
    expect(Object.keys(measures as object)).toEqual(['steps', 'late_rate'])
  const { result } = events.at(-1) as { result?: { measures: { agent: object } } }
  expect(Object.keys(result?.measures.agent ?? {})).toEqual(['steps', 'late_rate'])
  const report = readFileSync(join(run, 'report.html'), 'utf8')
  for (const text of ['Steps in evaluation', 'Late rate in evaluation', '>late_rate</th>'])
    expect(report).toContain(text)
})

it('eval, ls and compare print them', async () => {
  const measuring = await jsonHere(['eval', run, '--suite', 'random:2', '--episodes', '3'])
  expect([measuring.code, measuring.stderr]).toEqual([0, ''])
  expect(measuring.events.at(-1)).toMatchObject({
    measures: [expect.objectContaining({ name: 'steps' }), measured],
    levels: [{ measures: { steps: { value: expect.any(Number) } } }, {}],
  })
  const [listed] = (await jsonHere(['ls', run])).events
  expect(Object.keys(listed.measures as object)).toEqual(['steps', 'late_rate'])
  const [compared] = (await jsonHere(['compare', run])).events as {
    groups?: { measures: { name: string; levels: number[] }[] }[]
  }[]
  expect(compared.groups?.[0].measures.map(({ name, levels }) => [name, levels.length])).toEqual([
    ['steps', 2],
    ['late_rate', 2],
  ])
})

it('they cross the wire with the environment', async () => {
  const rendezvous = join(root, 'maze.json')
  const server = await serve(['env', module, '--rendezvous', rendezvous])
  const there = createRemote(remoteOptions.parse({ address: rendezvous }))
  expect(there.measures?.map(({ name, better, above }) => [name, better, above])).toEqual([
    ['steps', 'lower', undefined],
    ['late_rate', 'lower', 5],
  ])
  await server.kill()
})
