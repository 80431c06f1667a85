/** Levenshtein distance: insertions, deletions and substitutions that turn `a` into `b`. */
export function editDistance(a: string, b: string): number {
  const row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    let diagonal = row[0]
    row[0] = i
    for (let j = 1; j <= b.length; j++) {
      const substituted = diagonal + (a[i - 1] === b[j - 1] ? 0 : 1)
      diagonal = row[j]
      row[j] = Math.min(substituted, row[j] + 1, row[j - 1] + 1)
    }
  }
  return row[b.length]
}

/** The candidate closest to `name`, letter case ignored, the first of equals; undefined where there is none. */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined
  let bestDistance = Number.POSITIVE_INFINITY
  for (const candidate of candidates) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase())
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}
