import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { jsonHere } from '../support/command-here.ts'
import { start } from '../support/control.ts'
import { bitsOf, endsWell, settings } from '../support/quick-recipe.ts'
import { serve } from '../support/serving.ts'
import { sampled } from '../support/tiers.ts'

const BEACONS = fileURLToPath(new URL('../../examples/grid-search/my-env.ts', import.meta.url))
const root = mkdtempSync(join(tmpdir(), 'agon-stress-elsewhere-'))
afterAll(() => rmSync(root, { recursive: true }))

/** What one update leaves of a student. */
async function policyOf(name: string, env: string): Promise<string> {
  const config = join(root, `${name}.yaml`)
  writeFileSync(
    config,
    `env: ${env}
adversary: dr
student: { id: ppo, network: { hidden: 8 }, rollout: { envs: 2, steps: 8 }, ppo: { epochs: 1 } }
evaluation: { suite: 'random:1', every: 0 }
budget: { cycles: 1 }
workers: 1
tensorboard: false
`,
  )
  await endsWell(['run', config, '--out', join(root, name)])
  return join(root, name, 'policy.onnx')
}

/** Eight attempts: four levels, twice each. */
const SHORT = [
  ...['--budget', '8', '--seed', '3', '--workers', '1'],
  ...settings(
    ...['student.rollout.envs=4', 'adversary.repeats=2', 'adversary.initial=2'],
    ...['evaluation.suite=random:1', 'tensorboard=false'],
  ),
]

interface Archive {
  readonly objective: string
  readonly axes: readonly { readonly name: string }[]
  readonly attempts: number
  readonly scored: number
}
const archiveOf = (out: string): Archive =>
  JSON.parse(readFileSync(join(out, 'archive', 'archive.json'), 'utf8'))

describe('a policy of an environment of one’s own', () => {
  const out = join(root, 'own')
  const test = (env: string, where: string, ...more: readonly string[]) =>
    jsonHere(['stress', policy, '--env', env, ...SHORT, '--out', where, ...more])
  let policy: string

  beforeAll(async () => {
    policy = await policyOf('beacons', `{ id: ${JSON.stringify(BEACONS)}, maxSteps: 10 }`)
  })

  it('is tested on the levels of its module, on axes that are said aloud', async () => {
    const { code, stderr } = await test(BEACONS, out)
    expect(code, stderr).toBe(0)
    expect(stderr).toMatch(/names no axes: taken are distance, and the signal bound/)
    expect(archiveOf(out)).toMatchObject({
      ...{ objective: 'bound', attempts: 4, scored: 4, axes: [{ name: 'distance' }] },
    })
  })

  it('is tested where others host the environment, with the same history', async () => {
    const token = join(root, 'env.token')
    const server = await serve([
      ...['env', BEACONS, '--listen', '127.0.0.1:0', '--token-file', token],
      ...['--rendezvous', join(root, 'env.json')],
    ])
    vi.stubEnv('AGON_TOKEN', readFileSync(token, 'utf8').trim())
    try {
      const away = join(root, 'hosted')
      const { code, stderr } = await test(String(server.listening.address), away)
      expect(code, stderr).toBe(0)
      expect(bitsOf(away)['history.jsonl']).toBe(bitsOf(out)['history.jsonl'])
      expect(bitsOf(away)['archive/archive.json']).toBe(bitsOf(out)['archive/archive.json'])
    } finally {
      vi.unstubAllEnvs()
      await server.kill()
    }
  })

  it('is tested by a student on a node, to the same bits', async () => {
    const far = join(root, 'far')
    const node = start(['node', '--join', join(far, 'hub.json'), '--label', 'edge'])
    const { code, stderr } = await test(BEACONS, far, ...settings('placement.student=node:edge'))
    expect(code, stderr).toBe(0)
    expect(await node.ended).toMatchObject({ code: 0 })
    expect(bitsOf(far)).toEqual(bitsOf(out))
  })
})

// Racing, whose pictures take their time, in `npm run test:slow`.
it.each(
  sampled(
    [
      ['walker', '{ id: walker, maxSteps: 20 }', ['roughness', 'stump_high']],
      ['racing', '{ id: racing, maxSteps: 20 }', ['track_length', 'total_turning']],
    ] as const,
    1,
  ),
)('a policy of %s is tested on the axes that it names', async (id, env, axes) => {
  const policy = await policyOf(id, env)
  const out = join(root, `${id}-tested`)
  const steps = settings('env.maxSteps=20', 'student.rollout.steps=20')
  const { code, stderr } = await jsonHere(['stress', policy, ...SHORT, ...steps, '--out', out])
  expect(code, stderr).toBe(0)
  const { objective, attempts, scored, axes: found } = archiveOf(out)
  expect([objective, attempts, scored, found.map(({ name }) => name)]).toEqual([
    ...['bound', 4, 4],
    axes,
  ])
})
