import { toErrorRecord } from '../../../core/errors.ts'
import type { LevelSpace } from '../../../envs/contract.ts'
import { standalonePicture } from '../standalone-picture.ts'
import type { Axis, AxisBackdrop, DrawnElite, FoundElite } from './contract.ts'

/** A page of more pictures would be too heavy to open; the rest are told in words. */
const MOST_PICTURES = 1000

/**
 * @param fileOf where the text of a level stands in the run directory
 * @param notes what cannot be drawn is noted
 */
export function drawElites<L>(
  elites: readonly FoundElite[],
  space: LevelSpace<L> | null,
  fileOf: (id: string) => string | undefined,
  notes: string[],
): readonly DrawnElite[] {
  const failures: string[] = []
  const drawn = elites.map(({ level, ...elite }, index): DrawnElite => {
    const file = fileOf(elite.id)
    const told = file === undefined ? elite : { ...elite, file }
    if (index >= MOST_PICTURES || space?.draw === undefined) return told
    try {
      return { ...told, picture: standalonePicture(space.draw(space.decode(level))) }
    } catch (error) {
      failures.push(toErrorRecord(error).message)
      return told
    }
  })
  if (failures.length > 0)
    notes.push(`${failures.length} levels of the search cannot be drawn: ${failures[0]}.`)
  return drawn
}

/** Of every two axes that the environment has a picture for. */
export function backdropsOf(
  axes: readonly Axis[],
  space: Pick<LevelSpace<unknown>, 'backdrop'> | null,
): readonly AxisBackdrop[] {
  return axes.flatMap((across, x) =>
    axes.flatMap((up, y) => {
      const found = x === y ? null : (space?.backdrop?.(across.name, up.name) ?? null)
      return found === null
        ? []
        : [{ ...found, picture: standalonePicture(found.picture), axes: [x, y] as const }]
    }),
  )
}
