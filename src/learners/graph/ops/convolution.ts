import { array64 } from '../array.ts'
import type { Shape } from '../dims.ts'
import { type Array64, addNode, type Value } from '../graph.ts'
import { FLOATS, knownSize, requireDType, shapeError } from '../shape.ts'
import { reduceSum } from './reduce.ts'
import { slice } from './slice.ts'
import { transpose } from './transpose.ts'
import {
  type WindowOptions,
  type Windows,
  walkWindows,
  windowAttributes,
  windowCount,
  windowsOver,
} from './window.ts'

export interface ConvolutionOptions extends WindowOptions {
  /** `[Cout]`, added to every position. */
  readonly bias?: Value
}

/**
 * Cross-correlation of images with channels first, as ONNX's own `Conv` computes it: `x [N, Cin, H, W]`,
 * `w [Cout, Cin, kh, kw]` → `[N, Cout, OH, OW]`. Nothing is gathered into patches, forward or backward: the gradient of `x`
 * is a transposed convolution, that of `w` a convolution over the batch.
 *
 * @throws AgonError `graph/shape`, `graph/convolution`
 */
export function convolution(x: Value, w: Value, options: ConvolutionOptions = {}): Value {
  const op = 'convolution'
  requireDType(op, x, FLOATS)
  requireDType(op, w, [x.dtype])
  if (x.shape.length !== 4 || w.shape.length !== 4 || x.shape[1] !== w.shape[1])
    throw shapeError(op, 'x [N, Cin, H, W] and w [Cout, Cin, kh, kw]', [x.shape, w.shape])
  const { bias } = options
  if (bias !== undefined && (bias.shape.length !== 1 || bias.shape[0] !== w.shape[0]))
    throw shapeError(op, `a bias of [${w.shape[0]}]`, [bias.shape])
  const kernel = [knownSize(op, w.shape, 2), knownSize(op, w.shape, 3)] as const
  return convolve(x, w, windowsOver(op, x.shape, kernel, options), bias)
}

const spatial = (of: Value, axis: number): number => knownSize('convolution', of.shape, axis + 2)

function convolve(x: Value, w: Value, of: Windows, bias?: Value): Value {
  const sizes = [0, 1].map((axis) => windowCount(of, axis, spatial(x, axis)))
  const type = { dtype: x.dtype, shape: [x.shape[0], w.shape[0], ...sizes] }
  const inputs = bias === undefined ? [x, w] : [x, w, bias]
  const [y] = addNode(x.graph, 'convolution', inputs, [type], {
    evaluate: ([image, kernel, shift]) => [correlate(image, kernel, of, shift)],
    gradient: ([g]) =>
      g === undefined
        ? []
        : [
            spread(g, w, of, x.shape),
            kernelGradient(x, g, of),
            ...(bias === undefined ? [] : [reduceSum(g, [0, 2, 3], false)]),
          ],
    emit: (e, inputs, outputs) => void e.node('Conv', inputs, outputs, windowAttributes(of)),
  })
  return y
}

/** The gradient of an image of shape `image`: what each output got is given back to where it came from. */
function spread(g: Value, w: Value, of: Windows, image: Shape): Value {
  const type = { dtype: g.dtype, shape: image }
  const [y] = addNode(g.graph, 'spread', [g, w], [type], {
    evaluate: ([outer, kernel]) => [scatter(outer, kernel, of, spatials(image))],
    gradient: ([h]) => [h && convolve(h, w, of), h && kernelGradient(h, g, of)],
    emit: (e, inputs, outputs) => {
      const attributes = windowAttributes(of)
      const left = [0, 1].map((axis) => unreached(of, axis, g, image))
      e.node('ConvTranspose', inputs, outputs, { ...attributes, output_padding: left })
    },
  })
  return y
}

const spatials = (image: Shape): readonly [number, number] => [
  knownSize('convolution', image, 2),
  knownSize('convolution', image, 3),
]

/** Elements at the end of an axis that no window lies on, for want of a whole stride. */
function unreached(of: Windows, axis: number, g: Value, image: Shape): number {
  const reach = (of.kernel[axis] - 1) * of.dilation[axis] + 1
  const [before, after] = of.margins[axis]
  const covered = (spatial(g, axis) - 1) * of.stride[axis] + reach
  return spatials(image)[axis] + before + after - covered
}

/**
 * `Σ_n,o g[n, f, o] · x[n, c, o·stride + k·dilation]`: a convolution in which images are channels, outputs the kernel, and
 * stride and dilation change places.
 */
function kernelGradient(x: Value, g: Value, of: Windows): Value {
  const turned = [1, 0, 2, 3]
  const swapped: Windows = {
    kernel: [spatial(g, 0), spatial(g, 1)],
    stride: of.dilation,
    dilation: of.stride,
    margins: of.margins,
  }
  const sums = convolve(transpose(x, turned), transpose(g, turned), swapped)
  const [rows, columns] = of.kernel
  return transpose(slice(slice(sums, 2, 0, rows), 3, 0, columns), turned)
}

/** The reference: index by index. */
function correlate(x: Array64, w: Array64, of: Windows, bias?: Array64): Array64 {
  const [count, channels, height, width] = x.shape
  const [filters] = w.shape
  const sizes = [windowCount(of, 0, height), windowCount(of, 1, width)]
  const out = array64([count, filters, ...sizes])
  const outs = sizes[0] * sizes[1]
  if (bias !== undefined)
    for (let plane = 0; plane < count * filters; plane++)
      out.data.fill(bias.data[plane % filters], plane * outs, (plane + 1) * outs)
  eachPair(count, filters, channels, (n, f, c) => {
    walkWindows(of, height, width, (o, tap, at) => {
      out.data[(n * filters + f) * outs + o] +=
        x.data[(n * channels + c) * height * width + at] *
        w.data[(f * channels + c) * of.kernel[0] * of.kernel[1] + tap]
    })
  })
  return out
}

function scatter(
  g: Array64,
  w: Array64,
  of: Windows,
  [height, width]: readonly [number, number],
): Array64 {
  const [count, filters, down, across] = g.shape
  const channels = w.shape[1]
  const out = array64([count, channels, height, width])
  eachPair(count, filters, channels, (n, f, c) => {
    walkWindows(of, height, width, (o, tap, at) => {
      out.data[(n * channels + c) * height * width + at] +=
        g.data[(n * filters + f) * down * across + o] *
        w.data[(f * channels + c) * of.kernel[0] * of.kernel[1] + tap]
    })
  })
  return out
}

function eachPair(
  count: number,
  filters: number,
  channels: number,
  visit: (n: number, f: number, c: number) => void,
): void {
  for (let n = 0; n < count; n++)
    for (let f = 0; f < filters; f++) for (let c = 0; c < channels; c++) visit(n, f, c)
}
