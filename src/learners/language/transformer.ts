import * as g from '../graph/index.ts'
import { type Init, ZEROS } from '../nets/init.ts'
import { type Layout, layoutOf, type SegmentSpec } from '../nets/segments.ts'
import type { Values } from '../trainer/contract.ts'

/** A decoder-only transformer: pre-norm blocks, learnt places, the head tied to the table of tokens. */
export interface TransformerShape {
  /** V: tokens that there are. */
  readonly vocabulary: number
  /** C: most tokens of a text. */
  readonly context: number
  readonly layers: number
  /** D: numbers of a token on its way; a multiple of `heads`. */
  readonly width: number
  readonly heads: number
}

/** What attends to what: 0 where a token may look, this where it may not. Finite, so that a row of these alone stays finite. */
const BARRED = -1e9
const ONES: Init = { kind: 'constant', value: 1 }
const normal = (deviation: number): Init => ({ kind: 'normal', deviation })

/**
 * Segments as GPT-2 has them (Radford et al. 2019): normal with deviation 0.02, what goes back into the stream divided by
 * √(2·layers).
 */
export function transformerLayout({
  vocabulary,
  context,
  layers,
  width,
}: TransformerShape): Layout {
  const norm = (name: string): SegmentSpec[] => [
    { name: `${name}/scale`, shape: [width], init: ONES },
    { name: `${name}/bias`, shape: [width], init: ZEROS },
  ]
  const linear = (name: string, from: number, to: number, init: Init): SegmentSpec[] => [
    { name: `${name}/w`, shape: [from, to], init },
    { name: `${name}/b`, shape: [to], init: ZEROS },
  ]
  const inward = normal(1 / Math.sqrt(width))
  const back = (from: number): Init => normal(1 / Math.sqrt(2 * layers * from))
  return layoutOf([
    { name: 'embed/token', shape: [vocabulary, width], init: normal(0.1) },
    { name: 'embed/place', shape: [context, width], init: normal(0.1) },
    ...Array.from({ length: layers }, (_, i) => [
      ...norm(`block-${i}/look`),
      ...linear(`block-${i}/ask`, width, 3 * width, inward),
      ...linear(`block-${i}/told`, width, width, back(width)),
      ...norm(`block-${i}/think`),
      ...linear(`block-${i}/wide`, width, 4 * width, inward),
      ...linear(`block-${i}/narrow`, 4 * width, width, back(4 * width)),
    ]).flat(),
    ...norm('head/norm'),
  ])
}

/** Tokens of a batch, embedded, and what they may look at. */
export interface Sequences {
  /** `[N, D]`, N = B·T. */
  readonly embedded: g.Value
  /** Added to attention before the softmax; broadcasts to `[B, heads, T, T]`. */
  readonly bars: g.Value
  readonly rows: g.Dim
  readonly length: g.Dim
}

/** Logits of the token after each: `[N, V]`. */
export function transformerLogits(
  shape: TransformerShape,
  p: Values,
  { embedded, bars, rows, length }: Sequences,
): g.Value {
  const { width, heads, layers } = shape
  const part = width / heads
  const split = (x: g.Value): g.Value =>
    g.transpose(g.reshape(x, [rows, length, heads, part]), [0, 2, 1, 3])
  const linear = (x: g.Value, name: string): g.Value => g.dense(x, p[`${name}/w`], p[`${name}/b`])
  const norm = (x: g.Value, name: string): g.Value =>
    g.layerNorm(x, p[`${name}/scale`], p[`${name}/bias`])

  let x = embedded
  for (let i = 0; i < layers; i++) {
    const block = `block-${i}`
    const asked = linear(norm(x, `${block}/look`), `${block}/ask`)
    const [query, key, value] = g.split(asked, [width, width, width], 1).map(split)
    const scores = g.matmul(g.mul(query, 1 / Math.sqrt(part)), g.transpose(key, [0, 1, 3, 2]))
    const told = g.matmul(g.softmax(g.add(scores, bars)), value)
    const joined = g.reshape(g.transpose(told, [0, 2, 1, 3]), [-1, width])
    x = g.add(x, linear(joined, `${block}/told`))
    const wide = g.gelu(linear(norm(x, `${block}/think`), `${block}/wide`))
    x = g.add(x, linear(wide, `${block}/narrow`))
  }
  return g.gemm(norm(x, 'head/norm'), p['embed/token'], { transposeB: true })
}

/** `true` allows: `[…, T, T]` → 0 and a number so low that nothing is left of it after a softmax. */
export function barsOf(allowed: g.Value): g.Value {
  return g.mul(g.sub(1, g.cast(allowed, 'float32')), BARRED)
}
