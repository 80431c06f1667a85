import { describe, expect, it } from 'vitest'
import { type NamedTensors, type Tensor, tensor } from '../../../core/tensor.ts'
import { array64 } from '../array.ts'
import { checkOperation, normals } from '../check-operation.ts'
import { createGraph, input, type Value } from '../graph.ts'
import { diagonalScan } from './diagonal-scan.ts'

const B = 2
const P = 3

/** Decays inside the unit circle, and a mask that resets now and then, in the first step of one row too. */
function feedsFor(steps: number): Record<string, Tensor> {
  const keep = array64([steps, B])
  keep.data.fill(1)
  keep.data[1] = 0
  for (let t = 2; t < steps; t += 3) keep.data[t * B] = 0
  return {
    decayRe: tensor('float64', [P], Float64Array.of(0.75, -0.5, 0.25)),
    decayIm: tensor('float64', [P], Float64Array.of(0.5, 0.25, -0.875)),
    xRe: normals([steps, B, P], 1),
    xIm: normals([steps, B, P], 2),
    initialRe: normals([B, P], 3),
    initialIm: normals([B, P], 4),
    keep,
  }
}

const build = (v: Readonly<Record<string, Value>>): Value[] => {
  const { re, im } = diagonalScan({
    decay: { re: v.decayRe, im: v.decayIm },
    x: { re: v.xRe, im: v.xIm },
    initial: { re: v.initialRe, im: v.initialIm },
    keep: v.keep,
  })
  return [re, im]
}

/** The real part from the closed form: a sum over all earlier steps, of decays raised and turned by angle. */
const closedForm =
  (steps: number) =>
  (feeds: NamedTensors): Float64Array => {
    const at = (name: string, i: number): number => Number(feeds[name].data[i])
    const out = new Float64Array(steps * B * P)
    for (let t = 0; t < steps; t++)
      for (let row = 0; row < B; row++)
        for (let p = 0; p < P; p++) {
          const size = Math.hypot(at('decayRe', p), at('decayIm', p))
          const angle = Math.atan2(at('decayIm', p), at('decayRe', p))
          const share = (re: number, im: number, k: number): number =>
            size ** k * (re * Math.cos(k * angle) - im * Math.sin(k * angle))
          let sum = 0
          let from = t
          for (; from >= 0; from--) {
            const i = (from * B + row) * P + p
            sum += share(at('xRe', i), at('xIm', i), t - from)
            if (at('keep', from * B + row) === 0) break
          }
          if (from < 0) {
            const i = row * P + p
            sum += share(at('initialRe', i), at('initialIm', i), t + 1)
          }
          out[(t * B + row) * P + p] = sum
        }
    return out
  }

describe('the scan of a diagonal recurrence', () => {
  it.each([1, 2, 5, 8, 13])(
    'over %i steps is the loop, has its gradients, and runs as pairs of steps',
    async (steps) => {
      await checkOperation({
        feeds: feedsFor(steps),
        fixed: ['keep'],
        build,
        definition: closedForm(steps),
      })
    },
  )

  it('says which operand does not fit', () => {
    const graph = createGraph()
    const inputs = Object.fromEntries(
      Object.entries(feedsFor(4)).map(([name, { shape }]) => [
        name,
        input(graph, name, 'float32', name === 'keep' ? [4, 3] : shape),
      ]),
    )
    expect(() => build(inputs)).toThrow('diagonalScan: expected keep [T, B], here [4, 2]')
  })
})
