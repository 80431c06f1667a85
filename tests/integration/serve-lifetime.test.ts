import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPolicy, writePolicyFile } from 'agon/inference'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jsonHere } from '../support/command-here.ts'
import { kserveClient } from '../support/kserve-client.ts'
import { Served } from '../support/served.ts'
import { answersOf, drawnInputs } from '../support/small-answers.ts'
import { smallPolicy } from '../support/small-policy.ts'
import { outputOf, smallRequest } from '../support/small-requests.ts'

let folder = ''
const file = smallPolicy(1)
const policyPath = (): string => join(folder, 'small.onnx')

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'agon-serve-'))
  await writePolicyFile(policyPath(), file)
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('a changed file', () => {
  it('is served in place of the old one without losing a request', async () => {
    const path = join(folder, 'changing.onnx')
    await writePolicyFile(path, file)
    const served = new Served([path, '--name', 'small', '--watch'])
    const address = await served.address()
    let asking = true
    const versions = new Set<string>()
    let answered = 0
    const failures: unknown[] = []
    const loops = Array.from({ length: 8 }, async () => {
      const client = kserveClient(address)
      while (asking) {
        try {
          versions.add((await client.infer(smallRequest(drawnInputs(3)))).model_version)
          answered++
        } catch (error) {
          failures.push(error)
        }
      }
      client.close()
    })
    for (const version of ['2', '3']) {
      await writePolicyFile(path, smallPolicy(Number(version)))
      await served.event((event) => event.kind === 'swapped' && event.version === version)
      const before = answered
      while (answered < before + 20) await new Promise((resolve) => setTimeout(resolve, 5))
    }
    writeFileSync(path, 'no model')
    await served.event(({ kind }) => kind === 'warning')
    const before = answered
    while (answered < before + 20) await new Promise((resolve) => setTimeout(resolve, 5))
    asking = false
    await Promise.all(loops)
    expect(failures).toEqual([])
    expect([...versions].sort()).toEqual(['1', '2', '3'])
    expect(await served.stop()).toBe(0)
  })
})

describe('the end of agon serve', () => {
  it('answers what was taken and then leaves', async () => {
    const served = new Served([policyPath(), '--max-delay', '8000', '--metrics', ':0'])
    const client = kserveClient(await served.address())
    const inputs = drawnInputs(2)
    const { metrics } = await served.event(({ kind }) => kind === 'listening')
    const asked = client.infer(smallRequest(inputs))
    const waiting = async (): Promise<boolean> =>
      /^agon_inference_queue_rows.* 2$/m.test(
        await (await fetch(`http://${metrics}/metrics`)).text(),
      )
    while (!(await waiting())) await new Promise((resolve) => setTimeout(resolve, 20))
    served.child.kill('SIGTERM')
    const local = await openPolicy(file)
    expect(outputOf(await asked, 'logits')).toEqual((await answersOf(local, inputs)).logits)
    await local.release()
    expect(await served.ended).toBe(0)
    expect(served.told.at(-1)).toMatchObject({ kind: 'closed' })
    client.close()
  })

  it.each([
    ['no such file', ['nowhere.onnx'], 'policy/missing'],
    ['an odd device', ['FILE', '--device', 'tpu'], 'usage/value'],
    [
      'a place that others reach, without a token',
      ['FILE', '--listen', '0.0.0.0:0', '--insecure'],
      'wire/token',
    ],
    ['a name that is none', ['FILE', '--name', 'a/b'], 'inference/name'],
    ['metrics for everyone', ['FILE', '--metrics', '0.0.0.0:0'], 'wire/insecure'],
  ])('is code 2 for %s', async (_, args, code) => {
    const words = args.map((arg) => (arg === 'FILE' ? policyPath() : arg))
    const refused = await jsonHere(['serve', ...words])
    expect(refused.code).toBe(2)
    expect(refused.events.at(-1)).toMatchObject({ kind: 'error', code })
  })

  it('names what CUDA lacks', async () => {
    const served = new Served([policyPath(), '--device', 'cuda'])
    const code = await Promise.race([served.ended, served.address().then(() => 'cuda works')])
    if (code === 'cuda works') await served.stop()
    else {
      expect(code).toBe(2)
      expect(served.told.at(-1)).toMatchObject({
        code: 'onnx/provider',
        message: expect.stringMatching(/lib\w+\.so|no CUDA provider/),
        remedy: expect.stringContaining('docs/gpu.md'),
      })
    }
  })
})
