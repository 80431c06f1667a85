import { levelId } from '../../core/ids.ts'
import type { GalleryLevel, GalleryReason } from '../contract.ts'
import type { LevelBuffer } from './level-buffer.ts'
import { ancestorOf, ancestry } from './lineage.ts'

/**
 * The levels of a buffer worth showing: up to a third most edited ones, the others half highest and half lowest
 * scores; no level twice, at most `limit` together.
 */
export function bufferGallery(buffer: LevelBuffer, limit: number): readonly GalleryLevel[] {
  const byScore = Array.from(buffer.order.subarray(0, buffer.size))
  const mostEdited = byScore
    .filter((entry) => buffer.generations[entry] > 0)
    .sort((a, b) => buffer.generations[b] - buffer.generations[a])
  const shown = new Set<number>()
  const pick = (
    reason: GalleryReason,
    entries: readonly number[],
    count: number,
  ): GalleryLevel[] => {
    const fresh = entries.filter((entry) => !shown.has(entry)).slice(0, count)
    for (const entry of fresh) shown.add(entry)
    return fresh.map((entry) => galleryLevel(buffer, entry, reason))
  }
  const edited = Math.min(Math.floor(limit / 3), mostEdited.length)
  const best = Math.ceil((limit - edited) / 2)
  const high = pick('high-score', byScore, best)
  const edits = pick('most-edited', mostEdited, edited)
  const low = pick('low-score', byScore.toReversed(), limit - best - edited)
  return [...high, ...low, ...edits]
}

function galleryLevel(buffer: LevelBuffer, entry: number, reason: GalleryReason): GalleryLevel {
  const { serial, generation, level } = ancestorOf(buffer.lineage, buffer.serials[entry])
  return {
    reason,
    level,
    score: buffer.scores[entry],
    id: levelId(serial),
    ancestry: ancestry(buffer.lineage, serial).map((ancestor) => ({
      id: levelId(ancestor.serial),
      operator: ancestor.operator,
      level: ancestor.level,
    })),
    generation,
  }
}
