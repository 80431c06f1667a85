const MOST_SEEDS = 1000
const MOST = 2 ** 32 - 1

/** `1..5`, `1,4,9` or both as numbers, each once, in order; null where it is none. */
export function parseSeeds(text: string): readonly number[] | null {
  const seeds = new Set<number>()
  for (const part of text.split(',')) {
    const [, low, high] = /^\s*(\d+)(?:\.\.(\d+))?\s*$/.exec(part) ?? []
    if (low === undefined) return null
    const [from, to] = [Number(low), Number(high ?? low)]
    if (to < from || to > MOST || to - from >= MOST_SEEDS) return null
    for (let seed = from; seed <= to; seed++) seeds.add(seed)
  }
  return seeds.size > MOST_SEEDS ? null : [...seeds].sort((a, b) => a - b)
}
