import { AgonError } from '../../core/errors.ts'
import { elementCount, type TensorSpec } from '../../core/tensor.ts'
import * as g from '../graph/index.ts'
import { ZEROS } from './init.ts'
import type { InitTable } from './inits.ts'
import type { SegmentSpec } from './segments.ts'

export type Parameters = Readonly<Record<string, g.Value>>

/** Turns one raw observation into features, inside the graph. */
export interface Encoder {
  readonly observation: string
  readonly segments: readonly SegmentSpec[]
  readonly features: number
  /** What it does to raw values, for the policy card; absent where nothing. */
  readonly normalisation?: string
  /** `[N, …spec.shape]` → `[N, features]`. */
  apply(parameters: Parameters, x: g.Value): g.Value
}

export interface EncoderOptions {
  readonly filters: number
  readonly kernel: number
  readonly embedding: number
  /** Divisors by observation name, over the default: the declared upper bound, or 255 for bytes without one. */
  readonly scale: Readonly<Record<string, number>>
}

/**
 * The encoder an observation's shape and dtype ask for: a bounded integer scalar is embedded; a rank-3 tensor
 * `[h, w, c]` not smaller than the kernel goes through a convolution; anything else is scaled and flattened.
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
  if (integer && scalar && spec.low !== undefined && spec.high !== undefined)
    return embeddingEncoder(name, input, spec.low, spec.high, options.embedding, inits)
  const [height, width] = spec.shape
  if (spec.shape.length === 3 && Math.min(height, width) >= options.kernel)
    return convolutionEncoder(name, input, spec, options, inits)
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
  { filters, kernel, ...options }: EncoderOptions,
  inits: InitTable,
): Encoder {
  const [height, width, channels] = spec.shape
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
    ...scaleNote(name, by),
    apply(parameters, x) {
      const maps = g.conv2d(scaled(x, by), parameters[w.name], { stride: 1, padding: 0 })
      return g.reshape(g.relu(g.add(maps, parameters[b.name])), [-1, features])
    },
  }
}

function flatEncoder(name: string, spec: TensorSpec, options: EncoderOptions): Encoder {
  const features = elementCount(spec.shape)
  const by = divisor(name, spec, options)
  return {
    observation: name,
    segments: [],
    features,
    ...scaleNote(name, by),
    apply: (_, x) => g.reshape(scaled(x, by), [-1, features]),
  }
}
