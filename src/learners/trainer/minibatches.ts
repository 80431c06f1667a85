import type { RandomStream } from '../../core/random.ts'

/**
 * Deals whole columns into `minibatches` shuffled parts whose sizes differ by at most one; never cuts time, so a
 * recurrent core sees full sequences. Columns are sorted within a part: their order in a sum means nothing, and a
 * single minibatch is then the same batch in every epoch.
 */
export function dealMinibatches(
  columns: readonly number[],
  minibatches: number,
  random: RandomStream,
): number[][] {
  const parts = Math.min(minibatches, columns.length)
  const shuffled = parts > 1 ? random.shuffle([...columns]) : [...columns]
  const dealt: number[][] = []
  for (let part = 0; part < parts; part++) {
    const from = Math.floor((part * shuffled.length) / parts)
    const to = Math.floor(((part + 1) * shuffled.length) / parts)
    dealt.push(shuffled.slice(from, to).sort((a, b) => a - b))
  }
  return dealt
}
