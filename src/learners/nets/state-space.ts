import type { TensorSpec } from '../../core/tensor.ts'
import * as g from '../graph/index.ts'
import type { Parameters } from './encoders.ts'
import { type Init, orthogonal, ZEROS } from './init.ts'
import type { SegmentSpec } from './segments.ts'
import type { Carry, Core } from './sequence-core.ts'

/** Of an S5 core. */
export interface StateSpaceOptions {
  readonly layers: number
  /** Real numbers of each layer's state; half as many complex ones. */
  readonly state: number
  /** Copies of HiPPO's spectrum side by side, each of `state / blocks` numbers. */
  readonly blocks: number
  /** Where each layer is normalised: what goes into it, or what comes out after the sum. */
  readonly norm: 'pre' | 'post'
}

export const STATE_SPACE: StateSpaceOptions = { layers: 2, state: 256, blocks: 2, norm: 'post' }

const ONES: Init = { kind: 'constant', value: 1 }
/** Step sizes at the start (Smith et al. 2023, appendix B.1.3). */
const STEPS: Init = { kind: 'log-uniform', low: 0.001, high: 0.1 }
/** Real parts of eigenvalues stay under it, so that no state grows without end. */
const DECAYS = -1e-4
/** Flax's, which minimax has. */
const EPSILON = 1e-6

/** The decays of one layer's states, and how inputs reach them. */
interface Discrete {
  /** `[P]`. */
  readonly decay: g.Complex<g.Value>
  /** `[H, 2P]`. */
  readonly input: g.Value
}

/**
 * S5 (Smith et al. 2023) as a student's core, in the form of minimax: one linear layer, then layers of
 * `x + GLU(gelu(2·Re(C·s) + D ⊙ u))` with `GLU(h) = h ⊙ σ(h·W + b)`, normalised before (`u = norm(x)`) or after the sum.
 * The states go by `s_t = Λ̄ ⊙ s_{t−1} + B̄·u_t`, with `Λ̄ = exp(Λ·Δ)` and `B̄ = Λ⁻¹(Λ̄ − 1)·B̃` (zero-order hold, eq. 6), Λ as
 * HiPPO's spectrum at the start; of each conjugate pair one stands for both.
 */
export function stateSpaceCore(features: number, hidden: number, of: StateSpaceOptions): Core {
  const states = of.state / 2
  const carried: TensorSpec = { dtype: 'float32', shape: [of.layers, states] }
  const layers = Array.from({ length: of.layers }, (_, i) => i)
  /** `[N, features]` → `[N, hidden]`, through layers whose states `move` makes of inputs `[N, P]`. */
  const through = (
    p: Parameters,
    x: g.Value,
    move: (layer: number, decay: g.Complex<g.Value>, input: g.Complex<g.Value>) => g.Value,
  ): g.Value =>
    layers.reduce(
      (seen, layer) => {
        const name = (part: string): g.Value => p[`core/${layer}/${part}`]
        const normalised = (y: g.Value): g.Value =>
          g.layerNorm(y, name('norm/scale'), name('norm/bias'), EPSILON)
        const u = of.norm === 'pre' ? normalised(seen) : seen
        const { decay, input } = discretised(name, states)
        const [re, im] = g.split(g.matmul(u, input), [states, states], 1)
        const out = g.mul(g.matmul(move(layer, decay, { re, im }), name('c')), 2)
        const h = g.gelu(g.add(out, g.mul(u, name('d'))))
        const gate = g.sigmoid(g.dense(h, name('gate/w'), name('gate/b')))
        const sum = g.add(seen, g.mul(h, gate))
        return of.norm === 'post' ? normalised(sum) : sum
      },
      g.dense(x, p['core/w'], p['core/b']),
    )

  return {
    segments: [
      { name: 'core/w', shape: [features, hidden], init: orthogonal(1) },
      { name: 'core/b', shape: [hidden], init: ZEROS },
      ...layers.flatMap((layer) => layerSegments(`core/${layer}`, hidden, of)),
    ],
    state: { state_re: carried, state_im: carried },
    step(p, x, carry) {
      const next: g.Complex<g.Value>[] = []
      const y = through(p, x, (layer, decay, input) => {
        const moved = times(decay, layerOf(carry, layer, states))
        const state = { re: g.add(moved.re, input.re), im: g.add(moved.im, input.im) }
        next.push(state)
        return g.concat([state.re, state.im], 1)
      })
      const stacked = (parts: readonly g.Value[]): g.Value =>
        g.concat(
          parts.map((part) => g.reshape(part, [-1, 1, states])),
          1,
        )
      return {
        y,
        carry: {
          state_re: stacked(next.map(({ re }) => re)),
          state_im: stacked(next.map(({ im }) => im)),
        },
      }
    },
    sequence(p, x, carry, reset) {
      const [steps, rows] = reset.shape
      const keep = g.sub(1, reset)
      const inTime = (y: g.Value, width: number): g.Value => g.reshape(y, [steps, rows, width])
      const y = through(p, g.reshape(x, [-1, features]), (layer, decay, { re, im }) => {
        const state = g.diagonalScan({
          decay,
          x: { re: inTime(re, states), im: inTime(im, states) },
          initial: layerOf(carry, layer, states),
          keep,
        })
        return g.concat(
          [state.re, state.im].map((part) => g.reshape(part, [-1, states])),
          1,
        )
      })
      return inTime(y, hidden)
    },
  }
}

