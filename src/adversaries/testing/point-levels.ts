import { AgonError } from '../../core/errors.ts'
import type { LevelSpace } from '../../envs/contract.ts'

/**
 * Levels that are points of a cube and nothing else: their bytes are their numbers, features are `x` and `y` of the first two,
 * `optimal_return` (1) unless the first is below a quarter of the way. For tests of searches.
 */
export function pointLevels(n: number, low = -1, high = 1): LevelSpace<Float64Array> {
  const names = Array.from({ length: n }, (_, i) => `x ${i}`)
  const bounds = { names, low: names.map(() => low), high: names.map(() => high) }
  const inside = (point: ArrayLike<number>): Float64Array =>
    Float64Array.from(point, (x) => Math.min(Math.max(x, low), high))
  const decode = (bytes: Uint8Array): Float64Array => {
    if (bytes.length !== 8 * n) throw new AgonError('level/corrupt', 'not a point')
    return new Float64Array(bytes.slice().buffer)
  }
  const random = (stream: { uniform(): number }) =>
    Float64Array.from(names, () => low + (high - low) * stream.uniform())
  return {
    sample: random,
    operators: ['nudge', 'jump'],
    mutate: (level, stream, operator = 'nudge') => ({
      operator,
      level:
        operator === 'jump'
          ? random(stream)
          : inside(level.map((x) => x + 0.1 * (high - low) * (stream.uniform() - 0.5))),
    }),
    genome: {
      bounds,
      toVector: (level) => level.slice(),
      fromVector: (vector) => inside(vector),
    },
    key: (level) => level.join(),
    encode: (level) => new Uint8Array(level.slice().buffer),
    decode,
    format: (level) => level.join(' '),
    parse(text) {
      const numbers = text.trim().split(/\s+/).map(Number)
      if (numbers.some(Number.isNaN)) throw new AgonError('level/invalid', 'no numbers')
      return inside(numbers)
    },
    validate: () => null,
    features: ([x, y]) => ({
      ...{ x, y },
      ...(x < low + (high - low) / 4 ? {} : { optimal_return: 1 }),
    }),
  }
}
