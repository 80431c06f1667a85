import { AgonError } from '../core/errors.ts'
import { textBlocks } from '../core/text-blocks.ts'
import type { LevelSpace } from '../envs/contract.ts'

interface ListedLevel<L> {
  readonly name: string
  /** `file:line` where the line is known. */
  readonly place: string
  /** @param within file, line and level, for errors */
  read(within: string): L
}

type TextForm<L> = Pick<LevelSpace<L>, 'parse' | 'parseFile' | 'validate' | 'encode'>

/**
 * Reads a file of levels: with the environment's own `parseFile` where it has one, otherwise as blocks of text parted
 * by blank lines, each one level in the environment's text form. Then lines that begin with `//` are comments, and a
 * first line `# name`, or a line `name: …` where the form has such headers, names the level; without one it is
 * `level-<number of the block>`.
 * @param place name of the file, for errors
 * @returns name → canonical bytes, in the order of the file
 * @throws AgonError `level/invalid` with file, line and what the environment says of the place in the level
 */
export function readLevels<L>(
  text: string,
  space: TextForm<L>,
  place = 'levels',
): Readonly<Record<string, Uint8Array>> {
  // No prototype: a level may be named `__proto__`.
  const levels: Record<string, Uint8Array> = Object.create(null)
  for (const listed of listLevels(text.replace(/^\uFEFF/, ''), space, place)) {
    const { name } = listed
    if (Object.hasOwn(levels, name)) throw invalid(`two levels are named '${name}'`, listed.place)
    const within = `${listed.place}, level '${name}'`
    const level = listed.read(within)
    const obstacle = space.validate(level)
    if (obstacle !== null) throw invalid(obstacle, within)
    levels[name] = space.encode(level)
  }
  if (Object.keys(levels).length === 0) throw invalid('there is no level in the file', place)
  return levels
}

function listLevels<L>(text: string, space: TextForm<L>, place: string): readonly ListedLevel<L>[] {
  if (space.parseFile !== undefined)
    return placed(place, '', () => space.parseFile!(text)).map(({ name, level }) => ({
      name,
      place,
      read: () => level,
    }))
  return textBlocks(text).map((block) => ({
    name: block.name,
    place: `${place}:${block.line}`,
    // A form with `name:` headers says the name once more.
    read: (within) => placed(within, `${block.name}: `, () => space.parse(block.text)),
  }))
}

/** Does `read`, whose errors then say where in the file; `said` is a beginning of their place that `within` has already. */
function placed<T>(within: string, said: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof AgonError)) throw error
    const { code, message, remedy, fields, place } = error
    const inside = place === undefined ? within : `${within}, ${place.replace(said, '')}`
    throw new AgonError(code, message, { remedy, fields, place: inside, cause: error })
  }
}

function invalid(message: string, place: string): AgonError {
  return new AgonError('level/invalid', message, {
    place,
    remedy: 'docs/evaluation.md shows the form of a file of levels',
  })
}
