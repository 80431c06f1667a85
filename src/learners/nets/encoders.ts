import { AgonError } from '../../core/errors.ts'
import { elementCount, type TensorSpec } from '../../core/tensor.ts'
import * as g from '../graph/index.ts'
import {
  type Channels,
  channelsFirst,
  channelsLast,
  type ImageAxes,
  imageAxes,
} from './image-axes.ts'
import {
  ENCODERS,
  type EncoderName,
  type ImageLayer,
  imageFits,
  imageStack,
} from './image-layers.ts'
import { ZEROS } from './init.ts'
import type { InitTable } from './inits.ts'
import type { SegmentSpec } from './segments.ts'

export type Parameters = Readonly<Record<string, g.Value>>

/** Turns one raw observation into features, inside the graph. */
export interface Encoder {
  readonly observation: string
  readonly segments: readonly SegmentSpec[]
  readonly features: number
  /** Floating-point operations of one row, forwards. */
  readonly flops: number
  /** float32 values that the gradient of one row holds at its peak. */
  readonly kept: number
  /** What it does to raw values, for the policy card; absent where nothing. */
  readonly normalisation?: string
  /** `[N, …spec.shape]` → `[N, features]`. */
  apply(parameters: Parameters, x: g.Value): g.Value
}

export interface EncoderOptions {
  readonly filters: number
  readonly kernel: number
  /** Instead of one convolution of `filters` and `kernel`: layers by name, or one's own. */
  readonly encoder?: EncoderName
  readonly layers?: readonly ImageLayer[]
  /** Default auto. */
  readonly channels?: Channels
  readonly embedding: number
  /** Divisors by observation name, over the default: the declared upper bound, or 255 for bytes without one. */
  readonly scale: Readonly<Record<string, number>>
}

/** The layers that images go through; undefined for the single convolution. */
export const layersOf = ({ encoder, layers }: EncoderOptions): readonly ImageLayer[] | undefined =>
  layers ?? (encoder === undefined ? undefined : ENCODERS[encoder])

/** The observation as an image that the options' convolutions fit into, else null. */
export function encodedImage(spec: TensorSpec, options: EncoderOptions): ImageAxes | null {
  const axes = imageAxes(spec.shape, options.channels ?? 'auto')
  if (axes === null) return null
  const layers = layersOf(options)
  const fits =
    layers === undefined
      ? Math.min(axes.height, axes.width) >= options.kernel
      : imageFits(axes, layers)
  return fits ? axes : null
}

/** A table of more rows would learn next to nothing of each: such a number is read as one. */
const MOST_EMBEDDED = 100_000

/**
 * The encoder an observation's shape and dtype ask for: a bounded integer scalar is embedded, unless it has more than
 * 100 000 values; an image (a rank-3 tensor) not smaller than the kernel goes through convolutions; anything else is scaled
 * and flattened.
 * @param input what the graph calls it; parameters are named after that
 */
export function encoderFor(
  name: string,
  input: string,
  spec: TensorSpec,
  options: EncoderOptions,
  inits: InitTable,
): Encoder {
  const integer = spec.dtype !== 'float32' && spec.dtype !== 'float64'
  const scalar = elementCount(spec.shape) === 1
  if (spec.dtype === 'int64' || spec.dtype === 'float64')
    throw new AgonError('network/observation', `observation '${name}' is ${spec.dtype}`, {
      remedy: 'use float32, int32, uint8 or bool',
      place: name,
    })
  if (integer && scalar && spec.low !== undefined && spec.high !== undefined) {
    if (spec.high - spec.low < MOST_EMBEDDED)
      return embeddingEncoder(name, input, spec.low, spec.high, options.embedding, inits)
    const largest = Math.max(Math.abs(spec.low), Math.abs(spec.high))
    return flatEncoder(name, spec, { ...options, scale: { [name]: largest, ...options.scale } })
  }
  const axes = encodedImage(spec, options)
  const layers = layersOf(options)
  if (axes !== null)
    return layers === undefined
      ? convolutionEncoder(name, input, spec, axes, options, inits)
      : layeredEncoder(name, input, spec, axes, { ...options, layers }, inits)
  return flatEncoder(name, spec, options)
}

