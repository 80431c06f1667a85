import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { agonHere } from '../support/command-here.ts'

const root = mkdtempSync(join(tmpdir(), 'agon-bounded-'))
afterAll(() => rmSync(root, { recursive: true }))

const CONFIG = `
env: {id: maze, height: 5, width: 5, nWalls: 6, maxSteps: 40}
student: {id: ppo, rollout: {envs: 4, steps: 16}, network: {hidden: 16}}
evaluation: {suite: random:2, every: 0}
stages:
  - name: found
    adversary: {id: map-elites, signal: bound, autoReset: same-level, axes: [{name: n_walls, low: 0, high: 6, bins: 3}]}
    budget: {cycles: 1}
  - name: trained
    adversary: {id: levels, signal: bound}
    budget: {cycles: 1}
    from: {policy: found, archive: found}
`

// It was refused as an earlier stage's archive: the check did not tell the adversary what an episode can pay.
it('lets a search that measures against the most that an episode pays hand its archive on', async () => {
  const config = join(root, 'bounded.yaml')
  writeFileSync(config, CONFIG)
  const { code, stderr } = await agonHere(['run', config, '--out', join(root, 'run'), '--dry-run'])
  expect(code, stderr).toBe(0)
})
