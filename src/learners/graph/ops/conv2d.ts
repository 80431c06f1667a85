import { AgonError } from '../../../core/errors.ts'
import { tensor } from '../../../core/tensor.ts'
import type { Value } from '../graph.ts'
import { FLOATS, knownSize, requireDType, shapeError } from '../shape.ts'
import { constant, integerConstant } from './constant.ts'
import { mul } from './elementwise.ts'
import { gather } from './gather.ts'
import { matmul } from './matmul.ts'
import { reshape } from './reshape.ts'
import { pad } from './slice.ts'
import { transpose } from './transpose.ts'

export interface Conv2dOptions {
  /** Default 1. */
  readonly stride?: number | readonly [number, number]
  /** Zeros around the image: the same on all sides, or `[rows, columns]`. Default 0. */
  readonly padding?: number | readonly [number, number]
}

/** Sizes of one convolution; `y` is down, `x` is across. */
interface Geometry {
  readonly height: number
  readonly width: number
  readonly channels: number
  readonly kernelY: number
  readonly kernelX: number
  readonly filters: number
  readonly outY: number
  readonly outX: number
  readonly stride: readonly [number, number]
  readonly padding: readonly [number, number]
}

/** A weight matrix over whole images costs this many times the arithmetic at most, and saves all copying. */
const MATRIX_COST = 6

/**
 * Cross-correlation as deep learning has it: `x [N, H, W, Cin]`, `w [kh, kw, Cin, Cout]` → `[N, OH, OW, Cout]` with
 * `OH = ⌊(H + 2·padding − kh)/stride⌋ + 1`. Sizes other than N are known.
 *
 * Built from ordinary operations. Small images are one product with the banded matrix of the convolution, larger ones
 * a product over gathered patches.
 *
 * @throws AgonError `graph/shape`, `graph/convolution`
 */
export function conv2d(x: Value, w: Value, options: Conv2dOptions = {}): Value {
  const geometry = measure(x, w, options)
  const { height, width, kernelY, kernelX } = geometry
  const wasted = (height * width) / (kernelY * kernelX)
  return wasted <= MATRIX_COST ? asMatrix(x, w, geometry) : overPatches(x, w, geometry)
}

function pair(of: number | readonly [number, number]): readonly [number, number] {
  return typeof of === 'number' ? [of, of] : of
}

function measure(x: Value, w: Value, options: Conv2dOptions): Geometry {
  requireDType('conv2d', x, FLOATS)
  requireDType('conv2d', w, [x.dtype])
  if (x.shape.length !== 4 || w.shape.length !== 4 || x.shape[3] !== w.shape[2]) {
    throw shapeError('conv2d', 'x [N, H, W, Cin] and w [kh, kw, Cin, Cout]', [x.shape, w.shape])
  }
  const [height, width, channels] = [1, 2, 3].map((axis) => knownSize('conv2d', x.shape, axis))
  const [kernelY, kernelX, , filters] = w.shape.map((_, axis) => knownSize('conv2d', w.shape, axis))
  const stride = pair(options.stride ?? 1)
  const padding = pair(options.padding ?? 0)
  if ([...stride, ...padding.map((p) => p + 1)].some((v) => !Number.isInteger(v) || v < 1)) {
    throw new AgonError('graph/convolution', `conv2d: stride ${stride}, padding ${padding}`, {
      remedy: 'strides are whole numbers from 1, paddings from 0',
    })
  }
  const out = (size: number, kernel: number, i: number) =>
    Math.floor((size + 2 * padding[i] - kernel) / stride[i]) + 1
  const outY = out(height, kernelY, 0)
  const outX = out(width, kernelX, 1)
  if (outY < 1 || outX < 1) {
    throw shapeError('conv2d', 'an image at least as large as the kernel', [x.shape, w.shape])
  }
  return { height, width, channels, kernelY, kernelX, filters, outY, outX, stride, padding }
}

/** `[N, H·W·C] · [H·W·C, OH·OW·Cout]`, where the matrix is gathered from the kernel, zero outside the window. */
function asMatrix(x: Value, w: Value, of: Geometry): Value {
  const positions = of.height * of.width
  const outs = of.outY * of.outX
  const taps: number[] = []
  const inside = new Float32Array(positions * outs)
  for (let p = 0; p < positions; p++) {
    for (let q = 0; q < outs; q++) {
      const tap = tapOf(of, p, q)
      if (tap >= 0) inside[p * outs + q] = 1
      taps.push(Math.max(tap, 0))
    }
  }
  const kernel = reshape(w, [of.kernelY * of.kernelX, of.channels * of.filters])
  const index = integerConstant(x.graph, taps)
  const window = constant(x.graph, tensor('float32', [positions * outs, 1], inside))
  const banded = reshape(mul(gather(kernel, index, 0), window), [
    positions,
    outs,
    of.channels,
    of.filters,
  ])
  const matrix = reshape(transpose(banded, [0, 2, 1, 3]), [
    positions * of.channels,
    outs * of.filters,
  ])
  const rows = reshape(x, [x.shape[0], -1])
  return reshape(matmul(rows, matrix), [x.shape[0], of.outY, of.outX, of.filters])
}

/** Which kernel position joins an image position to an output position; -1 for none. */
function tapOf(of: Geometry, position: number, out: number): number {
  const y = Math.floor(position / of.width) + of.padding[0]
  const x = (position % of.width) + of.padding[1]
  const dy = y - Math.floor(out / of.outX) * of.stride[0]
  const dx = x - (out % of.outX) * of.stride[1]
  const hit = dy >= 0 && dy < of.kernelY && dx >= 0 && dx < of.kernelX
  return hit ? dy * of.kernelX + dx : -1
}

/** Rows, then columns, are gathered into patches `[N, OH, OW, kh·kw·Cin]`, which one product maps to filters. */
function overPatches(x: Value, w: Value, of: Geometry): Value {
  const padded = pad(pad(x, 1, of.padding[0], of.padding[0]), 2, of.padding[1], of.padding[1])
  const windows = (outs: number, stride: number, kernel: number) =>
    integerConstant(
      x.graph,
      Array.from({ length: outs * kernel }, (_, i) => {
        return Math.floor(i / kernel) * stride + (i % kernel)
      }),
      [outs, kernel],
    )
  const rows = gather(padded, windows(of.outY, of.stride[0], of.kernelY), 1)
  const patches = gather(rows, windows(of.outX, of.stride[1], of.kernelX), 3)
  const ordered = transpose(patches, [0, 1, 3, 2, 4, 5])
  const size = of.kernelY * of.kernelX * of.channels
  const product = matmul(reshape(ordered, [-1, size]), reshape(w, [size, of.filters]))
  return reshape(product, [x.shape[0], of.outY, of.outX, of.filters])
}
