import type { BoxActions } from '../../core/action-space.ts'
import { tensor } from '../../core/tensor.ts'
import * as g from '../graph/index.ts'
import type { Distribution } from './action-distribution.ts'

/** Positions closer to an end count as so far from it, where a density could be infinitely small. */
const EDGE = 1e-6

/**
 * Independent Beta distributions, each stretched to the bounds of its number (Chou et al. 2017): with `x = (a − low)/(high − low)`,
 * `log π(a) = Σ (α − 1) ln x + (β − 1) ln(1 − x) − ln B(α, β) − ln(high − low)`,
 * `H = Σ ln B − (α − 1)ψ(α) − (β − 1)ψ(β) + (α + β − 2)ψ(α + β) + ln(high − low)`. Nothing is drawn outside the bounds.
 *
 * @param parameters `[N, 2n]`: every α, then every β; from 1, so that there is one mode
 */
export function betas(parameters: g.Value, { low, high }: BoxActions): Distribution {
  const width = low.length
  const alpha = g.slice(parameters, 1, 0, width)
  const beta = g.slice(parameters, 1, width, 2 * width)
  const sum = g.add(alpha, beta)
  const row = (values: readonly number[]): g.Value =>
    g.constant(parameters.graph, tensor('float64', [1, width], Float64Array.from(values)))
  const lows = row(low)
  const spans = row(low.map((from, i) => high[i] - from))
  const logSpans = row(low.map((from, i) => Math.log(high[i] - from)))
  const over = (each: g.Value): g.Value => g.reduceSum(each, [1], false)
  return {
    sample: (noise) => g.add(g.mul(quantile(alpha, beta, noise, width), spans), lows),
    logProb(action) {
      const x = g.clip(g.div(g.sub(action, lows), spans), EDGE, 1 - EDGE)
      const towards = g.mul(g.sub(alpha, 1), g.log(x))
      const from = g.mul(g.sub(beta, 1), g.log(g.sub(1, x)))
      return over(g.sub(g.sub(g.add(towards, from), g.logBeta(alpha, beta)), logSpans))
    },
    entropy() {
      const each = (of: g.Value, less: number): g.Value => g.mul(g.sub(of, less), g.digamma(of))
      const own = g.add(each(alpha, 1), each(beta, 1))
      return over(g.add(g.sub(g.add(g.logBeta(alpha, beta), each(sum, 2)), own), logSpans))
    },
  }
}

/** Cells of the integral: the probability under a drawn number is off by at most 2e-4 (measured). */
const CELLS = 64
/** What keeps quotients of nothing at 0. */
const TINY = 1e-30

/**
 * The number under which a share `noise` of the distribution lies, `[N, n]`. ONNX has no such function, so the density of
 * `t = logit x`, smooth and with tails that fall exponentially at rates α and β, is summed up over cells around its mode
 * (trapezoids with the correction of Euler and Maclaurin); in the cell that holds the share it is taken as linear.
 */
function quantile(alpha: g.Value, beta: g.Value, noise: g.Value, width: number): g.Value {
  const column = (of: g.Value): g.Value => g.reshape(of, [-1, 1])
  const [a, b, share] = [column(alpha), column(beta), column(noise)]
  const mode = g.sub(g.log(a), g.log(b))
  const spread = g.mul(g.sqrt(g.add(g.div(1, a), g.div(1, b))), 4)
  const low = g.sub(g.sub(mode, spread), g.div(10, a))
  const high = g.add(g.add(mode, spread), g.div(10, b))
  const cell = g.mul(g.sub(high, low), 1 / CELLS)
  const counted = Float64Array.from({ length: CELLS + 1 }, (_, k) => k)
  const nodes = g.constant(alpha.graph, tensor('float64', [1, CELLS + 1], counted))
  const t = g.add(low, g.mul(cell, nodes))

  const depth = (at: g.Value): g.Value =>
    g.add(g.mul(a, g.softplus(g.neg(at))), g.mul(b, g.softplus(at)))
  const density = g.exp(g.sub(depth(mode), depth(t)))
  const slope = g.mul(density, g.sub(a, g.mul(g.add(a, b), g.sigmoid(t))))
  const left = (of: g.Value): g.Value => g.slice(of, 1, 0, CELLS)
  const right = (of: g.Value): g.Value => g.slice(of, 1, 1)
  const trapezoid = g.mul(g.add(left(density), right(density)), 0.5)
  const bend = g.mul(g.mul(g.sub(left(slope), right(slope)), cell), 1 / 12)
  const mass = g.maximum(g.add(trapezoid, bend), 0)

  const below = g.cumsum(mass, 1)
  const wanted = g.mul(share, g.slice(below, 1, CELLS - 1))
  const passed = g.cast(g.lessEqual(g.slice(below, 1, 0, CELLS - 1), wanted), 'float32')
  const at = g.cast(g.reduceSum(passed, [1], false), 'int32')
  const here = (of: g.Value): g.Value => column(g.takeLast(of, at))
  const [own, first, last] = [here(mass), here(left(density)), here(right(density))]
  const rest = g.sub(wanted, here(g.sub(below, mass)))
  const part = g.mul(g.clip(g.div(rest, g.maximum(own, TINY)), 0, 1), g.add(first, last))
  // Where a line from `first` to `last` has that part of its area on the left.
  const root = g.sqrt(g.maximum(g.add(g.square(first), g.mul(g.sub(last, first), part)), 0))
  const into = g.div(part, g.maximum(g.add(first, root), TINY))
  return g.reshape(g.sigmoid(g.add(here(left(t)), g.mul(cell, into))), [-1, width])
}
