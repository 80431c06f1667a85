import { type LevelId, levelId } from '../../core/ids.ts'
import type { ArchiveChange } from '../contract.ts'
import type { LevelBuffer } from './level-buffer.ts'

/** Remembers what a buffer holds; the function it gives says what has changed since. */
export function watchBuffer(name: string, buffer: LevelBuffer): () => ArchiveChange {
  const serials = buffer.serials.slice(0, buffer.size)
  const scores = buffer.scores.slice(0, buffer.size)
  return () => {
    const entries: { id: LevelId; score: number }[] = []
    const gone = new Set<number>()
    for (let entry = 0; entry < buffer.size; entry++) {
      const serial = buffer.serials[entry]
      if (serial === serials[entry] && buffer.scores[entry] === scores[entry]) continue
      entries.push({ id: levelId(serial), score: buffer.scores[entry] })
      if (entry < serials.length && serial !== serials[entry]) gone.add(serials[entry])
    }
    // A level that lost its entry may have won another one.
    const dropped = [...gone].filter((serial) => !buffer.entryOfSerial.has(serial)).map(levelId)
    return { name, entries, dropped, size: buffer.size }
  }
}
