import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tensor } from 'agon/core'
import * as g from 'agon/graph'
import {
  openPolicy,
  openSession,
  type PolicyFile,
  readPolicyFile,
  writePolicyFile,
} from 'agon/inference'
import { startInferenceServer } from 'agon/inference/serve'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agon } from '../support/command.ts'
import { kserveClient } from '../support/kserve-client.ts'
import { Served } from '../support/served.ts'
import { answersOf, drawnInputs } from '../support/small-answers.ts'
import { smallPolicy } from '../support/small-policy.ts'
import { outputOf, smallRequest } from '../support/small-requests.ts'
import { apart, writeApart } from '../support/weights-beside.ts'

let folder = ''
const at = (...names: string[]): string => join(folder, ...names)

/** Always takes one action: `forward` reaches the goal of the corridor below, `turn` never does. */
function stubborn(action: number): PolicyFile {
  const graph = g.createGraph()
  const image = g.input(graph, 'image', 'uint8', ['B', 5, 5, 3])
  const direction = g.input(graph, 'direction', 'int32', ['B'])
  const weight = new Float32Array(75 * 7)
  for (let row = 0; row < 75; row++) weight[row * 7 + action] = 1
  const seen = g.reshape(g.cast(image, 'float32'), [-1, 75])
  const idle = g.reshape(g.mul(g.cast(direction, 'float32'), 0), [-1, 1])
  const logits = g.add(g.matmul(seen, g.constant(graph, tensor('float32', [75, 7], weight))), idle)
  return {
    onnx: g.toOnnx(graph, { logits }),
    card: {
      format: 1,
      agon: '0',
      environment: { id: 'maze', profile: 'minimax' },
      observations: {
        image: { dtype: 'uint8', shape: [5, 5, 3] },
        direction: { dtype: 'int32', shape: [] },
      },
      actions: { kind: 'discrete', count: 7 },
      state: {},
      decode: 'argmax',
      normalisation: {},
      training: {},
    },
  }
}
const FORWARD = stubborn(2)
const TURN = stubborn(0)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'agon-beside-'))
  writeApart(at('forward', 'policy.onnx'), FORWARD)
  writeApart(at('turn', 'policy.onnx'), TURN)
  await writePolicyFile(at('whole', 'policy.onnx'), TURN)
  writeFileSync(at('corridor.txt'), '>...G\n')
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('weights beside a model', () => {
  it('are those of its own folder, wherever it is measured from', async () => {
    const measure = (policy: string, cwd: string) =>
      agon(
        ['eval', policy, '--levels', at('corridor.txt'), '--episodes', '1'],
        undefined,
        undefined,
        cwd,
      )
    const [whole, elsewhere, beside, forward] = await Promise.all([
      measure('whole/policy.onnx', folder),
      measure('turn/policy.onnx', folder),
      measure('../turn/policy.onnx', at('forward')),
      measure('policy.onnx', at('forward')),
    ])
    expect(whole).toMatchObject({ code: 0, events: [{ kind: 'evaluation' }] })
    expect(elsewhere.events).toEqual(whole.events)
    expect(beside.events).toEqual(whole.events)
    expect(JSON.stringify(forward.events)).not.toBe(JSON.stringify(whole.events))
  })

  it('are read, become part of the bytes, and so of every hash and copy', async () => {
    const [whole, read] = await Promise.all(
      [at('whole', 'policy.onnx'), at('turn', 'policy.onnx')].map(readPolicyFile),
    )
    expect(read.onnx.length).toBeGreaterThanOrEqual(75 * 7 * 4)
    const copied = at('copied', 'policy.onnx')
    await writePolicyFile(copied, read)
    const image = { dtype: 'uint8', shape: [1, 5, 5, 3], data: new Uint8Array(75).fill(3) } as const
    const direction = { dtype: 'int32', shape: [1], data: Int32Array.of(1) } as const
    const noise = tensor('float32', [1])
    const logits = await Promise.all(
      [whole, await readPolicyFile(copied)].map(async (file) => {
        const policy = await openPolicy(file)
        const batch = { rows: 1, observations: { image, direction }, state: {}, noise }
        const result = Array.from((await policy.act(batch)).logits)
        await policy.release()
        return result
      }),
    )
    expect(logits[1]).toEqual(logits[0])
    expect(logits[0][0]).toBe(225)
  })

  it('are served from any folder, and served anew when they alone change', async () => {
    const path = at('served', 'small.onnx')
    const [first, second] = [smallPolicy(1), smallPolicy(2)]
    writeApart(path, first)
    // What lies in the working directory under the same name is another policy's.
    mkdirSync(at('trap'))
    writeFileSync(at('trap', 'small.onnx.data'), apart(second.onnx, 'small.onnx.data').data)
    const served = new Served([path, '--watch'], at('trap'))
    const client = kserveClient(await served.address())
    const { sha256 } = await served.event(({ kind }) => kind === 'listening')
    const inputs = drawnInputs(2)
    const logits = async (): Promise<Buffer> =>
      outputOf(await client.infer(smallRequest(inputs)), 'logits')
    const locally = async (file: PolicyFile): Promise<Buffer> => {
      const local = await openPolicy(file)
      const { logits } = await answersOf(local, inputs)
      await local.release()
      return logits
    }
    expect(await logits()).toEqual(await locally(first))
    writeFileSync(`${path}.data`, apart(second.onnx, 'small.onnx.data').data)
    const swapped = await served.event(({ kind }) => kind === 'swapped')
    expect(swapped.sha256).not.toBe(sha256)
    expect(await logits()).toEqual(await locally(second))
    rmSync(`${path}.data`)
    expect(await served.event(({ kind }) => kind === 'warning')).toMatchObject({
      warning: { code: 'onnx/external-data' },
    })
    expect(await logits()).toEqual(await locally(second))
    client.close()
    expect(await served.stop()).toBe(0)
  })
})

