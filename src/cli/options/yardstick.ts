import type { Clock } from '../../core/clock.ts'
import { AgonError } from '../../core/errors.ts'
import { tensor } from '../../core/tensor.ts'
import { openSession } from '../../inference/index.ts'
import { createGraph, input, matmul, toOnnx } from '../../learners/graph/index.ts'

const SIDE = 768
const ROUNDS = 4

/**
 * Floating-point operations a second of one thread in a float32 product of 768×768 matrices, the best of four.
 * A few dozen milliseconds; the product is checked, so a session that computes wrongly is noticed.
 * @throws AgonError `onnx/run`, or what `openSession` throws
 */
export async function matmulRate(clock: Clock): Promise<number> {
  const graph = createGraph()
  const shape = [SIDE, SIDE]
  const product = matmul(input(graph, 'a', 'float32', shape), input(graph, 'b', 'float32', shape))
  const session = await openSession(toOnnx(graph, { product }), { name: 'yardstick' })
  try {
    const a = tensor('float32', shape)
    const b = tensor('float32', shape)
    a.data.fill(0.5)
    b.data.fill(2)
    const out = tensor('float32', shape)
    let fastest = Number.POSITIVE_INFINITY
    for (let round = 0; round < ROUNDS; round++) {
      const started = clock.now()
      await session.run({ a, b }, { product: out })
      fastest = Math.min(fastest, clock.now() - started)
    }
    if (out.data.some((value) => value !== SIDE))
      throw new AgonError('onnx/run', 'a matrix product came out wrong on this machine', {
        remedy: 'report the processor, the Node version and the system',
      })
    return (2 * SIDE ** 3 * 1000) / Math.max(fastest, 1e-3)
  } finally {
    await session.release()
  }
}
