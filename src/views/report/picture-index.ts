import type { DrawnLevel } from './report-data.ts'

/** Pictures by number: a level that stands in many lineages is in the page once. */
export interface PictureIndex {
  /** @param level bytes in base64 */
  of(level: string): number | undefined
  readonly pictures: readonly string[]
}

export function indexPictures(levels: Readonly<Record<string, DrawnLevel>>): PictureIndex {
  const pictures: string[] = []
  const numbers = new Map<string, number>()
  for (const [level, { picture }] of Object.entries(levels)) {
    if (picture === undefined) continue
    numbers.set(level, pictures.length)
    pictures.push(picture)
  }
  return { of: (level) => numbers.get(level), pictures }
}