describe('what a model says of its weights', () => {
  const LOCATION = 'policy.onnx.data'
  interface Case {
    readonly what: string
    readonly say?: Readonly<Record<string, string>>
    readonly told: string
    readonly prepare?: (dir: string) => void
  }
  const outside = 'outside of its folder'
  const cases: readonly Case[] = [
    { what: 'an absolute path', say: { location: '/etc/passwd' }, told: outside },
    { what: 'a path up', say: { location: '../turn/policy.onnx.data' }, told: outside },
    { what: 'a path down and up', say: { location: 'a/../../x' }, told: outside },
    { what: 'a path of Windows', say: { location: 'C:\\weights' }, told: outside },
    {
      what: 'a link to a file elsewhere',
      say: { location: 'link' },
      told: outside,
      prepare: (dir) => symlinkSync(at('turn', LOCATION), join(dir, 'link')),
    },
    {
      what: 'a link to a folder elsewhere',
      say: { location: `link/${LOCATION}` },
      told: outside,
      prepare: (dir) => symlinkSync(at('turn'), join(dir, 'link')),
    },
    { what: 'no file', say: { location: 'gone' }, told: "'gone' beside it, which cannot be read" },
    {
      what: 'a folder',
      say: { location: 'sub' },
      told: "'sub' is no file",
      prepare: (dir) => mkdirSync(join(dir, 'sub')),
    },
    {
      what: 'a file cut short',
      told: 'has 100 bytes',
      prepare: (dir) => truncateSync(join(dir, LOCATION), 100),
    },
    { what: 'a place behind its end', say: { offset: '4096' }, told: 'needs bytes 4096 to' },
    { what: 'a length of another tensor', say: { length: '8' }, told: 'is said to have 8' },
    { what: 'an offset that is none', say: { offset: '-4' }, told: "'-4', which is no count" },
    {
      what: 'an offset beyond all files',
      say: { offset: '9007199254740991' },
      told: 'needs bytes',
    },
    { what: 'no place at all', say: { location: '' }, told: 'does not say in which file' },
  ]
  it.each(cases)('is refused by name: $what', async ({ what, say, told, prepare }) => {
    const dir = at('refused', what.replaceAll(' ', '-'))
    const path = join(dir, 'policy.onnx')
    writeApart(path, TURN)
    writeFileSync(path, apart(TURN.onnx, LOCATION, say).onnx)
    prepare?.(dir)
    await expect(readPolicyFile(path)).rejects.toMatchObject({
      code: 'onnx/external-data',
      place: path,
      remedy: expect.any(String),
      message: expect.stringContaining(told),
    })
  })

  it('may be a path down, and may leave out offset and length', async () => {
    const dir = at('below')
    const location = 'weights/one.bin'
    mkdirSync(join(dir, 'weights'), { recursive: true })
    copyFileSync(at('turn', 'policy.yaml'), join(dir, 'policy.yaml'))
    const { onnx, data } = apart(TURN.onnx, location)
    writeFileSync(join(dir, location), data)
    writeFileSync(join(dir, 'policy.onnx'), onnx)
    expect((await readPolicyFile(join(dir, 'policy.onnx'))).onnx).toEqual(
      (await readPolicyFile(at('turn', 'policy.onnx'))).onnx,
    )
  })
})

describe('a model as bytes alone', () => {
  it('is refused where its weights lie elsewhere, by a session and by a server', async () => {
    const { onnx } = apart(TURN.onnx, 'policy.onnx.data')
    const refused = { code: 'onnx/external-data', remedy: expect.stringContaining('readModel') }
    await expect(openSession(onnx)).rejects.toMatchObject(refused)
    const server = await startInferenceServer({ security: { kind: 'plain' }, token: null })
    await expect(server.load('turn', { onnx, card: TURN.card })).rejects.toMatchObject(refused)
    await server.close(0)
  })

  it('is refused where its weights lie in the memory of the process', async () => {
    const { onnx } = apart(TURN.onnx, '*/_ORT_MEM_ADDR_/*', { offset: '4096' })
    await expect(openSession(onnx)).rejects.toMatchObject({ code: 'onnx/external-data' })
  })
})
