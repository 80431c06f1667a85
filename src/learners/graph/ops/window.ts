import { AgonError } from '../../../core/errors.ts'
import type { Shape } from '../dims.ts'
import { knownSize, shapeError } from '../shape.ts'

/** Around an image: `before` at the top or left, `after` at the bottom or right. */
export type Margins = readonly [before: number, after: number]

export interface WindowOptions {
  /** Default 1. */
  readonly stride?: number | readonly [number, number]
  /**
   * Around the image: the same everywhere, `[rows, columns]`, or `same`, with which ⌈size/stride⌉ windows fit; an odd margin
   * is larger at the end, as TensorFlow has it. Default 0.
   */
  readonly padding?: number | readonly [number, number] | 'same'
}

/** Where windows lie along rows and columns of an image. */
export interface Windows {
  readonly kernel: readonly [number, number]
  readonly stride: readonly [number, number]
  readonly dilation: readonly [number, number]
  readonly margins: readonly [Margins, Margins]
}

const pair = (of: number | readonly [number, number]): readonly [number, number] =>
  typeof of === 'number' ? [of, of] : of

/**
 * Windows of `kernel` over `x [N, C, H, W]`.
 * @throws AgonError `graph/convolution` for sizes that are none, `graph/shape` where not one window fits
 */
export function windowsOver(
  op: string,
  x: Shape,
  kernel: readonly [number, number],
  { stride: given = 1, padding = 0 }: WindowOptions,
): Windows {
  const stride = pair(given)
  const around = padding === 'same' ? [0, 0] : pair(padding)
  if (
    [...kernel, ...stride, ...around.map((p) => p + 1)].some((v) => !Number.isInteger(v) || v < 1)
  )
    throw new AgonError(
      'graph/convolution',
      `${op}: kernel ${kernel}, stride ${stride}, padding ${padding}`,
      { remedy: 'kernels and strides are whole numbers from 1, paddings from 0' },
    )
  const margins = [0, 1].map((axis): Margins => {
    if (padding !== 'same') return [around[axis], around[axis]]
    const size = knownSize(op, x, axis + 2)
    const count = Math.ceil(size / stride[axis])
    const missing = Math.max(0, (count - 1) * stride[axis] + kernel[axis] - size)
    return [Math.floor(missing / 2), Math.ceil(missing / 2)]
  })
  const windows: Windows = {
    kernel,
    stride,
    dilation: [1, 1],
    margins: [margins[0], margins[1]],
  }
  const sizes = [0, 1].map((axis) => windowCount(windows, axis, knownSize(op, x, axis + 2)))
  if (sizes.some((size) => size < 1))
    throw shapeError(op, `an image of at least ${kernel.join(' × ')}`, [x])
  return windows
}

/** How many windows fit along an axis (0 down, 1 across) of `size` elements. */
export function windowCount(of: Windows, axis: number, size: number): number {
  const reach = (of.kernel[axis] - 1) * of.dilation[axis] + 1
  const [before, after] = of.margins[axis]
  return Math.floor((size + before + after - reach) / of.stride[axis]) + 1
}

/** The attributes that ONNX's convolutions and poolings share. */
export function windowAttributes({ kernel, stride, dilation, margins }: Windows) {
  const [[top, bottom], [left, right]] = margins
  return {
    kernel_shape: [...kernel],
    strides: [...stride],
    dilations: [...dilation],
    pads: [top, left, bottom, right],
  }
}

/**
 * Calls `visit` for every element of every window: of output position `[oy, ox]`, kernel position `[ky, kx]`, and the element
 * `[y, x]` of an image of `height` × `width` that it lies on. What lies in the margins is left out.
 */
export function walkWindows(
  of: Windows,
  height: number,
  width: number,
  visit: (out: number, tap: number, at: number) => void,
): void {
  const across = windowCount(of, 1, width)
  const down = windowCount(of, 0, height)
  for (let out = 0; out < down * across; out++) {
    const top = Math.floor(out / across) * of.stride[0] - of.margins[0][0]
    const left = (out % across) * of.stride[1] - of.margins[1][0]
    for (let tap = 0; tap < of.kernel[0] * of.kernel[1]; tap++) {
      const y = top + Math.floor(tap / of.kernel[1]) * of.dilation[0]
      const x = left + (tap % of.kernel[1]) * of.dilation[1]
      if (y >= 0 && y < height && x >= 0 && x < width) visit(out, tap, y * width + x)
    }
  }
}
