import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { environment } from 'agon/envs/maze'
import { afterAll, expect, it } from 'vitest'
import { attachStudent } from '../../src/actors/roles/attach-role.ts'
import { ppo } from '../../src/learners/index.ts'
import { resolveTarget } from '../../src/wire/index.ts'
import { jsonHere } from '../support/command-here.ts'

// A slot of another program that only the first stage has: its program ended with `attach/slot` when the second one began.

const root = mkdtempSync(join(tmpdir(), 'agon-earlier-stage-'))
afterAll(() => rmSync(root, { recursive: true }))
const MAZE = { height: 5, width: 5, nWalls: 6, maxSteps: 16 }
const PPO = { network: { hidden: 16 }, rollout: { envs: 4, steps: 16 }, ppo: { epochs: 1 } }

it('an outsider whose slot the next stage does not have ends well', async () => {
  const path = join(root, 'parting.yaml')
  const [ours, theirs] = [
    { id: 'ppo', ...PPO },
    { id: 'external', tasks: 4, steps: 16 },
  ]
  writeFileSync(
    path,
    [
      ...['seed: 3', 'workers: 1', 'adversary: dr', 'budget: { cycles: 1 }'],
      `env: ${JSON.stringify({ id: 'maze', ...MAZE })}`,
      'evaluation: { workers: 1, suite: "random:2", every: 0 }',
      'placement: { student: { left: attach, right: local } }',
      'hub: { attachSeconds: 100, heartbeatMs: 250 }',
      'stages:',
      `  - { name: both, students: ${JSON.stringify({ left: theirs, right: ours })} }`,
      `  - { name: alone, students: ${JSON.stringify({ right: ours })} }`,
    ].join('\n'),
  )
  const out = join(root, 'parting')
  const outsider = attachStudent({
    endpoint: () => resolveTarget(join(out, 'hub.json'), { env: {} }),
    name: 'outsider',
    slot: 'left',
    create: ({ slot, seed }) =>
      ppo.create(ppo.options.parse(PPO), {
        ...{ slot, seed, workers: 1, training: {} },
        environment: {
          module: import.meta.resolve('agon/envs/maze'),
          options: environment.options.parse(MAZE),
        },
        spec: environment.create(environment.options.parse(MAZE)).spec,
      }),
  })
  const [{ code, stderr }] = await Promise.all([jsonHere(['run', path, '--out', out]), outsider])
  expect(code, stderr).toBe(0)
})
