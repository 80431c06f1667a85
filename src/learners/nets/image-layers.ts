import { AgonError } from '../../core/errors.ts'
import * as g from '../graph/index.ts'
import type { ImageAxes } from './image-axes.ts'
import { ZEROS } from './init.ts'
import type { InitTable } from './inits.ts'
import type { SegmentSpec } from './segments.ts'

type Padding = number | 'same'

/** One layer over images `[N, C, H, W]`; `dense` flattens them, and only more of its kind may follow. */
export type ImageLayer =
  | {
      readonly kind: 'convolution'
      readonly filters: number
      readonly kernel: number
      readonly stride: number
      readonly padding: Padding
      /** Default relu. */
      readonly activation?: 'relu' | 'none'
    }
  /** The largest of each window. */
  | {
      readonly kind: 'pool'
      readonly kernel: number
      readonly stride: number
      readonly padding: Padding
    }
  /** `x + conv(relu(conv(relu(x))))`, 3 × 3 without change of size, so many times. */
  | { readonly kind: 'residual'; readonly blocks: number }
  | { readonly kind: 'relu' }
  /** With ReLU. */
  | { readonly kind: 'dense'; readonly units: number }

export type EncoderName = 'nature' | 'impala'

const nature = (filters: number, kernel: number, stride: number): ImageLayer => ({
  kind: 'convolution',
  filters,
  kernel,
  stride,
  padding: 0,
})

const impala = (filters: number): readonly ImageLayer[] => [
  { kind: 'convolution', filters, kernel: 3, stride: 1, padding: 'same', activation: 'none' },
  { kind: 'pool', kernel: 3, stride: 2, padding: 'same' },
  { kind: 'residual', blocks: 2 },
]

/** Mnih et al. 2015 ("Human-level control …"), and the residual network of Espeholt et al. 2018 (IMPALA, figure 3). */
export const ENCODERS: Readonly<Record<EncoderName, readonly ImageLayer[]>> = {
  nature: [nature(32, 8, 4), nature(64, 4, 2), nature(64, 3, 1), { kind: 'dense', units: 512 }],
  impala: [
    ...impala(16),
    ...impala(32),
    ...impala(32),
    { kind: 'relu' },
    { kind: 'dense', units: 256 },
  ],
}

/** What one image is after a layer: `[channels, height, width]`, or `[features]`. */
type Sizes = readonly number[]
type Parameters = Readonly<Record<string, g.Value>>

interface MadeLayer {
  readonly segments: readonly SegmentSpec[]
  readonly sizes: Sizes
  /** Multiplications and additions of one image, counted apart. */
  readonly flops: number
  apply(parameters: Parameters, x: g.Value): g.Value
}

/** Layers over images of one size. */
export interface ImageStack {
  readonly segments: readonly SegmentSpec[]
  readonly features: number
  readonly flops: number
  /** float32 values that the layers make of one image, those inside of residual blocks included. */
  readonly kept: number
  /** `[N, C, H, W]` → `[N, features]`. */
  apply(parameters: Parameters, x: g.Value): g.Value
}

/**
 * Whether every window of the layers fits into such an image.
 */
export function imageFits(axes: ImageAxes, layers: readonly ImageLayer[]): boolean {
  let sizes: Sizes = [axes.channels, axes.height, axes.width]
  for (const layer of layers) {
    if (sizes.length === 1 && layer.kind !== 'dense' && layer.kind !== 'relu') return true
    sizes = sizesAfter(layer, sizes)
    if (sizes.some((size) => size < 1)) return false
  }
  return true
}

/**
 * @param input names the parameters: `<input>/layer1/kernel`, …
 * @throws AgonError `network/encoder` where a layer of images follows a dense one
 */
export function imageStack(
  input: string,
  axes: ImageAxes,
  layers: readonly ImageLayer[],
  inits: InitTable,
): ImageStack {
  let sizes: Sizes = [axes.channels, axes.height, axes.width]
  let kept = 0
  const made = layers.map((layer, place) => {
    const next = makeLayer(`${input}/layer${place + 1}`, layer, sizes, inits)
    kept += keptBy(layer, sizes, next.sizes)
    sizes = next.sizes
    return next
  })
  const features = product(sizes)
  return {
    segments: made.flatMap(({ segments }) => segments),
    features,
    flops: made.reduce((sum, { flops }) => sum + flops, 0),
    kept,
    apply: (parameters, x) =>
      g.reshape(
        made.reduce((value, layer) => layer.apply(parameters, value), x),
        [-1, features],
      ),
  }
}

