import { toErrorRecord } from '../../core/errors.ts'
import type { Environment } from '../../envs/contract.ts'
import type { GalleryFile } from '../../run/contract.ts'
import type { DrawnLevel } from './report-data.ts'
import { standalonePicture } from './standalone-picture.ts'

/** Draws every level of the gallery and of its lineages once. Levels that are none of this environment are noted. */
export function drawLevels<L>(
  { levels }: Environment<L>,
  gallery: GalleryFile,
  notes: string[],
): Readonly<Record<string, DrawnLevel>> {
  const encoded = gallery.levels.flatMap(({ level, ancestry }) => [
    level,
    ...ancestry.flatMap((ancestor) => ancestor.level ?? []),
  ])
  const drawn: Record<string, DrawnLevel> = {}
  const failures: string[] = []
  for (const bytes of new Set(encoded)) {
    try {
      const level = levels.decode(Buffer.from(bytes, 'base64'))
      const picture = levels.draw?.(level)
      const features = levels.features(level)
      drawn[bytes] =
        picture === undefined ? { features } : { picture: standalonePicture(picture), features }
    } catch (error) {
      failures.push(toErrorRecord(error).message)
    }
  }
  if (failures.length > 0)
    notes.push(`${failures.length} levels of the gallery cannot be read: ${failures[0]}.`)
  return drawn
}
