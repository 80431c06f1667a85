import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agonHere } from '../support/command-here.ts'
import { until } from '../support/control.ts'
import { NEEDS_PYTHON, PYTHON, type PythonProcess, python } from '../support/python.ts'
import { exactFiles } from '../support/run-files.ts'

// An environment that pays 1 for ever and is cut after ten steps: with discount 0.9 every state is worth 10. A cut was always
// an end, the states were worth four or five, and there was nothing to be done about it.

const root = mkdtempSync(join(tmpdir(), 'agon-cut-'))
const MODULE = fileURLToPath(new URL('../../dist/envs/fixtures/endless.js', import.meta.url))
const CYCLES = 40
let host: PythonProcess | undefined
afterAll(() => {
  host?.child.kill('SIGKILL')
  rmSync(root, { recursive: true })
})

function config(name: string, env: string, timeLimit: string): string {
  const path = join(root, `${name}.yaml`)
  writeFileSync(
    path,
    `env: ${env}
adversary: dr
student:
  id: ppo
  network: {core: none, hidden: 16, headHidden: 8}
  rollout: {envs: 6, steps: 20}
  ppo: {discount: 0.9, learningRate: 0.03, valueClip: false${timeLimit}}
evaluation: {suite: "random:1", every: 0}
budget: {cycles: ${CYCLES}}
cuts: {every: ${CYCLES}}
workers: 2
`,
  )
  return path
}

async function run(name: string, env: string, timeLimit = '') {
  const out = join(root, name)
  const { code, stderr } = await agonHere(['run', config(name, env, timeLimit), '--out', out])
  expect(code, stderr).toBe(0)
  const { 'policy.onnx': policy, 'metrics.jsonl': metrics } = exactFiles(out)
  const last = readFileSync(join(out, 'metrics.jsonl'), 'utf8').trim().split('\n')[CYCLES - 1]
  const row: Record<string, number> = JSON.parse(last)
  return { bits: { policy, metrics }, value: row['agent/value_mean'], row }
}

const BOOTSTRAP = ', timeLimit: bootstrap'

describe('an episode that is cut from outside', () => {
  const local = `{id: ${MODULE}, clock: true}`
  let here: Awaited<ReturnType<typeof run>>
  beforeAll(async () => {
    here = await run('here', local, BOOTSTRAP)
  })

  it('goes on in what is learned where it is asked to, and ends in what is told', () => {
    expect(here.value).toBeGreaterThan(9.3)
    expect(here.value).toBeLessThan(10.7)
    expect(here.row).toMatchObject({ 'agent/return_mean': 10, 'agent/episode_length_mean': 10 })
  })

  it('is refused where what was seen last is not given, by a dry run already', async () => {
    const path = config('mute', `{id: ${MODULE}, finals: false}`, BOOTSTRAP)
    const { code, stderr } = await agonHere(['run', path, '--dry-run'])
    expect(stderr).toContain(
      "the environment 'endless' does not give the last observation of an episode that is cut",
    )
    expect(stderr).toContain('ppo.timeLimit: terminal')
    expect(code).toBe(2)
  })

  it.skipIf(PYTHON === null)(
    `has the same bits in a hosted Python environment of the same rules ${NEEDS_PYTHON}`,
    async () => {
      const rendezvous = join(root, 'endless.json')
      const serving = python('../../tests/fixtures/endless/endless.py', rendezvous)
      host = serving
      await until(() => existsSync(rendezvous) || serving.child.exitCode !== null)
      const there = await run('there', '{remote: endless.json}', BOOTSTRAP)
      expect(there.bits).toEqual(here.bits)
    },
  )
})