const product = (sizes: Sizes): number => sizes.reduce((all, size) => all * size, 1)

function windows(size: number, kernel: number, stride: number, padding: Padding): number {
  if (padding === 'same') return Math.ceil(size / stride)
  return Math.floor((size + 2 * padding - kernel) / stride) + 1
}

function sizesAfter(layer: ImageLayer, sizes: Sizes): Sizes {
  switch (layer.kind) {
    case 'convolution':
    case 'pool': {
      const [channels, ...edges] = sizes
      const { kernel, stride, padding } = layer
      const after = edges.map((size) => windows(size, kernel, stride, padding))
      return [layer.kind === 'convolution' ? layer.filters : channels, ...after]
    }
    case 'dense':
      return [layer.units]
    default:
      return sizes
  }
}

/** Values that a layer makes; a residual block makes four more images. */
const keptBy = (layer: ImageLayer, before: Sizes, after: Sizes): number =>
  layer.kind === 'residual' ? 4 * layer.blocks * product(before) : product(after)

function makeLayer(name: string, layer: ImageLayer, sizes: Sizes, inits: InitTable): MadeLayer {
  if (sizes.length === 1 && layer.kind !== 'dense' && layer.kind !== 'relu')
    throw new AgonError(
      'network/encoder',
      `a layer '${layer.kind}' takes images, and behind a dense layer there are none`,
      { remedy: 'put dense layers last', place: name },
    )
  switch (layer.kind) {
    case 'convolution':
      return convolutionLayer(name, layer, sizes, inits)
    case 'pool': {
      const { kernel, stride, padding } = layer
      const after = sizesAfter(layer, sizes)
      const apply = (_: Parameters, x: g.Value) => g.maxPool(x, kernel, { stride, padding })
      return { segments: [], sizes: after, flops: product(after) * kernel ** 2, apply }
    }
    case 'residual':
      return residualLayer(name, layer.blocks, sizes, inits)
    case 'relu':
      return { segments: [], sizes, flops: product(sizes), apply: (_, x) => g.relu(x) }
    case 'dense':
      return denseLayer(name, layer.units, product(sizes), inits)
  }
}

function convolutionLayer(
  name: string,
  layer: Extract<ImageLayer, { kind: 'convolution' }>,
  sizes: Sizes,
  inits: InitTable,
): MadeLayer {
  const { kernel, filters, stride, padding, activation = 'relu' } = layer
  const after = sizesAfter(layer, sizes)
  const w = { name: `${name}/kernel`, shape: [kernel, kernel, sizes[0], filters] }
  const b = { name: `${name}/bias`, shape: [filters], init: ZEROS }
  return {
    segments: [{ ...w, init: inits.convolution }, b],
    sizes: after,
    flops: 2 * kernel ** 2 * sizes[0] * product(after),
    apply(p, x) {
      // Kernels lie as those of every other encoder do, so that the same initial weights fit them.
      const turned = g.transpose(p[w.name], [3, 2, 0, 1])
      const y = g.convolution(x, turned, { stride, padding, bias: p[b.name] })
      return activation === 'relu' ? g.relu(y) : y
    },
  }
}

function residualLayer(name: string, blocks: number, sizes: Sizes, inits: InitTable): MadeLayer {
  const same = { kind: 'convolution', kernel: 3, stride: 1, padding: 'same' } as const
  const pairs = Array.from({ length: blocks }, (_, block) => {
    const at = `${name}/block${block + 1}`
    const plain = { ...same, filters: sizes[0], activation: 'none' } as const
    return {
      first: convolutionLayer(`${at}/first`, { ...plain, activation: 'relu' }, sizes, inits),
      second: convolutionLayer(`${at}/second`, plain, sizes, inits),
    }
  })
  return {
    segments: pairs.flatMap(({ first, second }) => [...first.segments, ...second.segments]),
    sizes,
    flops: pairs.reduce((sum, { first, second }) => sum + first.flops + second.flops, 0),
    apply: (p, x) =>
      pairs.reduce(
        (y, { first, second }) => g.add(y, second.apply(p, first.apply(p, g.relu(y)))),
        x,
      ),
  }
}

function denseLayer(name: string, units: number, features: number, inits: InitTable): MadeLayer {
  const w = { name: `${name}/kernel`, shape: [features, units], init: inits.coreInput(1) }
  const b = { name: `${name}/bias`, shape: [units], init: ZEROS }
  return {
    segments: [w, b],
    sizes: [units],
    flops: 2 * features * units,
    apply: (p, x) => g.relu(g.dense(g.reshape(x, [-1, features]), p[w.name], p[b.name])),
  }
}
