import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { environment } from 'agon/envs/maze'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { attachStudent } from '../../src/actors/roles/attach-role.ts'
import { ppo } from '../../src/learners/index.ts'
import { resolveTarget } from '../../src/wire/index.ts'
import { agon } from '../support/command.ts'
import { jsonHere } from '../support/command-here.ts'
import { agon as plainly } from '../support/control.ts'
import { inCycles } from '../support/in-cycles.ts'
import { exactFiles } from '../support/run-files.ts'
import { slowly } from '../support/tiers.ts'

const root = mkdtempSync(join(tmpdir(), 'agon-several-'))
afterAll(() => rmSync(root, { recursive: true }))

const MAZE = { height: 5, width: 5, nWalls: 6, maxSteps: 20 }
const ppoOf = (envs: number) => ({
  network: { hidden: 16 },
  rollout: { envs, steps: 24 },
  ppo: { epochs: 1, minibatches: 1 },
})
const text = (options: object): string => JSON.stringify(options)

function config(name: string, adversary: object, antagonist: object, ...more: string[]): string {
  const path = join(root, `${name}.yaml`)
  const lines = [
    'name: several',
    'seed: 11',
    `env: ${text({ id: 'maze', ...MAZE })}`,
    `adversary: ${text({ capacity: 24, minFill: 0.25, ...adversary })}`,
    `students: { protagonist: ${text({ id: 'ppo', ...ppoOf(6) })}, antagonist: ${text(antagonist)} }`,
    'evaluation: { suite: random:3, every: 1 }',
    'budget: { cycles: 3 }',
    'cuts: { every: 1 }',
    'supervision: { restarts: 10 }',
    ...more,
  ]
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

const run = async (path: string, out: string, ...more: string[]): Promise<void> => {
  const { code, stderr } = await jsonHere(['run', path, '--out', out, ...more])
  expect(stderr).not.toMatch(/Error|at .*\.js/)
  expect(code).toBe(0)
}

/** Killed after each of these cycles, and resumed. */
async function killedAfter(cycles: readonly number[], path: string, out: string): Promise<void> {
  let begun = ['run', path, '--out', out]
  for (const cycle of cycles) {
    const killed = await agon(
      begun,
      inCycles([cycle], (child) => child.kill('SIGKILL')),
    )
    expect(killed.signal).toBe('SIGKILL')
    begun = ['resume', out]
  }
  const { code, stderr } = await jsonHere(begun)
  expect(stderr).not.toMatch(/Error|at .*\.js/)
  expect(code).toBe(0)
}

const rowsOf = (out: string): Record<string, number>[] =>
  readFileSync(join(out, 'metrics.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

describe('two students with equal tasks', () => {
  const out = join(root, 'equal')
  const path = config(
    'equal',
    { id: 'accel', replayProbability: 0.6, score: 'relative-regret' },
    { id: 'ppo', ...ppoOf(4) },
  )
  beforeAll(() => run(path, out))

  // As below, with one of them in another process, in every run.
  slowly('killed and resumed: the same bits', async () => {
    const killed = join(root, 'equal-killed')
    await killedAfter([2], path, killed)
    expect(exactFiles(killed)).toEqual(exactFiles(out))
  })

  it('each has a policy, rows and measurements of its own, over one archive', () => {
    const files = exactFiles(out)
    for (const slot of ['protagonist', 'antagonist'])
      for (const name of [
        `policy-${slot}.onnx`,
        `policy-${slot}.yaml`,
        `initial/policy-${slot}.onnx`,
      ])
        expect(Object.keys(files)).toContain(name)
    expect(files['policy-protagonist.onnx']).not.toBe(files['policy-antagonist.onnx'])
    expect(Object.keys(files)).not.toContain('policy.onnx')
    const last = rowsOf(out).at(-1)
    expect(last).toMatchObject({
      cycle: 3,
      'protagonist/episodes': expect.any(Number),
      'antagonist/episodes': expect.any(Number),
      'adversary/buffer_size': expect.any(Number),
    })
    const rows = rowsOf(out).flatMap((row) => Object.keys(row))
    expect(rows).toContain('evaluation/antagonist/random:3/solved_rate')
    expect(rows).toContain('evaluation/protagonist/random:3/solved_rate')
    expect(rows).not.toContain('evaluation/random:3/solved_rate')
  })

  it('list, comparison, report and measurement speak of slots', async () => {
    const [listed] = (await jsonHere(['ls', root])).events.filter(({ dir }) => dir === out)
    expect(listed.slots).toEqual({
      antagonist: { solvedRate: expect.any(Number) },
      protagonist: { solvedRate: expect.any(Number) },
    })
    expect((await plainly(['ls', out])).stdout).toMatch(/antagonist \d\.\d\d protagonist \d\.\d\d/)
    const compared = await plainly(['compare', out, out])
    expect(compared.stdout).toMatch(/several:antagonist .*several:protagonist/)
    const page = readFileSync(join(out, 'report.html'), 'utf8')
    expect(page).toContain('<h3>antagonist</h3>')
    expect(page).toContain('<h3>protagonist</h3>')
    const measured = await jsonHere(['eval', out, '--slot', 'antagonist', '--suite', 'random:3'])
    expect(measured.events).toMatchObject([
      { kind: 'evaluation', policySha256: exactFiles(out)['policy-antagonist.onnx'] },
    ])
  })

  it('a measurement of none of them, or of one that is not there, is refused with their names', async () => {
    const none = await plainly(['eval', out, '--suite', 'random:3'])
    expect(none.code).toBe(2)
    expect(none.stderr).toContain('choose with --slot among antagonist, protagonist')
    const wrong = await jsonHere(['eval', out, '--slot', 'antagonst', '--suite', 'random:3'])
    expect(wrong.events).toMatchObject([{ code: 'usage/slot', fields: { nearest: 'antagonist' } }])
  })
})

describe('two students with different tasks, one of them attached', () => {
  const adversary = { id: 'plr', shareLevels: false, replayProbability: 0.5 }
  const here = join(root, 'here')
  beforeAll(() => run(config('here', adversary, { id: 'ppo', ...ppoOf(4) }), here))

  it('learns the same from another process, and after a kill of the hub', async () => {
    const path = config(
      'attached',
      adversary,
      { id: 'external', tasks: 4, steps: 24, discount: 0.995 },
      'placement: { student: { protagonist: local, antagonist: attach } }',
      'hub: { attachSeconds: 100 }',
    )
    const out = join(root, 'attached')
    const attached = attachAntagonist(join(out, 'hub.json'))
    await killedAfter([2], path, out)
    await attached
    expect(rowsOf(out)).toEqual(rowsOf(here))
    const [ours, theirs] = [exactFiles(out), exactFiles(here)]
    for (const slot of ['protagonist', 'antagonist'])
      expect(ours[`policy-${slot}.onnx`]).toBe(theirs[`policy-${slot}.onnx`])
  })
})

/** Plays the antagonist from this process, as another program of Agon. */
function attachAntagonist(rendezvous: string): Promise<void> {
  const options = environment.options.parse(MAZE)
  return attachStudent({
    endpoint: () => resolveTarget(rendezvous, { env: {} }),
    name: 'outsider',
    slot: 'antagonist',
    create: ({ slot, seed }) =>
      ppo.create(ppo.options.parse(ppoOf(4)), {
        slot,
        seed,
        environment: { module: import.meta.resolve('agon/envs/maze'), options },
        spec: environment.create(options).spec,
        workers: 1,
        training: {},
      }),
  })
}