function divisor(name: string, spec: TensorSpec, options: EncoderOptions): number {
  const given = options.scale[name]
  if (given !== undefined) return given
  if (spec.dtype !== 'uint8') return 1
  return spec.high ?? 255
}

/** Raw values as float32, divided; also the words for the card. */
function scaled(x: g.Value, by: number): g.Value {
  const floats = x.dtype === 'float32' ? x : g.cast(x, 'float32')
  return by === 1 ? floats : g.div(floats, by)
}

const scaleNote = (name: string, by: number): { normalisation?: string } =>
  by === 1 ? {} : { normalisation: `${name} ÷ ${by}` }

function embeddingEncoder(
  name: string,
  input: string,
  low: number,
  high: number,
  features: number,
  inits: InitTable,
): Encoder {
  const count = high - low + 1
  const table = {
    name: `${input}/embedding`,
    shape: [count, features],
    init: inits.embedding(count),
  }
  const bias = inits.embeddingBias && {
    name: `${input}/bias`,
    shape: [features],
    init: inits.embeddingBias(count),
  }
  return {
    observation: name,
    segments: bias === undefined ? [table] : [table, bias],
    features,
    flops: 0,
    kept: features,
    normalisation: `${name} embedded`,
    apply(parameters, x) {
      const flat = g.reshape(g.cast(x, 'int32'), [-1])
      const index = low === 0 ? flat : g.sub(flat, low)
      const found = g.embedding(parameters[table.name], index)
      return bias === undefined ? found : g.add(found, parameters[bias.name])
    },
  }
}

function convolutionEncoder(
  name: string,
  input: string,
  spec: TensorSpec,
  axes: ImageAxes,
  { filters, kernel, ...options }: EncoderOptions,
  inits: InitTable,
): Encoder {
  const { height, width, channels } = axes
  const features = (height - kernel + 1) * (width - kernel + 1) * filters
  const by = divisor(name, spec, { filters, kernel, ...options })
  const w = {
    name: `${input}/kernel`,
    shape: [kernel, kernel, channels, filters],
    init: inits.convolution,
  }
  const b = { name: `${input}/bias`, shape: [filters], init: ZEROS }
  return {
    observation: name,
    segments: [w, b],
    features,
    flops: 2 * kernel ** 2 * channels * features,
    // The pixels as float32, their patches, and the maps before and after ReLU.
    kept: elementCount(spec.shape) + (kernel ** 2 * channels * features) / filters + 2 * features,
    ...scaleNote(name, by),
    apply(parameters, x) {
      const image = channelsLast(scaled(x, by), axes)
      const maps = g.conv2d(image, parameters[w.name], { stride: 1, padding: 0 })
      return g.reshape(g.relu(g.add(maps, parameters[b.name])), [-1, features])
    },
  }
}

/** Measured on both named encoders: beside every value there is its gradient, and what a kernel's gradient has turned. */
const LAYERED = 2.6

function layeredEncoder(
  name: string,
  input: string,
  spec: TensorSpec,
  axes: ImageAxes,
  options: EncoderOptions & { readonly layers: readonly ImageLayer[] },
  inits: InitTable,
): Encoder {
  const by = divisor(name, spec, options)
  const stack = imageStack(input, axes, options.layers, inits)
  return {
    observation: name,
    segments: stack.segments,
    features: stack.features,
    flops: stack.flops,
    kept: Math.round(LAYERED * (elementCount(spec.shape) + stack.kept)),
    ...scaleNote(name, by),
    // Bytes are turned before they are widened: a quarter of the memory to move.
    apply: (parameters, x) => stack.apply(parameters, scaled(channelsFirst(x, axes), by)),
  }
}

function flatEncoder(name: string, spec: TensorSpec, options: EncoderOptions): Encoder {
  const features = elementCount(spec.shape)
  const by = divisor(name, spec, options)
  return {
    observation: name,
    segments: [],
    features,
    flops: 0,
    kept: features,
    ...scaleNote(name, by),
    apply: (_, x) => g.reshape(scaled(x, by), [-1, features]),
  }
}
