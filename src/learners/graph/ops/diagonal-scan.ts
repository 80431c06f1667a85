import { array64 } from '../array.ts'
import { sameShape } from '../dims.ts'
import { type Array64, addNode, type Value } from '../graph.ts'
import { knownSize, requireDType, shapeError } from '../shape.ts'
import { type Complex, emitDiagonalScan } from './diagonal-scan-onnx.ts'
import { add, mul, neg, sub } from './elementwise.ts'
import { concat } from './join.ts'
import { reduceSum } from './reduce.ts'
import { reshape } from './reshape.ts'
import { slice } from './slice.ts'
import { zerosLike } from './zeros.ts'

export interface DiagonalScanInputs {
  /** `[P]`: what each element of the state is multiplied by from step to step. */
  readonly decay: Complex<Value>
  /** `[T, B, P]`, T and B known. */
  readonly x: Complex<Value>
  /** `[B, P]`: the state before step 0. */
  readonly initial: Complex<Value>
  /** `[T, B]`: 1 where the state goes into the step, 0 where it is zeroed before. Has no gradient. */
  readonly keep: Value
}

/**
 * The linear recurrence `s_t = decay ⊙ keep_t·s_{t−1} + x_t` over complex numbers, `[T, B, P]`: what a diagonal state
 * space is (Smith et al. 2023, eq. 3 and appendix H). Steps are composed in pairs (Blelloch 1990), 2·log₂ T deep and
 * twice the work of a loop; decays are the same in every step, so a level has one power of them, and resets are no more
 * than a mask. Its gradient is the same scan from the end: `z_t = g_t + decay* ⊙ keep_{t+1}·z_{t+1}`.
 *
 * @throws AgonError `graph/shape`
 */
export function diagonalScan(of: DiagonalScanInputs): Complex<Value> {
  return directed(of, false)
}

/** With `reverse`, step T−1 comes first: `s_t = decay ⊙ keep_t·s_{t+1} + x_t`. */
function directed(of: DiagonalScanInputs, reverse: boolean): Complex<Value> {
  const { decay, x, initial, keep } = of
  checkShapes(of)
  const [re, im] = addNode(
    x.re.graph,
    'diagonalScan',
    [decay.re, decay.im, x.re, x.im, initial.re, initial.im, keep],
    [x.re, x.im],
    {
      evaluate: (arrays) => loop(arrays, reverse),
      gradient: (gradients, [re, im]) => gradient(of, reverse, { re, im }, gradients),
      emit: (e, inputs, outputs) =>
        void emitDiagonalScan(e, x.re.shape.map(Number), inputs, outputs, reverse),
    },
  )
  return { re, im }
}

function checkShapes({ decay, x, initial, keep }: DiagonalScanInputs): void {
  for (const value of [decay.re, decay.im, x.re, x.im, initial.re, initial.im, keep])
    requireDType('diagonalScan', value, ['float32'])
  if (x.re.shape.length !== 3) throw shapeError('diagonalScan', 'x [T, B, P]', [x.re.shape])
  const [steps, rows, width] = [0, 1, 2].map((axis) => knownSize('diagonalScan', x.re.shape, axis))
  const expected: readonly (readonly [string, Value, readonly number[]])[] = [
    ['decay [P]', decay.re, [width]],
    ['decay [P]', decay.im, [width]],
    ['x [T, B, P]', x.im, [steps, rows, width]],
    ['initial [B, P]', initial.re, [rows, width]],
    ['initial [B, P]', initial.im, [rows, width]],
    ['keep [T, B]', keep, [steps, rows]],
  ]
  for (const [what, value, shape] of expected)
    if (!sameShape(value.shape, shape))
      throw shapeError('diagonalScan', `${what}, here [${shape.join(', ')}]`, [value.shape])
}

/** The definition: step after step. */
function loop(
  [decayRe, decayIm, xRe, xIm, initialRe, initialIm, keep]: readonly Array64[],
  reverse: boolean,
): readonly Array64[] {
  const [steps, rows, width] = xRe.shape
  const [outRe, outIm] = [array64(xRe.shape), array64(xRe.shape)]
  for (let row = 0; row < rows; row++)
    for (let p = 0; p < width; p++) {
      let re = initialRe.data[row * width + p]
      let im = initialIm.data[row * width + p]
      for (let k = 0; k < steps; k++) {
        const t = reverse ? steps - 1 - k : k
        const at = (t * rows + row) * width + p
        const kept = keep.data[t * rows + row]
        const before = re * kept
        im *= kept
        re = decayRe.data[p] * before - decayIm.data[p] * im + xRe.data[at]
        im = decayRe.data[p] * im + decayIm.data[p] * before + xIm.data[at]
        outRe.data[at] = re
        outIm.data[at] = im
      }
    }
  return [outRe, outIm]
}

const product = (a: Complex<Value>, b: Complex<Value>): Complex<Value> => ({
  re: sub(mul(a.re, b.re), mul(a.im, b.im)),
  im: add(mul(a.re, b.im), mul(a.im, b.re)),
})
const conjugate = ({ re, im }: Complex<Value>): Complex<Value> => ({ re, im: neg(im) })

/** `first` and then all steps but the last, in the order of the scan: what came into each step. */
function shifted(first: Value, list: Value, reverse: boolean): Value {
  const [steps] = list.shape
  if (steps === 1) return first
  return reverse
    ? concat([slice(list, 0, 1), first], 0)
    : concat([first, slice(list, 0, 0, Number(steps) - 1)], 0)
}

function gradient(
  { decay, initial, keep }: DiagonalScanInputs,
  reverse: boolean,
  states: Complex<Value>,
  [givenRe, givenIm]: readonly (Value | undefined)[],
): readonly (Value | undefined)[] {
  const [steps, rows, width] = states.re.shape
  const none = zerosLike(initial.re)
  // Of step t + 1, at t; of the last it multiplies nothing.
  const keepAfter = shifted(reshape(zerosLike(slice(keep, 0, 0, 1)), [1, rows]), keep, !reverse)
  const back = conjugate(decay)
  const z = directed(
    {
      decay: back,
      x: { re: givenRe ?? zerosLike(states.re), im: givenIm ?? zerosLike(states.im) },
      initial: { re: none, im: none },
      keep: keepAfter,
    },
    !reverse,
  )
  const kept = reshape(keep, [steps, rows, 1])
  const came = (first: Value, list: Value): Value =>
    mul(shifted(reshape(first, [1, rows, width]), list, reverse), kept)
  const before = { re: came(initial.re, states.re), im: came(initial.im, states.im) }
  const ofDecay = product(conjugate(before), z)
  const end = reverse ? Number(steps) - 1 : 0
  const first = (list: Value): Value => reshape(slice(list, 0, end, end + 1), [rows, -1])
  const ofInitial = product(back, { re: first(z.re), im: first(z.im) })
  const firstKept = first(kept)
  return [
    reduceSum(ofDecay.re, [0, 1], false),
    reduceSum(ofDecay.im, [0, 1], false),
    z.re,
    z.im,
    mul(ofInitial.re, firstKept),
    mul(ofInitial.im, firstKept),
    undefined,
  ]
}
