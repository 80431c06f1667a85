import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jsonHere } from '../support/command-here.ts'
import { until } from '../support/control.ts'
import { NEEDS_PYTHON, PYTHON, python } from '../support/python.ts'
import { exactFiles } from '../support/run-files.ts'
import { serve } from '../support/serving.ts'

// Two agents, one of whom is cut from its episode alone while the other goes on: one set of rules, here, served from here, and in
// Python in a process of its own.

const root = mkdtempSync(join(tmpdir(), 'agon-cut-alone-'))
const RELAY = fileURLToPath(new URL('../fixtures/relay/', import.meta.url))
const MODULE = `${RELAY}environment.mjs`
afterAll(() => rmSync(root, { recursive: true }))

/** What a run of two cycles has learned and told, without what names its environment. */
async function bits(name: string, env: string) {
  const path = join(root, `${name}.yaml`)
  writeFileSync(
    path,
    `seed: 3
env: ${env}
adversary: dr
student: {id: ppo, rollout: {envs: 4, steps: 20, carry: continue}, network: {core: gru, hidden: 8}, ppo: {epochs: 1, timeLimit: bootstrap}}
evaluation: {suite: random:1, every: 0}
budget: {cycles: 2}
cuts: {every: 3}
`,
  )
  const out = join(root, name)
  const { code, stderr } = await jsonHere(['run', path, '--out', out])
  expect(stderr).not.toMatch(/Error|at .*\.js/)
  expect(code).toBe(0)
  const { 'policy.onnx': policy, 'metrics.jsonl': metrics } = exactFiles(out)
  return { policy, metrics }
}

describe('an agent that is cut from its episode alone', () => {
  let here: Awaited<ReturnType<typeof bits>>
  beforeAll(async () => {
    here = await bits('here', `{id: ${MODULE}}`)
  })

  it('is learned from otherwise than one that has ended, and the same where it is served', async () => {
    const ended = await bits('ended', `{id: ${MODULE}, tells: false}`)
    expect(ended.policy).not.toEqual(here.policy)
    const away = await serve(['env', MODULE, '--rendezvous', join(root, 'away.json')])
    expect(await bits('away', '{remote: away.json}')).toEqual(here)
    away.child.kill('SIGTERM')
    expect(await away.finished).toMatchObject({ code: 0 })
  })

  it.skipIf(PYTHON === null)(`is the same to a bit in Python ${NEEDS_PYTHON}`, async () => {
    const rendezvous = join(root, 'relay.json')
    const host = python('../../tests/fixtures/relay/relay.py', rendezvous)
    try {
      await until(() => existsSync(rendezvous) || host.child.exitCode !== null)
      expect(await bits('python', '{remote: relay.json}')).toEqual(here)
    } finally {
      host.child.kill('SIGTERM')
      await host.ended
    }
  })
})