function layerSegments(
  name: string,
  hidden: number,
  { state, blocks }: StateSpaceOptions,
): readonly SegmentSpec[] {
  const states = state / 2
  return [
    { name: `${name}/lambda_re`, shape: [states], init: { kind: 'constant', value: -0.5 } },
    { name: `${name}/lambda_im`, shape: [states], init: { kind: 'hippo-frequencies', blocks } },
    { name: `${name}/log_step`, shape: [states], init: STEPS },
    { name: `${name}/b`, shape: [hidden, state], init: { kind: 'hippo-input', blocks } },
    { name: `${name}/c`, shape: [state, hidden], init: { kind: 'hippo-output', blocks } },
    { name: `${name}/d`, shape: [hidden], init: { kind: 'normal', deviation: 1 } },
    { name: `${name}/gate/w`, shape: [hidden, hidden], init: { kind: 'lecun-normal' } },
    { name: `${name}/gate/b`, shape: [hidden], init: ZEROS },
    { name: `${name}/norm/scale`, shape: [hidden], init: ONES },
    { name: `${name}/norm/bias`, shape: [hidden], init: ZEROS },
  ]
}

const times = (a: g.Complex<g.Value>, b: g.Complex<g.Value>): g.Complex<g.Value> => ({
  re: g.sub(g.mul(a.re, b.re), g.mul(a.im, b.im)),
  im: g.add(g.mul(a.re, b.im), g.mul(a.im, b.re)),
})

/** `[B, P]` of `[B, layers, P]`. */
function layerOf(carry: Carry, layer: number, states: number): g.Complex<g.Value> {
  const of = (value: g.Value): g.Value =>
    g.reshape(g.slice(value, 1, layer, layer + 1), [-1, states])
  return { re: of(carry.state_re), im: of(carry.state_im) }
}

function discretised(name: (part: string) => g.Value, states: number): Discrete {
  const re = g.minimum(name('lambda_re'), DECAYS)
  const im = name('lambda_im')
  const step = g.exp(name('log_step'))
  const exponent = g.mul(re, step)
  const angle = g.mul(im, step)
  const [size, cosine] = [g.exp(exponent), g.cos(angle)]
  const decay = { re: g.mul(size, cosine), im: g.mul(size, g.sin(angle)) }
  // Λ̄ − 1 is a thousandth where steps are small: from what is as small itself, e^a − 1 = tanh(a/2)·(e^a + 1) and
  // 1 − cos = 2·sin²(angle/2), and not from a difference of which float32 keeps three digits.
  const shrunk = g.mul(g.tanh(g.mul(exponent, 0.5)), g.add(size, 1))
  const turned = g.mul(g.square(g.sin(g.mul(angle, 0.5))), 2)
  const moved = { re: g.sub(g.mul(shrunk, cosine), turned), im: decay.im }
  const square = g.add(g.square(re), g.square(im))
  const held = times(moved, { re: g.div(re, square), im: g.neg(g.div(im, square)) })
  const [bRe, bIm] = g.split(name('b'), [states, states], 1)
  const input = times(held, { re: bRe, im: bIm })
  return { decay, input: g.concat([input.re, input.im], 1) }
}
