import { AgonError } from '../../core/errors.ts'
import type { RandomStream } from '../../core/random.ts'
import { elementCount } from '../../core/tensor.ts'
import { fillStateSpace, type StateSpaceInit } from './state-space-init.ts'

/** How a parameter tensor starts. Shapes are `[…fan-in axes, fan-out]`: the last axis is the output. */
export type Init =
  | { readonly kind: 'constant'; readonly value: number }
  /** U(−bound, bound). */
  | { readonly kind: 'uniform'; readonly bound: number }
  /** Normal of variance 1/fan-in, truncated at two deviations (LeCun et al. 1998; variance-corrected). */
  | { readonly kind: 'lecun-normal' }
  /** U(±√(6/(fan-in + fan-out))) (Glorot and Bengio 2010); the kernel area counts in both fans. */
  | { readonly kind: 'xavier-uniform' }
  /**
   * Saxe et al. 2014: a uniformly distributed (Haar) matrix with orthonormal rows or columns, times `gain`.
   * `blocks` cuts the output axis into equal parts, each orthogonal by itself: the gates of a recurrent cell.
   */
  | { readonly kind: 'orthogonal'; readonly gain: number; readonly blocks?: number }
  | { readonly kind: 'normal'; readonly deviation: number }
  /** The logarithm of what lies between both, uniform in it. */
  | { readonly kind: 'log-uniform'; readonly low: number; readonly high: number }
  | StateSpaceInit

export const ZEROS: Init = { kind: 'constant', value: 0 }
export const orthogonal = (gain: number, blocks = 1): Init => ({
  kind: 'orthogonal',
  gain,
  blocks,
})

/** Standard deviation of a standard normal truncated at ±2. */
const TRUNCATED_DEVIATION = 0.87962566103423978

function fans(shape: readonly number[]): readonly [number, number] {
  const kernel = elementCount(shape.slice(0, -2))
  return [kernel * (shape.at(-2) ?? 1), kernel * (shape.at(-1) ?? 1)]
}

/** Fills `out` (a view of `shape`) from `stream`; computed in float64, stored as float32. */
export function initialise(
  out: Float32Array,
  shape: readonly number[],
  init: Init,
  stream: RandomStream,
): void {
  const [fanIn, fanOut] = fans(shape)
  switch (init.kind) {
    case 'constant':
      out.fill(init.value)
      return
    case 'uniform':
      fillUniform(out, init.bound, stream)
      return
    case 'xavier-uniform':
      fillUniform(out, Math.sqrt(6 / (fanIn + fanOut)), stream)
      return
    case 'lecun-normal':
      fillTruncated(out, 1 / (Math.sqrt(fanIn) * TRUNCATED_DEVIATION), stream)
      return
    case 'orthogonal':
      fillOrthogonal(out, shape, init.gain, init.blocks ?? 1, stream)
      return
    case 'normal':
      for (let i = 0; i < out.length; i++) out[i] = init.deviation * stream.normal()
      return
    case 'log-uniform': {
      const [low, high] = [Math.log(init.low), Math.log(init.high)]
      for (let i = 0; i < out.length; i++) out[i] = low + (high - low) * stream.uniform()
      return
    }
    default:
      fillStateSpace(out, shape, init, () => truncatedNormal(stream) / TRUNCATED_DEVIATION)
  }
}

function fillUniform(out: Float32Array, bound: number, stream: RandomStream): void {
  for (let i = 0; i < out.length; i++) out[i] = (2 * stream.uniform() - 1) * bound
}

function fillTruncated(out: Float32Array, deviation: number, stream: RandomStream): void {
  for (let i = 0; i < out.length; i++) out[i] = truncatedNormal(stream) * deviation
}

function truncatedNormal(stream: RandomStream): number {
  let draw = stream.normal()
  while (Math.abs(draw) > 2) draw = stream.normal()
  return draw
}

function fillOrthogonal(
  out: Float32Array,
  shape: readonly number[],
  gain: number,
  blocks: number,
  stream: RandomStream,
): void {
  const columns = shape.at(-1) ?? 1
  const rows = out.length / columns
  const width = columns / blocks
  if (!Number.isInteger(width))
    throw new AgonError('init/blocks', `${columns} outputs cannot be cut into ${blocks} blocks`)
  for (let block = 0; block < blocks; block++) {
    const vectors = orthonormal(Math.min(rows, width), Math.max(rows, width), stream)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < width; column++)
        out[row * columns + block * width + column] =
          gain * (rows >= width ? vectors[column][row] : vectors[row][column])
  }
}

/**
 * `count` orthonormal vectors of `length` ≥ `count`: modified Gram–Schmidt over normal draws in float64. Equal to the
 * Q of a QR factorisation whose R has a positive diagonal, hence uniform over orthonormal frames.
 */
export function orthonormal(count: number, length: number, stream: RandomStream): Float64Array[] {
  const vectors: Float64Array[] = []
  for (let i = 0; i < count; i++) {
    const vector = new Float64Array(length)
    for (let k = 0; k < length; k++) vector[k] = stream.normal()
    for (const earlier of vectors) {
      let dot = 0
      for (let k = 0; k < length; k++) dot += earlier[k] * vector[k]
      for (let k = 0; k < length; k++) vector[k] -= dot * earlier[k]
    }
    let square = 0
    for (let k = 0; k < length; k++) square += vector[k] * vector[k]
    const scale = 1 / Math.sqrt(square)
    for (let k = 0; k < length; k++) vector[k] *= scale
    vectors.push(vector)
  }
  return vectors
}
