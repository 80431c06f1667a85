import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPolicy, type Policy, writePolicyFile } from 'agon/inference'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type KserveClient, kserveClient } from '../support/kserve-client.ts'
import { Served } from '../support/served.ts'
import { answersOf, drawnInputs } from '../support/small-answers.ts'
import { HIDDEN, looseModel, OBSERVATION, smallPolicy } from '../support/small-policy.ts'
import { floats, outputOf, type SmallInputs, smallRequest } from '../support/small-requests.ts'

let folder = ''
let local: Policy
const file = smallPolicy(1)
const policyPath = (): string => join(folder, 'small.onnx')

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'agon-serve-'))
  await writePolicyFile(policyPath(), file)
  writeFileSync(join(folder, 'loose.onnx'), looseModel())
  local = await openPolicy(file)
})
afterAll(async () => {
  await local.release()
  rmSync(folder, { recursive: true })
})

describe('agon serve', () => {
  let served: Served
  let client: KserveClient
  beforeAll(async () => {
    served = new Served([policyPath(), '--metrics', '127.0.0.1:0'])
    client = kserveClient(await served.address())
  })
  afterAll(async () => {
    client.close()
    await served.stop()
  })

  it('says what it is and what it serves', async () => {
    expect(await client.call('ServerLive', {})).toEqual({ live: true })
    expect(await client.call('ServerReady', {})).toEqual({ ready: true })
    expect(await client.call('ModelReady', { name: 'small' })).toEqual({ ready: true })
    expect(await client.call('ModelReady', { name: 'other' })).toEqual({ ready: false })
    expect(await client.call('ServerMetadata', {})).toMatchObject({ name: 'agon' })
    expect(await client.call('ModelMetadata', { name: 'small' })).toMatchObject({
      name: 'small',
      versions: ['1'],
      platform: 'onnx_onnxv1',
      inputs: [
        { name: 'position', datatype: 'FP32', shape: ['-1', '4'] },
        { name: 'memory', datatype: 'FP32', shape: ['-1', '3'] },
        { name: 'noise', datatype: 'FP32', shape: ['-1'] },
      ],
      properties: { 'agon.card': expect.stringContaining('profile: plain') },
    })
  })

  it.each([1, 2, 7, 256])('answers %d rows with the bits of a local session', async (rows) => {
    const inputs = drawnInputs(rows)
    const answer = await client.infer(smallRequest(inputs, { id: 'mine' }))
    expect(answer).toMatchObject({ model_name: 'small', model_version: '1', id: 'mine' })
    const wanted = await answersOf(local, inputs)
    for (const name of Object.keys(wanted)) expect(outputOf(answer, name)).toEqual(wanted[name])
    expect(answer.outputs.find(({ name }) => name === 'logits')).toMatchObject({
      datatype: 'FP32',
      shape: [String(rows), '2'],
    })
  })

  it('reads numbers as well as bytes, and gives the outputs that are asked for', async () => {
    const inputs = drawnInputs(2)
    const { raw_input_contents: _, ...request } = smallRequest(inputs)
    const answer = await client.infer({
      ...request,
      inputs: request.inputs.map((input) => ({
        ...input,
        contents: { fp32_contents: [...inputs[input.name as keyof SmallInputs]!] },
      })),
      outputs: [{ name: 'logits' }],
    })
    expect(answer.outputs).toHaveLength(1)
    expect(outputOf(answer, 'logits')).toEqual((await answersOf(local, inputs)).logits)
  })

  it('keeps the state of a sequence', async () => {
    const memory = new Float32Array(2 * HIDDEN)
    const steps = Array.from({ length: 5 }, () => ({ ...drawnInputs(2), memory }))
    for (const [i, step] of steps.entries()) {
      const wanted = await answersOf(local, { ...step, memory })
      memory.set(new Float32Array(new Uint8Array(wanted.memory_out).buffer))
      const answer = await client.infer(
        smallRequest(
          { position: step.position, noise: step.noise },
          {
            parameters: {
              sequence_id: { int64_param: 7 },
              sequence_start: { bool_param: i === 0 },
              sequence_end: { bool_param: i === 4 },
            },
          },
        ),
      )
      expect(answer.outputs.map(({ name }) => name)).toEqual(['action', 'log_prob', 'logits'])
      expect(outputOf(answer, 'logits')).toEqual(wanted.logits)
    }
    await expect(
      client.infer(
        smallRequest(
          { position: steps[0].position, noise: steps[0].noise },
          { parameters: { sequence_id: { int64_param: 7 } } },
        ),
      ),
    ).rejects.toMatchObject({ code: 5, details: expect.stringMatching(/^sequence\/unknown/) })
  })

  it('draws noise by a seed, the same every time', async () => {
    const { position, memory } = drawnInputs(64)
    const ask = async (seed: number, step: number): Promise<Buffer> => {
      const parameters = { seed: { int64_param: seed }, step: { int64_param: step } }
      return outputOf(
        await client.infer(smallRequest({ position, memory }, { parameters })),
        'action',
      )
    }
    const first = await ask(3, 0)
    expect(await ask(3, 0)).toEqual(first)
    expect(await ask(3, 1)).not.toEqual(first)
    expect(await ask(4, 0)).not.toEqual(first)
    await expect(client.infer(smallRequest({ position, memory }))).rejects.toMatchObject({
      code: 3,
      details: expect.stringMatching(/^inference\/noise/),
    })
  })

  it.each([
    [
      'another shape',
      { inputs: [{ name: 'position', datatype: 'FP32', shape: [1, 5] }] },
      /'position' has the wrong shape; expected position: float32 \[B, 4\]/,
    ],
    [
      'another datatype',
      { inputs: [{ name: 'position', datatype: 'INT32', shape: [1, 4] }] },
      /wrong datatype/,
    ],
    [
      'an unknown input',
      { inputs: [{ name: 'place', datatype: 'FP32', shape: [1, 4] }] },
      /'place' is not among them/,
    ],
    [
      'bytes that do not fit',
      { raw_input_contents: [floats([1, 2, 3])] },
      /takes 16 bytes, its contents have 12/,
    ],
    ['a missing input', {}, /missing: memory/],
    [
      'more raw contents than inputs',
      { raw_input_contents: [floats([]), floats([])] },
      /1 inputs have 2 raw contents/,
    ],
    [
      'a negative size',
      { inputs: [{ name: 'position', datatype: 'FP32', shape: [-1, 4] }] },
      /wrong shape/,
    ],
  ])('names what is wrong with %s', async (_, change, sentence) => {
    const request = smallRequest(
      { position: new Float32Array(OBSERVATION) },
      {
        parameters: { seed: { int64_param: 1 } },
        ...change,
      },
    )
    await expect(client.infer(request)).rejects.toMatchObject({
      code: 3,
      details: expect.stringMatching(/^inference\/inputs/),
    })
    await expect(client.infer(request)).rejects.toThrow(sentence)
  })

  it('names unknown models, versions and outputs, and too many rows', async () => {
    const inputs = drawnInputs(1)
    const refused = (change: object) => client.infer(smallRequest(inputs, change))
    await expect(refused({ model_name: 'no' })).rejects.toMatchObject({ code: 5 })
    await expect(refused({ model_version: '9' })).rejects.toThrow(/has no version '9'/)
    await expect(refused({ outputs: [{ name: 'odd' }] })).rejects.toThrow(/no output 'odd'/)
    await expect(client.infer(smallRequest(drawnInputs(257)))).rejects.toThrow(/1 to 256 rows/)
  })

  it('tells Prometheus what it did', async () => {
    const { metrics } = await served.event(({ kind }) => kind === 'listening')
    const answer = await fetch(`http://${metrics}/metrics`)
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    const text = await answer.text()
    const labels = 'model="small",version="1"'
    expect(text).toMatch(new RegExp(`agon_inference_requests_total{${labels},code="ok"} [1-9]`))
    expect(text).toContain(`code="inference/inputs"`)
    for (const stage of ['queue', 'compute', 'total'])
      expect(text).toMatch(
        new RegExp(`agon_inference_seconds_count{${labels},stage="${stage}"} [1-9]`),
      )
    expect((await fetch(`http://${metrics}/`)).status).toBe(404)
  })
})

describe('a served model without a card', () => {
  it('runs with the shapes of each request', async () => {
    const served = new Served([join(folder, 'loose.onnx'), '--name', 'doubler'])
    const client = kserveClient(await served.address())
    expect(await served.event(({ kind }) => kind === 'listening')).toMatchObject({
      unbatched: expect.stringContaining("'x' is float32 [B, N]"),
      environment: null,
    })
    const ask = async (shape: readonly number[], values: readonly number[]) => {
      const inputs = [{ name: 'x', datatype: 'FP32', shape }]
      return await client.infer({
        model_name: 'doubler',
        inputs,
        raw_input_contents: [floats(values)],
      })
    }
    const answers = await Promise.all([ask([1, 2], [1, 2]), ask([3, 1], [4, 5, 6])])
    expect(answers.map(({ outputs }) => outputs[0].shape)).toEqual([
      ['1', '2'],
      ['3', '1'],
    ])
    expect(answers.map((answer) => outputOf(answer, 'y'))).toEqual([
      Buffer.from(floats([2, 4])),
      Buffer.from(floats([8, 10, 12])),
    ])
    client.close()
    expect(await served.stop()).toBe(0)
  })
})
