/** What was said of levels, by their bytes. */
export interface LevelMemory<T> {
  /** What is known of the level, else what `ask` says of it; nothing is kept where that throws. */
  of(bytes: Uint8Array, ask: () => T): T
}

/** Keeps the last `most` levels that were asked about; the one that came first goes first. */
export function levelMemory<T>(most: number): LevelMemory<T> {
  const known = new Map<string, T>()
  return {
    of(bytes, ask) {
      // Every byte is a character of its own.
      const key = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
      const found = known.get(key)
      if (found !== undefined) return found
      const told = ask()
      known.set(key, told)
      if (known.size > most) known.delete(known.keys().next().value as string)
      return told
    },
  }
}
