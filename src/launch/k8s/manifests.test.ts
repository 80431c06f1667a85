import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { parseConfig } from '../../run/config/index.ts'
import type { RunConfig } from '../../run/contract.ts'
import { manifests } from './manifests.ts'

const FIXTURES = new URL('./fixtures/', import.meta.url).pathname
const schema = JSON.parse(readFileSync(`${FIXTURES}jobset-v1alpha2.schema.json`, 'utf8'))
const valid = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema)

const BASE = ['name: First_Run', 'env: maze', 'adversary: plr', 'budget: { cycles: 3 }']
const K8S =
  'k8s: { image: registry.lab/agon:0.1, claim: runs, nodes: { gpu: { gpus: 1, cpus: 8, memory: 16Gi }, cpu_pool: { count: 3 } } }'
const LOCAL = { student: 'local', evaluator: 'local', adversary: 'local' }

async function text(lines: readonly string[], placement = {}): Promise<string> {
  const config = await parseConfig(Buffer.from([...BASE, ...lines].join('\n')), 'first.yaml')
  return manifests({ ...config, placement: { ...LOCAL, ...placement } as RunConfig['placement'] })
}

interface Loose {
  readonly [key: string]: Loose
}
const documents = (yaml: string): Loose[] =>
  parseAllDocuments(yaml).map((document) => document.toJS())

const TWO = { student: 'node:gpu', evaluator: 'node:cpu_pool' }
const EXAMPLES: readonly (readonly [string, readonly string[], object])[] = [
  ['tls', [K8S], TWO],
  [
    'everything',
    [
      'hub: { insecure: true }',
      'k8s: { image: agon, claim: runs, name: short, namespace: lab, folder: a/b, port: 9000, restarts: 0, queue: team, tokenSecret: t, hub: { cpus: 2, memory: 4Gi }, nodes: { gpu: { places: 1, gpus: 2, gpuResource: amd.com/gpu } } }',
    ],
    { student: 'node:gpu', evaluator: 'node:gpu' },
  ],
  ['alone', ['k8s: { image: agon, claim: runs }'], {}],
]

describe('manifests', () => {
  // After a change: npx vitest run --project unit src/run/k8s -u
  it.each(EXAMPLES)(
    'are those that were looked at, and fit the schema (%s)',
    async (name, lines, placement) => {
      const yaml = await text(lines, placement)
      // The config is looked at elsewhere, and has keys that are none of ours.
      const shown = yaml.replace(/(config\.yaml: )\|[\s\S]*?(?=^---$)/m, '$1…\n')
      await expect(shown).toMatchFileSnapshot(`${FIXTURES}${name}.yaml`)
      const [config, jobSet] = documents(yaml)
      valid(jobSet)
      expect(valid.errors).toBeNull()
      expect(config).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap' })
    },
  )

  it('carry a config that reads back as the same', async () => {
    const [config] = documents(await text([K8S]))
    const inside = String(config.data['config.yaml'])
    const again = await parseConfig(Buffer.from(inside), 'config.yaml')
    expect(again).toEqual(await parseConfig(Buffer.from([...BASE, K8S].join('\n')), 'x.yaml'))
    expect(parse(inside)).toMatchObject({
      name: 'First_Run',
      k8s: { image: 'registry.lab/agon:0.1' },
    })
  })

  it('name secrets and hold none', async () => {
    const yaml = await text([K8S], TWO)
    for (const { name, valueFrom, value } of envsOf(documents(yaml)[1])) {
      expect({ name, value }).toEqual({ name: 'AGON_TOKEN', value: undefined })
      expect(valueFrom).toEqual({ secretKeyRef: { name: 'first-run-token', key: 'token' } })
    }
    expect(yaml).not.toMatch(/BEGIN|token: ?["']/)
  })

  it('start nodes after the hub, which they find by its name', async () => {
    const [, { spec }] = documents(await text([K8S], TWO))
    const [hub, ...nodes] = spec.replicatedJobs as unknown as Loose[]
    expect(hub).toMatchObject({ name: 'hub', replicas: 1 })
    expect(nodes.map(({ name }) => name)).toEqual(['node-gpu', 'node-cpu-pool'])
    for (const node of nodes) {
      expect(node.dependsOn).toEqual([{ name: 'hub', status: 'Ready' }])
      expect(JSON.stringify(node)).toContain('"first-run-hub-0-0.first-run:7070"')
    }
    expect(spec.successPolicy.targetReplicatedJobs).toEqual(['hub'])
  })

  it.each([
    [[], {}, 'k8s/section', 'k8s'],
    [[K8S], { student: 'node:tpu' }, 'k8s/label', 'k8s.nodes.tpu'],
    [
      ['k8s: { image: a, claim: c, nodes: { a_b: {}, a-b: {} } }'],
      { student: 'node:a_b', evaluator: 'node:a-b' },
      'k8s/name',
      'k8s.nodes.a-b',
    ],
    [
      [`k8s: { image: a, claim: c, name: ${'n'.repeat(40)}, nodes: { ${'l'.repeat(20)}: {} } }`],
      { student: `node:${'l'.repeat(20)}` },
      'k8s/name',
      'k8s.name',
    ],
  ])('refuse %j with %j: %s', async (lines, placement, code, place) => {
    await expect(text(lines, placement)).rejects.toMatchObject({ code, place })
  })

  it.each([
    'k8s: { image: a }',
    'k8s: { image: "a b", claim: c }',
    'k8s: { image: a, claim: C }',
    'k8s: { image: a, claim: c, folder: ../x }',
    'k8s: { image: a, claim: c, folder: /x }',
    'k8s: { image: a, claim: c, hub: { memory: 4G } }',
    'k8s: { image: a, claim: c, port: 0 }',
  ])('are not made from %s', async (line) => {
    await expect(text([line])).rejects.toMatchObject({ code: 'config/invalid' })
  })
})

describe('the schema', () => {
  it.each([
    ['an unknown field', (set: Loose) => ({ ...set, spec: { ...set.spec, replicas: 1 } })],
    ['a missing field', ({ spec: _, ...set }: Loose) => set],
    [
      'a wrong value',
      (set: Loose) => ({ ...set, spec: { ...set.spec, successPolicy: { operator: 'Most' } } }),
    ],
    ['a wrong kind', (set: Loose) => ({ ...set, kind: 'Job' })],
  ])('refuses %s', async (_, spoil) => {
    const [, jobSet] = documents(await text(['k8s: { image: agon, claim: runs }']))
    expect(valid(jobSet)).toBe(true)
    expect(valid(spoil(jobSet))).toBe(false)
  })
})

function envsOf({ spec }: Loose): Loose[] {
  const jobs = spec.replicatedJobs as unknown as Loose[]
  return jobs.flatMap(({ template }) => {
    const [container] = template.spec.template.spec.containers as unknown as Loose[]
    return container.env as unknown as Loose[]
  })
}
