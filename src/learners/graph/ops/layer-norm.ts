import { array64 } from '../array.ts'
import { type Array64, addNode, type Value } from '../graph.ts'
import { FLOATS, requireDType, shapeError } from '../shape.ts'
import { add, div, mul, sub } from './elementwise.ts'
import { sqrt } from './math.ts'
import { reduceMean } from './mean.ts'
import { sumTo } from './reduce.ts'

function normalise(x: Array64, scale: Array64, bias: Array64, epsilon: number): Array64 {
  const size = x.shape[x.shape.length - 1]
  const out = array64(x.shape)
  for (let from = 0; from < x.data.length; from += size) {
    const row = x.data.subarray(from, from + size)
    const mean = row.reduce((sum, v) => sum + v, 0) / size
    const variance = row.reduce((sum, v) => sum + (v - mean) ** 2, 0) / size
    const factor = 1 / Math.sqrt(variance + epsilon)
    for (let i = 0; i < size; i++) {
      out.data[from + i] = (row[i] - mean) * factor * scale.data[i] + bias.data[i]
    }
  }
  return out
}

/** Layer normalisation over the last axis (Ba et al., 2016): population variance; `scale` and `bias` are `[N]`. */
export function layerNorm(x: Value, scale: Value, bias: Value, epsilon = 1e-5): Value {
  requireDType('layerNorm', x, FLOATS)
  const size = x.shape.at(-1)
  for (const parameter of [scale, bias]) {
    if (size === undefined || parameter.shape.length !== 1 || parameter.shape[0] !== size) {
      throw shapeError('layerNorm', '[..., N], scale [N] and bias [N]', [
        x.shape,
        scale.shape,
        bias.shape,
      ])
    }
  }
  const [made] = addNode(x.graph, 'layerNorm', [x, scale, bias], [x], {
    evaluate: ([p, q, r]) => [normalise(p, q, r, epsilon)],
    gradient: ([g]) => {
      if (g === undefined) return [undefined, undefined, undefined]
      const centred = sub(x, reduceMean(x, [-1], true))
      const deviation = sqrt(add(reduceMean(mul(centred, centred), [-1], true), epsilon))
      const unit = div(centred, deviation)
      const scaled = mul(g, scale)
      const along = reduceMean(mul(scaled, unit), [-1], true)
      const inner = sub(sub(scaled, reduceMean(scaled, [-1], true)), mul(unit, along))
      return [div(inner, deviation), sumTo(mul(g, unit), scale.shape), sumTo(g, bias.shape)]
    },
    emit: (e, inputs, outputs) => {
      e.node('LayerNormalization', inputs, outputs, { axis: -1, epsilon: { float: epsilon } })
    },
  })
  return made
}
