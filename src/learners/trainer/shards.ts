/** A contiguous range of columns, `from` included, `to` not. */
export interface Range {
  readonly from: number
  readonly to: number
}

/**
 * Cuts `count` columns into `shards` contiguous ranges whose sizes differ by at most one; empty ones are left out.
 * The cut depends on `count` and `shards` alone, never on the number of workers: that is what makes results equal
 * for any number of them.
 */
export function cutShards(count: number, shards: number): Range[] {
  const ranges: Range[] = []
  for (let shard = 0; shard < shards; shard++) {
    const from = Math.floor((shard * count) / shards)
    const to = Math.floor(((shard + 1) * count) / shards)
    if (to > from) ranges.push({ from, to })
  }
  return ranges
}
