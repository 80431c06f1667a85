import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writePolicyFile } from 'agon/inference'
import { afterAll, describe, expect, it } from 'vitest'
import { kserveClient } from '../support/kserve-client.ts'
import { Served } from '../support/served.ts'
import { HIDDEN, OBSERVATION, smallPolicy } from '../support/small-policy.ts'
import { workingGpu } from './working-gpu.ts'

const works = await workingGpu()
const root = mkdtempSync(join(tmpdir(), 'agon-gpu-'))
afterAll(() => rmSync(root, { recursive: true }))

const CLIENTS = 64
const SWAPS = 3

const values = (...shape: number[]): object => ({
  fp32_contents: new Array(shape.reduce((a, b) => a * b)).fill(0.5),
})

const request = {
  model_name: 'policy',
  inputs: [
    {
      name: 'position',
      datatype: 'FP32',
      shape: [1, OBSERVATION],
      contents: values(1, OBSERVATION),
    },
    { name: 'memory', datatype: 'FP32', shape: [1, HIDDEN], contents: values(1, HIDDEN) },
    { name: 'noise', datatype: 'FP32', shape: [1], contents: values(1) },
  ],
}

describe.skipIf(!works)('agon serve on a GPU', () => {
  it('swaps under 64 clients without losing a request', async () => {
    const path = join(root, 'policy.onnx')
    await writePolicyFile(path, smallPolicy(1))
    const served = new Served([path, '--device', 'cuda', '--watch'])
    const address = await served.address()
    expect(await served.event(({ kind }) => kind === 'listening')).toMatchObject({
      devices: ['cuda:0'],
    })
    let over = false
    const versions = new Set<string>()
    const one = async (): Promise<number> => {
      const client = kserveClient(address)
      let answered = 0
      for (; !over; answered++) versions.add((await client.infer(request)).model_version)
      client.close()
      return answered
    }
    const clients = Array.from({ length: CLIENTS }, one)
    for (let swap = 1; swap <= SWAPS; swap++) {
      await writePolicyFile(path, smallPolicy(1 + swap))
      await served.event(({ kind, version }) => kind === 'swapped' && version === String(1 + swap))
    }
    over = true
    // A lost request would be rejected.
    const answered = await Promise.all(clients)
    expect(answered.every((count) => count > 0)).toBe(true)
    expect(versions.size).toBeGreaterThan(1)
    await served.stop()
  })

  it('measures before it chooses, and says so', async () => {
    const path = join(root, 'auto.onnx')
    await writePolicyFile(path, smallPolicy(1))
    const served = new Served([path, '--device', 'auto'])
    const { choice } = (await served.event(({ kind }) => kind === 'listening')) as {
      readonly choice: { readonly timings: readonly object[] }
    }
    expect(choice.timings).toHaveLength(4)
    await served.stop()
  })
})
