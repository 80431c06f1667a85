import { describe, expect, it } from 'vitest'
import { manualClock } from '../core/clock.ts'
import { AgonError } from '../core/errors.ts'
import { sharedTensor, tensor } from '../core/tensor.ts'
import { onnxModel } from './fixtures/onnx-model.ts'
import { providers } from './providers.ts'
import { openSession } from './session.ts'
import type { SessionOptions } from './session-contract.ts'

const DOUBLE = onnxModel({
  inputs: [{ name: 'x', dtype: 'float32', shape: ['B', 2] }],
  outputs: [{ name: 'y', dtype: 'float32', shape: ['B', 2] }],
  nodes: [{ op: 'Add', inputs: ['x', 'x'], outputs: ['y'] }],
})

async function failure(work: Promise<unknown>): Promise<AgonError> {
  const error = await work.then(
    () => new Error('nothing was thrown'),
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(AgonError)
  return error as AgonError
}

describe('openSession', () => {
  it('tells the inputs and outputs with symbolic dimensions', async () => {
    const session = await openSession(DOUBLE)
    expect(session.device).toBe('cpu')
    expect(session.inputs).toEqual([{ name: 'x', dtype: 'float32', shape: ['B', 2] }])
    expect(session.outputs).toEqual([{ name: 'y', dtype: 'float32', shape: ['B', 2] }])
    await session.release()
  })

  it('reads a kept buffer anew at each run and writes fetches in place', async () => {
    const session = await openSession(DOUBLE)
    const x = tensor('float32', [1, 2], Float32Array.of(1, 2))
    const y = tensor('float32', [1, 2])
    expect((await session.run({ x }, { y })).y).toBe(y)
    expect([...y.data]).toEqual([2, 4])
    x.data[0] = 10
    await session.run({ x }, { y })
    expect([...y.data]).toEqual([20, 4])
    const fresh = await session.run({ x }, { y: null })
    expect([...fresh.y.data]).toEqual([20, 4])
    expect(fresh.y.data).not.toBe(y.data)
  })

  it('takes one buffer under two shapes, and notices when it is detached', async () => {
    const session = await openSession(DOUBLE)
    const data = Float32Array.of(1, 2, 3, 4)
    const two = await session.run({ x: { dtype: 'float32', shape: [2, 2], data } })
    expect(two.y.shape).toEqual([2, 2])
    structuredClone(data.buffer, { transfer: [data.buffer] })
    const error = await failure(session.run({ x: { dtype: 'float32', shape: [2, 2], data } }))
    expect(error.message).toContain('needs 4 elements, its data has 0')
  })

  it('names what is expected and found', async () => {
    const session = await openSession(DOUBLE, { name: 'doubler' })
    const x = tensor('float32', [1, 2])
    const missing = await failure(session.run({}))
    expect(missing).toMatchObject({ code: 'onnx/inputs', place: 'doubler' })
    expect(missing.message).toContain('missing: x; expected x: float32 [B, 2]; found none')
    expect((await failure(session.run({ x, z: x }))).message).toContain("'z' is not among them")
    const dtype = await failure(session.run({ x: tensor('int32', [1, 2]) }))
    expect(dtype.message).toContain('found x: int32 [1, 2]')
    expect((await failure(session.run({ x: tensor('float32', [2]) }))).code).toBe('onnx/inputs')
    expect((await failure(session.run({ x }, { q: x }))).code).toBe('onnx/outputs')
    expect((await failure(session.run({ x }, {}))).message).toContain('none is asked for')
    expect((await failure(session.run({ x }, { y: tensor('float32', [1, 3]) }))).code).toBe(
      'onnx/outputs',
    )
  })

  it('holds equal symbolic dimensions to equal sizes', async () => {
    const session = await openSession(
      onnxModel({
        inputs: [
          { name: 'a', dtype: 'float32', shape: ['B'] },
          { name: 'b', dtype: 'float32', shape: ['B'] },
        ],
        outputs: [{ name: 'c', dtype: 'float32', shape: ['B'] }],
        nodes: [{ op: 'Add', inputs: ['a', 'b'], outputs: ['c'] }],
      }),
    )
    const error = await failure(
      session.run({ a: tensor('float32', [3]), b: tensor('float32', [1]) }),
    )
    expect(error.message).toContain('dimension B is 3 and 1 at once')
  })

  it('refuses shared memory', async () => {
    const session = await openSession(DOUBLE)
    const x = sharedTensor('float32', [1, 2])
    expect((await failure(session.run({ x }))).code).toBe('onnx/shared')
    const own = tensor('float32', [1, 2])
    expect((await failure(session.run({ x: own }, { y: x }))).code).toBe('onnx/shared')
  })

  it('carries bool, uint8 and int32 tensors', async () => {
    const session = await openSession(
      onnxModel({
        inputs: [
          { name: 'flag', dtype: 'bool', shape: ['B'] },
          { name: 'byte', dtype: 'uint8', shape: ['B'] },
        ],
        outputs: [
          { name: 'negated', dtype: 'bool', shape: ['B'] },
          { name: 'word', dtype: 'int32', shape: ['B'] },
        ],
        nodes: [
          { op: 'Not', inputs: ['flag'], outputs: ['negated'] },
          { op: 'Cast', inputs: ['byte'], outputs: ['word'], ints: { to: 6 } },
        ],
      }),
    )
    const out = await session.run({
      flag: tensor('bool', [2], Uint8Array.of(1, 0)),
      byte: tensor('uint8', [2], Uint8Array.of(7, 255)),
    })
    expect(out.negated).toEqual({ dtype: 'bool', shape: [2], data: Uint8Array.of(0, 1) })
    expect(out.word.data).toEqual(Int32Array.of(7, 255))
  })

  it('reads a model from shared memory', async () => {
    const shared = new Uint8Array(new SharedArrayBuffer(DOUBLE.length))
    shared.set(DOUBLE)
    const session = await openSession(shared)
    expect(session.inputs).toHaveLength(1)
  })

  it('refuses wrong options, a model that is none, and use after release', async () => {
    const odd = { provider: 'cpu' } as unknown as SessionOptions
    expect((await failure(openSession(DOUBLE, odd))).message).toContain("option 'provider'")
    expect((await failure(openSession(DOUBLE, { threads: 0 }))).code).toBe('onnx/options')
    expect((await failure(openSession(Uint8Array.of(1, 2, 3)))).code).toBe('onnx/corrupt')
    expect((await failure(openSession(new Uint8Array(0)))).message).toBe('the model has no bytes')
    const session = await openSession(DOUBLE)
    await session.release()
    await session.release()
    const x = tensor('float32', [1, 2])
    expect((await failure(session.run({ x }))).code).toBe('onnx/released')
  })

  it('counts the time under way by the clock it is given, once for runs that overlap', async () => {
    const clock = manualClock()
    const ticking = {
      now: () => {
        clock.advance(5)
        return clock.now()
      },
    }
    const session = await openSession(DOUBLE, { clock: ticking })
    const x = tensor('float32', [1, 2])
    await session.run({ x })
    expect(session.busyMs).toBe(5)
    await Promise.all([session.run({ x }), session.run({ x })])
    expect(session.busyMs).toBe(10)
  })
})

describe('providers', () => {
  it('has a CPU, and says why CUDA is missing where it is', async () => {
    const [cpu, cuda] = await providers()
    expect(cpu).toEqual({ name: 'cpu', available: true })
    const opened = openSession(DOUBLE, { device: 'cuda' })
    if (cuda.available) expect((await opened).device).toBe('cuda:0')
    else {
      const error = await failure(opened)
      expect(error.code).toBe('onnx/provider')
      expect(error.message).toBe(cuda.reason)
    }
    const { device, choice } = await openSession(DOUBLE, { device: 'auto' })
    if (!cuda.available) {
      expect(device).toBe('cpu')
      expect(choice).toEqual({ cudaFrom: null, timings: [], why: cuda.reason })
    }
  })
})
