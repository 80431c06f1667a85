import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { jsonHere } from '../support/command-here.ts'
import { NEEDS_PYTHON, PYTHON, python } from '../support/python.ts'

const root = mkdtempSync(join(tmpdir(), 'agon-python-environment-'))
afterAll(() => rmSync(root, { recursive: true }))

const CONFIG = `
seed: 5
env: { remote: beacon.json }
adversary: { id: accel, capacity: 32, minFill: 0.5 }
student:
  id: ppo
  network: { hidden: 32 }
  rollout: { envs: 8, steps: 32 }
  ppo: { epochs: 4, minibatches: 1, learningRate: 3.0e-3, discount: 0.95 }
evaluation: { suite: random:10, every: 0 }
budget: { gradientUpdates: 12 }
workers: 1
`

describe.skipIf(PYTHON === null)(
  `a Python environment under the built-in student ${NEEDS_PYTHON}`,
  () => {
    it('is sampled, edited, stepped and measured, and ends in order', async () => {
      const rendezvous = join(root, 'beacon.json')
      const host = python('examples/gym_environment.py', 'beacon', '--rendezvous', rendezvous)
      while (!existsSync(rendezvous)) {
        expect(host.child.exitCode).toBeNull()
        await sleep(50)
      }
      const config = join(root, 'beacon.yaml')
      writeFileSync(config, CONFIG)
      const out = join(root, 'run')
      const { code, stderr, events } = await jsonHere(['run', config, '--out', out])
      expect(stderr).not.toMatch(/Error|at .*\.js/)
      expect(code).toBe(0)
      expect(events.find(({ kind }) => kind === 'finished')).toMatchObject({
        result: { status: 'finished', spent: { gradientUpdates: 12 } },
      })
      const rows = readFileSync(join(out, 'metrics.jsonl'), 'utf8').trim().split('\n')
      const last = JSON.parse(rows[rows.length - 1])
      // Solved is decided by the bound that the environment declares; sizes are among the levels' features.
      expect(last['agent/solve_rate']).toBeGreaterThan(0)
      expect(last['adversary/level_size']).toBeGreaterThanOrEqual(2)
      expect(rows.some((row) => JSON.parse(row)['adversary/edited'] > 0)).toBe(true)
      host.child.kill('SIGTERM')
      expect(await host.ended).toEqual({ code: 0, stderr: '' })
      expect(existsSync(rendezvous)).toBe(false)
    })
  },
)
