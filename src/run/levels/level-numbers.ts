import { createHash } from 'node:crypto'

/** How far back a level is known again; one that is older is written once more. Not a setting: the bytes depend on it. */
export const WINDOW = 65_536

/**
 * Numbers for levels in the order in which they come, the same for the same bytes within the last {@link WINDOW} numbers. What
 * is known follows from the newest rows of a log alone, so that a log that was cut back goes on as it would have.
 */
export class LevelNumbers {
  private readonly known = new Map<string, number>()
  private next: number

  constructor(first = 0) {
    this.next = first
  }

  /** The number that the next unknown level gets. */
  get upcoming(): number {
    return this.next
  }

  /** @returns its number, and whether it is new */
  numberOf(level: Uint8Array): { readonly number: number; readonly isNew: boolean } {
    const key = createHash('sha256').update(level).digest('base64').slice(0, 22)
    const known = this.known.get(key)
    if (known !== undefined) return { number: known, isNew: false }
    const number = this.next++
    this.known.set(key, number)
    // Oldest first, as a Map keeps them.
    for (const [old, at] of this.known) {
      if (at >= this.next - WINDOW) break
      this.known.delete(old)
    }
    return { number, isNew: true }
  }
}
