import { tensor } from '../../../core/tensor.ts'
import { array64 } from '../array.ts'
import { type Array64, addNode, type Emitter, type Value } from '../graph.ts'
import { FLOATS, knownSize, requireDType, shapeError } from '../shape.ts'
import {
  type WindowOptions,
  type Windows,
  walkWindows,
  windowAttributes,
  windowCount,
  windowsOver,
} from './window.ts'

/**
 * The largest element of each window: `x [N, C, H, W]` → `[N, C, OH, OW]`. Margins are never the largest. At a tie the
 * gradient goes to the first in row-major order.
 *
 * @throws AgonError `graph/shape`, `graph/convolution`
 */
export function maxPool(
  x: Value,
  kernel: number | readonly [number, number],
  options: WindowOptions = {},
): Value {
  const op = 'maxPool'
  requireDType(op, x, FLOATS)
  if (x.shape.length !== 4) throw shapeError(op, 'x [N, C, H, W]', [x.shape])
  const edges = typeof kernel === 'number' ? ([kernel, kernel] as const) : kernel
  const of = windowsOver(op, x.shape, edges, options)
  const sizes = [0, 1].map((axis) => windowCount(of, axis, knownSize(op, x.shape, axis + 2)))
  const type = { dtype: x.dtype, shape: [x.shape[0], x.shape[1], ...sizes] }
  const [y] = addNode(x.graph, op, [x], [type], {
    evaluate: ([image]) => {
      const out = array64([...image.shape.slice(0, 2), ...sizes])
      largest(image, of, (from, to) => {
        out.data[to] = image.data[from]
      })
      return [out]
    },
    gradient: ([g]) => [g && poolGradient(x, g, of)],
    emit: (e, inputs, outputs) => void e.node('MaxPool', inputs, outputs, windowAttributes(of)),
  })
  return y
}

/**
 * `g` at the element that was the largest of its window, summed over windows. The pooling is done again for its indices:
 * they would keep the runtime from its faster form of a pooling that nobody differentiates.
 */
function poolGradient(x: Value, g: Value, of: Windows): Value {
  const [made] = addNode(x.graph, 'maxPoolGradient', [x, g], [{ dtype: x.dtype, shape: x.shape }], {
    evaluate: ([image, outer]) => {
      const out = array64(image.shape)
      largest(image, of, (from, to) => {
        out.data[from] += outer.data[to]
      })
      return [out]
    },
    emit: (e, [image, outer], outputs) => {
      emitGradient(e, x, of, image, outer, outputs)
    },
  })
  return made
}

/**
 * Each window's gradient becomes a column of kernel positions, zero but where the largest was; a transposed convolution with
 * an identity adds the columns up, in an order that is always the same.
 */
function emitGradient(
  e: Emitter,
  x: Value,
  of: Windows,
  image: string,
  outer: string,
  outputs: readonly string[],
): void {
  const [height, width] = [2, 3].map((axis) => knownSize('maxPool', x.shape, axis))
  const [down, across] = [windowCount(of, 0, height), windowCount(of, 1, width)]
  const taps = of.kernel[0] * of.kernel[1]
  const table = new BigInt64Array(taps * down * across).fill(-1n)
  walkWindows(of, height, width, (out, tap, at) => {
    table[tap * down * across + out] = BigInt(at)
  })
  const identity = new Float32Array(taps * taps)
  for (let tap = 0; tap < taps; tap++) identity[tap * taps + tap] = 1

  const [, indices] = e.node('MaxPool', [image], 2, windowAttributes(of))
  const plane = e.constant(tensor('int64', [], BigInt64Array.of(BigInt(height * width))))
  const [position] = e.node('Mod', [indices, plane])
  const columns = e.int64([-1, 1, down, across])
  const [at] = e.node('Reshape', [position, columns])
  const [given] = e.node('Reshape', [outer, columns])
  const where = e.constant(tensor('int64', [1, taps, down, across], table))
  const [hit] = e.node('Equal', [at, where])
  const [parts] = e.node('Where', [hit, given, e.float32(0)])
  const kernel = e.constant(tensor('float32', [taps, 1, ...of.kernel], identity))
  const left = [
    [0, height],
    [1, width],
  ].map(([axis, size]) => {
    const [before, after] = of.margins[axis]
    const count = windowCount(of, axis, size)
    return size + before + after - ((count - 1) * of.stride[axis] + of.kernel[axis])
  })
  const [spread] = e.node('ConvTranspose', [parts, kernel], 1, {
    ...windowAttributes(of),
    output_padding: left,
  })
  const shape = x.shape.map((size, axis) => (typeof size === 'number' && axis > 0 ? size : -1))
  e.node(
    'Reshape',
    [spread, shape.filter((v) => v < 0).length === 1 ? e.int64(shape) : e.shape(x.shape)],
    outputs,
  )
}

/** For every window, the flat positions of its largest element in `x` and of the window in the output. */
function largest(x: Array64, of: Windows, visit: (from: number, to: number) => void): void {
  const [count, channels, height, width] = x.shape
  const outs = windowCount(of, 0, height) * windowCount(of, 1, width)
  for (let plane = 0; plane < count * channels; plane++) {
    const best = new Int32Array(outs).fill(-1)
    walkWindows(of, height, width, (out, _, at) => {
      const found = plane * height * width + at
      if (best[out] < 0 || x.data[found] > x.data[best[out]]) best[out] = found
    })
    best.forEach((from, out) => {
      visit(from, plane * outs + out)
    })
  }
}
