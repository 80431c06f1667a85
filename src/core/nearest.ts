/**
 * Edits that turn `a` into `b`: insertions, deletions, substitutions, and swaps of two letters beside each other, no
 * letter edited twice (the optimal string alignment distance).
 */
export function editDistance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      row[j] = Math.min(last[j - 1] + (same ? 0 : 1), last[j] + 1, row[j - 1] + 1)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) row[j] = Math.min(row[j], before[j - 2] + 1)
    }
    before = last
    last = row
  }
  return last[b.length]
}

/** Longer words are no misspelt names, and comparing them takes long. */
const LONGEST = 100

/**
 * The candidate closest to `name`, letter case ignored, the first of equals; undefined where none is near: one edit,
 * or for words of six letters and more a third of the longer one's letters.
 */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  if (name.length > LONGEST) return undefined
  let best: string | undefined
  let bestDistance = Number.POSITIVE_INFINITY
  for (const candidate of candidates) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase())
    const near = distance <= Math.max(1, Math.floor(Math.max(name.length, candidate.length) / 3))
    if (near && distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** What to do about an unknown `name`: the nearest of `known` where one is near, and all of them. */
export function suggestion(name: string, known: readonly string[]): string {
  const near = nearest(name, known)
  const all = known.join(', ')
  return near === undefined ? `there are ${all}` : `did you mean '${near}'? There are ${all}`
}
