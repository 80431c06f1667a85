import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { environment } from 'agon/envs/maze'
import { afterAll, expect, it } from 'vitest'
import { attachStudent } from '../../src/actors/roles/attach-role.ts'
import { ppo } from '../../src/learners/index.ts'
import { resolveTarget } from '../../src/wire/index.ts'
import { jsonHere } from '../support/command-here.ts'
import { exactFiles } from '../support/run-files.ts'

// Two stages with two slots each, one of them played by another program: it comes again for the second stage, is given what it
// left in the first, and ends with the bits of a run that has both students itself.

const root = mkdtempSync(join(tmpdir(), 'agon-stages-cast-'))
afterAll(() => rmSync(root, { recursive: true }))

const MAZE = { height: 5, width: 5, nWalls: 6, maxSteps: 16 }
const PPO = { network: { hidden: 16 }, rollout: { envs: 4, steps: 16 }, ppo: { epochs: 1 } }
const OURS = { id: 'ppo', ...PPO }
const THEIRS = { id: 'external', tasks: 4, steps: 16, discount: 0.995 }

function config(name: string, antagonist: object, ...more: readonly string[]): string {
  const path = join(root, `${name}.yaml`)
  const students = JSON.stringify({ protagonist: OURS, antagonist })
  const lines = [
    ...['name: cast', 'seed: 3', 'workers: 1', 'cuts: { every: 1 }', `students: ${students}`],
    `env: ${JSON.stringify({ id: 'maze', ...MAZE })}`,
    'evaluation: { workers: 1, suite: "random:2", every: 0 }',
    'budget: { cycles: 2 }',
    'stages:',
    '  - { name: first, adversary: dr }',
    '  - { name: second, adversary: { id: plr, capacity: 16, minFill: 0.25 }, from: { policy: first } }',
    ...more,
  ]
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

/** Plays the antagonist from this process, as another program of Agon. */
function attachAntagonist(rendezvous: string): { readonly ended: Promise<void>; begun: string[] } {
  const options = environment.options.parse(MAZE)
  const begun: string[] = []
  const ended = attachStudent({
    endpoint: () => resolveTarget(rendezvous, { env: {} }),
    name: 'outsider',
    slot: 'antagonist',
    create({ slot, seed, init }) {
      begun.push(init === undefined ? 'from scratch' : 'with a policy')
      return ppo.create(ppo.options.parse(PPO), {
        ...{ slot, seed, workers: 1, training: {}, ...(init === undefined ? {} : { init }) },
        environment: { module: import.meta.resolve('agon/envs/maze'), options },
        spec: environment.create(options).spec,
      })
    },
  })
  return { ended, begun }
}

it('two slots go from stage to stage, each with its own policy, also where another program plays one', async () => {
  const [here, out] = ['here', 'attached'].map((name) => join(root, name))
  expect((await jsonHere(['run', config('here', OURS), '--out', here])).code).toBe(0)
  const path = config(
    'attached',
    THEIRS,
    'placement: { student: { protagonist: local, antagonist: attach } }',
    'hub: { attachSeconds: 100, heartbeatMs: 250 }',
  )
  const outsider = attachAntagonist(join(out, 'hub.json'))
  const { code, stderr } = await jsonHere(['run', path, '--out', out])
  expect(code, stderr).toBe(0)
  await outsider.ended
  expect(outsider.begun).toEqual(['from scratch', 'with a policy'])
  const [theirs, ours] = [exactFiles(out), exactFiles(here)]
  for (const name of ['first-antagonist', 'first-protagonist', 'second-antagonist'])
    expect(theirs[`policy-${name}.onnx`], name).toBe(ours[`policy-${name}.onnx`])
  expect(ours['policy-second-antagonist.onnx']).not.toBe(ours['policy-second-protagonist.onnx'])
  expect(readFileSync(join(out, 'metrics.jsonl'))).toEqual(
    readFileSync(join(here, 'metrics.jsonl')),
  )
  const page = readFileSync(join(out, 'report.html'), 'utf8')
  for (const slot of ['antagonist', 'protagonist']) expect(page).toContain(`<h3>${slot}</h3>`)
})
