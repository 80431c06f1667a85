import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { tensor } from 'agon/core'
import { openPolicy, readPolicyFile } from 'agon/inference'
import { remotePolicy } from 'agon/inference/remote'
import { startInferenceServer } from 'agon/inference/serve'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { jsonHere } from '../support/command-here.ts'
import { serve } from '../support/serving.ts'

// The example with real numbers as actions: learned from the command line, served, and played in another process.
const root = mkdtempSync(join(tmpdir(), 'agon-actions-'))
const example = (file: string) =>
  fileURLToPath(new URL(`../../examples/actions/${file}`, import.meta.url))
const run = join(root, 'run')
const rowsOf = (folder: string): Record<string, number>[] =>
  readFileSync(join(folder, 'metrics.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

beforeAll(async () => {
  const { code, stderr } = await jsonHere(['run', example('experiment.yaml'), '--out', run])
  expect([code, stderr]).toEqual([0, expect.not.stringMatching(/rror/)])
}, 120_000)
afterAll(() => rmSync(root, { recursive: true }))

it('PPO learns to walk to the target, far beyond the untrained student', () => {
  const { baseline, final } = JSON.parse(readFileSync(join(run, 'evaluation.json'), 'utf8')).slots
    .agent
  expect(baseline.meanReturn).toBeLessThan(-5)
  expect(final.meanReturn).toBeGreaterThan(-2.2)
  expect(final.recordings.length).toBeGreaterThan(0)
  for (const { actions } of final.recordings) {
    expect(actions).toHaveLength(10)
    // What the environment got: inside the bounds, whatever was drawn.
    for (const action of actions) expect(Math.abs(action)).toBeLessThanOrEqual(Math.fround(0.3))
  }
})

it('its policy answers over the network as it does here', async () => {
  const file = await readPolicyFile(join(run, 'policy.onnx'))
  expect(file.card.actions).toEqual({ kind: 'box', shape: [1], low: [-0.3], high: [0.3] })
  const security = { kind: 'plain' } as const
  const server = await startInferenceServer({ security, token: null })
  await server.load('reach', file)
  const endpoint = { address: `127.0.0.1:${server.address.port}`, security }
  const [local, remote] = [await openPolicy(file), await remotePolicy(endpoint, 'reach')]
  const batch = {
    rows: 3,
    observations: { way: tensor('float32', [3, 1], Float32Array.of(-0.5, 0, 0.5)) },
    state: {},
    noise: tensor('float32', [3, 1], Float32Array.of(0.5, 0.1, 0.999)),
  }
  const here = structuredClone(await local.act(batch))
  const { action, logProb, logits } = await remote.act(batch)
  expect([action, logProb, logits]).toEqual([here.action, here.logProb, here.logits])
  // In the middle of its distribution each is the mean, which lies on the way.
  expect(here.action[0]).toBeCloseTo(here.logits[0], 6)
  expect(here.action[0]).toBeLessThan(0)
  await Promise.all([local.release(), remote.release(), server.close(0)])
}, 60_000)

it('learns the same bits where the environment is another process, which keeps the contract', async () => {
  const rendezvous = join(root, 'reach.json')
  const server = await serve(['env', example('reach.ts'), '--rendezvous', rendezvous])
  try {
    const config = join(root, 'away.yaml')
    const text = readFileSync(example('experiment.yaml'), 'utf8')
    writeFileSync(config, text.replace('{ id: ./reach.ts }', `{ remote: ${rendezvous} }`))
    const out = join(root, 'away')
    const short = ['--set', 'budget.gradientUpdates=2', '--set', 'evaluation.episodes=1']
    const { code, stderr } = await jsonHere(['run', config, '--out', out, ...short])
    expect([code, stderr]).toEqual([0, expect.not.stringMatching(/rror/)])
    expect(rowsOf(out)).toEqual(rowsOf(run).slice(0, 2))
    const examined = await jsonHere(['conformance', rendezvous, '--role', 'environment'])
    expect([examined.code, examined.stderr]).toEqual([0, ''])
  } finally {
    await server.kill()
  }
}, 120_000)
