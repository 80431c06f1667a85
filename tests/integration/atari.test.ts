import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadConfig } from '../../dist/run/config/index.js'
import { jsonHere } from '../support/command-here.ts'
import { NEEDS_REAL_PACKAGES, REAL_PYTHON } from '../support/real-python.ts'

const CLIENT = fileURLToPath(new URL('../../clients/python/', import.meta.url))
const RECIPES = fileURLToPath(new URL('../../recipes/', import.meta.url))
const root = mkdtempSync(join(tmpdir(), 'agon-atari-'))

/** Two cycles over real frames, with every kind of layer, and none so large that its first weights take seconds. */
const CONFIG = `
seed: 3
env: { remote: pong.json }
adversary: dr
student:
  id: ppo
  network:
    core: none
    hidden: 16
    layers:
      - { kind: convolution, filters: 8, kernel: 8, stride: 4 }
      - { kind: pool, kernel: 3, stride: 2, padding: same }
      - { kind: residual, blocks: 1 }
      - { kind: convolution, filters: 8, kernel: 4, stride: 2 }
      - { kind: dense, units: 32 }
  rollout: { envs: 2, steps: 24, carry: continue }
  ppo: { epochs: 1, minibatches: 2 }
evaluation: { suite: "random:1", every: 0 }
budget: { cycles: 2 }
workers: 1
`

async function estimate(config: string): Promise<Record<string, unknown>> {
  const { code, events } = await jsonHere(['run', config, '--dry-run'])
  expect(code).toBe(0)
  return events.find(({ kind }) => kind === 'estimate') as Record<string, unknown>
}

describe.skipIf(REAL_PYTHON === null)(`real Pong ${NEEDS_REAL_PACKAGES}`, () => {
  let host: ChildProcess
  beforeAll(async () => {
    const rendezvous = join(root, 'pong.json')
    host = spawn(
      REAL_PYTHON as string,
      [
        join(CLIENT, 'examples/atari_environment.py'),
        ...['Pong', '--steps', '40', '--rendezvous', rendezvous],
      ],
      { env: { ...process.env, PYTHONPATH: CLIENT }, stdio: 'ignore' },
    )
    process.once('exit', () => host.kill('SIGKILL'))
    while (!existsSync(rendezvous)) {
      expect(host.exitCode).toBeNull()
      await sleep(50)
    }
  }, 60_000)
  afterAll(() => {
    host?.kill('SIGTERM')
    rmSync(root, { recursive: true })
  })

  it('is learned from by layers of one’s own, in episodes that go on', async () => {
    const config = join(root, 'pong.yaml')
    writeFileSync(config, CONFIG)
    const out = join(root, 'run')
    const { code, stderr, events } = await jsonHere(['run', config, '--out', out])
    expect(stderr).not.toMatch(/Error|at .*\.js/)
    expect(code).toBe(0)
    expect(events.find(({ kind }) => kind === 'finished')).toMatchObject({
      result: { spent: { cycles: 2, envSteps: 96 } },
    })
    const rows = readFileSync(join(out, 'metrics.jsonl'), 'utf8').trim().split('\n')
    expect(JSON.parse(rows[1])['agent/grad_norm']).toBeGreaterThan(0)
    const card = readFileSync(join(out, 'policy.yaml'), 'utf8')
    expect(card).toContain('observation ÷ 255')
  }, 240_000)

  it('has a recipe whose memory is that of its minibatches', async () => {
    const recipe = join(root, 'recipe.yaml')
    const text = readFileSync(join(RECIPES, 'pong.yaml'), 'utf8')
    writeFileSync(recipe, text)
    const { memoryBytes, notes } = await estimate(recipe)
    expect(memoryBytes).toBeGreaterThan(0.5e9)
    expect(memoryBytes).toBeLessThan(1.5e9)
    expect(notes).not.toContainEqual(expect.stringContaining('is read as'))
    writeFileSync(recipe, text.replace(/minibatches: 4.*/, 'minibatches: 1'))
    expect((await estimate(recipe)).memoryBytes).toBeGreaterThan((memoryBytes as number) + 0.4e9)
    const breakout = readFileSync(join(RECIPES, 'breakout.yaml'), 'utf8')
    writeFileSync(recipe, breakout.replace('remote: breakout.json', 'remote: pong.json'))
    expect(await loadConfig(recipe)).toMatchObject({ budget: { envSteps: 10e6 } })
  }, 240_000)
})
