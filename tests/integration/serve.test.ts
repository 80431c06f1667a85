import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { stream } from 'agon/core'
import { openPolicy, type Policy, writePolicyFile } from 'agon/inference'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type KserveClient, kserveClient } from '../support/kserve-client.ts'
import { HIDDEN, looseModel, OBSERVATION, smallPolicy } from '../support/small-policy.ts'
import { floats, outputOf, type SmallInputs, smallRequest } from '../support/small-requests.ts'

const CLI = fileURLToPath(new URL('../../dist/run/cli.js', import.meta.url))

type Told = Readonly<Record<string, unknown>>

/** `agon serve --json` in a process of its own. */
class Served {
  readonly child: ChildProcess
  readonly told: Told[] = []
  readonly ended: Promise<number | null>
  stderr = ''
  #waiting: (() => void)[] = []

  constructor(args: readonly string[]) {
    this.child = spawn(process.execPath, [CLI, 'serve', ...args, '--json'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH },
    })
    this.child.stderr!.on('data', (chunk) => {
      this.stderr += chunk
    })
    createInterface({ input: this.child.stdout! }).on('line', (line) => {
      this.told.push(JSON.parse(line))
      for (const wake of this.#waiting.splice(0)) wake()
    })
    this.ended = new Promise((resolve) => {
      this.child.on('close', (code) => {
        resolve(code)
        for (const wake of this.#waiting.splice(0)) wake()
      })
    })
  }

  /** The first event that passes, among those told and those to come. */
  async event(passes: (event: Told) => boolean): Promise<Told> {
    for (;;) {
      const found = this.told.find(passes)
      if (found !== undefined) return found
      if (this.child.exitCode !== null) throw new Error(`agon serve ended: ${this.stderr}`)
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
  }

  async address(): Promise<string> {
    return String((await this.event(({ kind }) => kind === 'listening')).address)
  }

  async stop(): Promise<number | null> {
    this.child.kill('SIGTERM')
    return await this.ended
  }
}

let folder = ''
let local: Policy
const file = smallPolicy(1)
const random = stream('test', 'serve')
const drawn = (length: number): Float32Array =>
  Float32Array.from({ length }, () => random.uniform())
const drawnInputs = (rows: number): Required<SmallInputs> => ({
  position: drawn(rows * OBSERVATION),
  memory: drawn(rows * HIDDEN),
  noise: drawn(rows),
})

/** What the session itself says, as bytes by output. */
async function expected(inputs: Required<SmallInputs>): Promise<Record<string, Buffer>> {
  const rows = inputs.noise.length
  const result = await local.act({
    rows,
    observations: {
      position: { dtype: 'float32', shape: [rows, OBSERVATION], data: inputs.position },
    },
    state: { memory: { dtype: 'float32', shape: [rows, HIDDEN], data: inputs.memory } },
    noise: { dtype: 'float32', shape: [rows], data: inputs.noise },
  })
  const bytes = (data: Float32Array | Int32Array): Buffer =>
    Buffer.from(data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength))
  return {
    action: bytes(result.action),
    log_prob: bytes(result.logProb),
    logits: bytes(result.logits),
    memory_out: bytes(result.state.memory.data as Float32Array),
  }
}

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
    const wanted = await expected(inputs)
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
    expect(outputOf(answer, 'logits')).toEqual((await expected(inputs)).logits)
  })

  it('keeps the state of a sequence', async () => {
    const memory = new Float32Array(2 * HIDDEN)
    const steps = Array.from({ length: 5 }, () => ({ ...drawnInputs(2), memory }))
    for (const [i, step] of steps.entries()) {
      const wanted = await expected({ ...step, memory })
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
    expect(outputOf(await asked, 'logits')).toEqual((await expected(inputs)).logits)
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
    const served = new Served(args.map((arg) => (arg === 'FILE' ? policyPath() : arg)))
    expect(await served.ended).toBe(2)
    expect(served.told.at(-1)).toMatchObject({ kind: 'error', code })
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
