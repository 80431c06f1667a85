import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { agon } from '../support/command.ts'
import { jsonHere } from '../support/command-here.ts'
import { CUDA_FAULT, FOOTBALL_BUILT } from '../support/football.ts'
import { exactFiles } from '../support/run-files.ts'
import { serve } from '../support/serving.ts'
import { SLOW, slowly } from '../support/tiers.ts'

const root = mkdtempSync(join(tmpdir(), 'agon-football-run-'))
const config = fileURLToPath(new URL('../fixtures/tiny-football.yaml', import.meta.url))
afterAll(() => rmSync(root, { recursive: true }))

const runTo = async (file: string, name: string, ...args: string[]) => {
  const out = join(root, name)
  const { code, stderr } = await jsonHere(['run', file, '--out', out, ...args])
  expect(stderr).not.toMatch(/Error|at .*\.js/)
  expect(code, stderr).toBe(0)
  // What names the environment itself: by its options in one run, by its address in another.
  return Object.fromEntries(
    Object.entries(exactFiles(out)).filter(([path]) => !/config\.yaml$|manifest\.json$/.test(path)),
  )
}

describe.skipIf(!FOOTBALL_BUILT)('a run in football', () => {
  it('has the same bits with one worker and two, and with more threads', async () => {
    const expected = await runTo(config, 'one', '--workers=1')
    expect(Object.keys(expected).length).toBeGreaterThan(5)
    expect(await runTo(config, 'two', '--workers=2', '--set=env.threads=2')).toEqual(expected)
    // In `npm test` it is the maze whose runs are killed; a saved lane goes on bit for bit by its unit test.
    if (!SLOW) return
    const killed = join(root, 'killed')
    const { signal } = await agon(['run', config, '--out', killed], (event, child) => {
      const { cycles } = (event.spent ?? {}) as { cycles?: number }
      if (event.kind === 'cycle' && cycles === 10) child.kill('SIGKILL')
    })
    expect(signal).toBe('SIGKILL')
    const { code } = await jsonHere(['resume', killed])
    expect(code).toBe(0)
    const files = exactFiles(killed)
    for (const [path, hash] of Object.entries(expected)) expect(files[path], path).toBe(hash)
  })

  it('searches by the quick recipe for where a policy fails', async () => {
    const path = new URL('../../recipes/stress-football-quick.yaml', import.meta.url)
    const few = ['--workers=1', '--set=budget.cycles=2', '--set=evaluation.suite=random:1']
    await runTo(fileURLToPath(path), 'stress', ...few)
    const lines = readFileSync(join(root, 'stress/history.jsonl'), 'utf8').trim().split('\n')
    const rows = lines.map((line) => JSON.parse(line))
    expect(rows.length).toBe(16)
    for (const { tasks, descriptor, objective } of rows) {
      expect(Math.abs(objective)).toBeLessThanOrEqual(2)
      expect(tasks.map((task: { seating?: object }) => task.seating)).toEqual([
        ...new Array(2).fill({ left: descriptor.reference, right: 'target' }),
        ...new Array(2).fill(undefined),
      ])
    }
  })

  // The maze does it in every run, and the remote football itself step by step.
  slowly('has the bits of the local environment in a remote one', async () => {
    const options = ['scenario=academy_empty_goal_close', 'generator=around', 'spread=0.02']
    const more = ['gameDuration=30', 'rewards=scoring,checkpoints']
    const server = await serve([
      ...['env', 'football', '--device', 'cpu', '--rendezvous', join(root, 'football.json')],
      ...[...options, ...more].flatMap((option) => ['--set', option]),
    ])
    const away = join(root, 'away.yaml')
    const text = readFileSync(config, 'utf8')
    writeFileSync(away, text.replace(/^env:\n( {2}.*\n)+/m, 'env: { remote: football.json }\n'))
    expect(readFileSync(away, 'utf8')).toContain('remote')
    const [here, there] = [await runTo(config, 'here'), await runTo(away, 'away')]
    await server.kill()
    expect(there).toEqual(here)
  })

  it.skipIf(CUDA_FAULT === null)(
    'is refused a device that this machine has not, before anything is made',
    async () => {
      const out = join(root, 'no-gpu')
      const run = ['run', config, '--out', out, '--set=env.device=cuda']
      for (const args of [run, [...run, '--dry-run']]) {
        const { code, events } = await jsonHere(args)
        expect([code, events]).toEqual([
          2,
          [expect.objectContaining({ code: 'football/device', message: CUDA_FAULT, place: 'env' })],
        ])
        expect(existsSync(out)).toBe(false)
      }
      const away = ['--set=placement={ student: node, evaluator: node }', '--dry-run']
      expect((await jsonHere([...run, ...away])).code).toBe(0)
    },
  )
})
