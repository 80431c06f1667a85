import type { Emitter } from '../graph.ts'

/** A complex value: its real and its imaginary part, of one shape. */
export interface Complex<T> {
  readonly re: T
  readonly im: T
}

type Names = Complex<string>

/** Steps, or several of them as one: each makes `x + decay·(keep·s)` of the state `s` before it. */
interface Level {
  readonly steps: number
  readonly decay: Names
  /** `[steps, B, 1]`. */
  readonly keep: string
  /** `[steps, B, P]`. */
  readonly x: Names
}

/**
 * Pairs of steps become one step each, until one is left; on the way back the first of each pair is found from what came into
 * it. `outputs` are the states, `inputs` those of the operation.
 */
export function emitDiagonalScan(
  e: Emitter,
  [steps, rows, width]: readonly number[],
  [decayRe, decayIm, xRe, xIm, initialRe, initialIm, keep]: readonly string[],
  outputs: readonly string[],
  reverse: boolean,
): void {
  const op = (type: string, ...inputs: string[]): string => e.node(type, inputs)[0]
  const reshaped = (name: string, ...shape: number[]): string => op('Reshape', name, e.int64(shape))
  const times = (a: Names, b: Names): Names => ({
    re: op('Sub', op('Mul', a.re, b.re), op('Mul', a.im, b.im)),
    im: op('Add', op('Mul', a.re, b.im), op('Mul', a.im, b.re)),
  })
  const both = (of: Names, f: (part: string) => string): Names => ({ re: f(of.re), im: f(of.im) })
  const then = ({ decay, keep, x }: Omit<Level, 'steps'>, before: Names): Names => {
    const moved = times(
      decay,
      both(before, (part) => op('Mul', part, keep)),
    )
    return { re: op('Add', moved.re, x.re), im: op('Add', moved.im, x.im) }
  }
  const initial = both({ re: initialRe, im: initialIm }, (part) => reshaped(part, 1, rows, width))

  /** One after another in the order of the scan: the first of each pair, and the second. */
  const halves = (name: string, pairs: number, size: number): readonly [string, string] => {
    const cut = e.node('Split', [reshaped(name, pairs, 2, rows, size)], 2, {
      axis: 1,
      num_outputs: 2,
    })
    const [a, b] = cut.map((half) => reshaped(half, pairs, rows, size))
    return reverse ? [b, a] : [a, b]
  }
  /** Zeros where the scan ends, so that steps come in pairs. */
  const padded = (name: string): string => {
    const [before, after] = reverse ? [1, 0] : [0, 1]
    return op('Pad', name, e.int64([before, 0, 0, after, 0, 0]))
  }

  function states({ steps, decay, keep, x }: Level): Names {
    if (steps === 1) return then({ decay, keep, x }, initial)
    if (steps % 2 === 1) {
      const even = { steps: steps + 1, decay, keep: padded(keep), x: both(x, padded) }
      const [from, to] = reverse ? [1, steps + 1] : [0, steps]
      return both(states(even), (part) =>
        op('Slice', part, e.int64([from]), e.int64([to]), e.int64([0])),
      )
    }
    const pairs = steps / 2
    const [keep1, keep2] = halves(keep, pairs, 1)
    const [re1, re2] = halves(x.re, pairs, width)
    const [im1, im2] = halves(x.im, pairs, width)
    const first = { decay, keep: keep1, x: { re: re1, im: im1 } }
    const second = { decay, keep: keep2, x: { re: re2, im: im2 } }
    const after = states({
      steps: pairs,
      decay: times(decay, decay),
      keep: op('Mul', keep1, keep2),
      x: then(second, first.x),
    })
    const before = pairs === 1 ? initial : came(initial, after, pairs)
    const middle = then(first, before)
    const joined = (a: string, b: string): string => {
      const pair = [a, b].map((part) => reshaped(part, pairs, 1, rows, width))
      const [whole] = e.node('Concat', reverse ? pair.reverse() : pair, 1, { axis: 1 })
      return reshaped(whole, steps, rows, width)
    }
    return { re: joined(middle.re, after.re), im: joined(middle.im, after.im) }
  }
  /** What came into each pair. */
  function came(first: Names, after: Names, pairs: number): Names {
    const [from, to] = reverse ? [1, pairs] : [0, pairs - 1]
    const part = (head: string, list: string): string => {
      const rest = op('Slice', list, e.int64([from]), e.int64([to]), e.int64([0]))
      return e.node('Concat', reverse ? [rest, head] : [head, rest], 1, { axis: 0 })[0]
    }
    return { re: part(first.re, after.re), im: part(first.im, after.im) }
  }

  const made = states({
    steps,
    decay: { re: decayRe, im: decayIm },
    keep: reshaped(keep, steps, rows, 1),
    x: { re: xRe, im: xIm },
  })
  e.node('Identity', [made.re], [outputs[0]])
  e.node('Identity', [made.im], [outputs[1]])
}
