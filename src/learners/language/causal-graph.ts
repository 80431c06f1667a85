import { type NamedTensors, tensor } from '../../core/tensor.ts'
import * as g from '../graph/index.ts'
import type { Values } from '../trainer/contract.ts'
import {
  barsOf,
  type TransformerShape,
  transformerLayout,
  transformerLogits,
} from './transformer.ts'

/** Rows that hold several texts each, one after another. */
export interface PackedInputs {
  /** int32 `[B, T]`, as the others. */
  readonly tokens: g.Value
  /** Where a token stands in its own text. */
  readonly places: g.Value
  /** Which text of its row a token is of. */
  readonly texts: g.Value
}

/** Logits `[B·T, V]` over rows that hold several texts each; a token sees its own text alone. */
export function packedLogits(
  shape: TransformerShape,
  p: Values,
  { tokens, places, texts }: PackedInputs,
): g.Value {
  const [rows, length] = tokens.shape as readonly number[]
  const flat = (of: g.Value): g.Value => g.reshape(of, [rows * length])
  // A product with one-hot rows: its gradient is one too, and needs no scattering.
  const looked = (name: string, at: g.Value, count: number): g.Value =>
    g.gemm(g.oneHot(flat(at), count), p[name])
  const same = g.equal(g.reshape(texts, [rows, length, 1]), g.reshape(texts, [rows, 1, length]))
  const allowed = g.logicalAnd(same, g.constant(tokens.graph, causal(length)))
  return transformerLogits(shape, p, {
    embedded: g.add(
      looked('embed/token', tokens, shape.vocabulary),
      looked('embed/place', places, shape.context),
    ),
    bars: g.reshape(barsOf(allowed), [rows, 1, length, length]),
    rows,
    length,
  })
}

/**
 * The model as a file runs it: input `tokens`, int64 `[B, T]` with T up to the context; output `logits`, float32 `[B, T, V]`. What
 * stands after a token changes nothing of its logits, so shorter texts are filled up on the right.
 */
export function causalOnnx(shape: TransformerShape, weights: NamedTensors): Uint8Array {
  const graph = g.createGraph()
  const tokens = g.input(graph, 'tokens', 'int64', ['B', 'T'])
  const p = parameterInputs(graph, shape)
  const placed = g.add(g.embedding(p['embed/token'], tokens), g.slice(p['embed/place'], 0, 0, 'T'))
  const all = g.constant(graph, causal(shape.context))
  const bars = barsOf(g.slice(g.slice(all, 0, 0, 'T'), 1, 0, 'T'))
  const logits = transformerLogits(shape, p, {
    embedded: g.reshape(placed, [-1, shape.width]),
    bars,
    rows: 'B',
    length: 'T',
  })
  return g.toOnnx(
    graph,
    { logits: g.reshape(logits, ['B', 'T', shape.vocabulary]) },
    { initializers: weights },
  )
}

/** The parameters as inputs of a graph, by segment name. */
export function parameterInputs(graph: g.Graph, shape: TransformerShape): Values {
  return Object.fromEntries(
    transformerLayout(shape).segments.map((segment) => [
      segment.name,
      g.input(graph, segment.name, 'float32', segment.shape),
    ]),
  )
}

/** bool `[size, size]`: a row may look at the columns up to its own. */
function causal(size: number) {
  const allowed = tensor('bool', [size, size])
  for (let row = 0; row < size; row++) allowed.data.fill(1, row * size, row * size + row + 1)
  return allowed
}
