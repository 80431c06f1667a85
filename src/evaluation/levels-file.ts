import { AgonError } from '../core/errors.ts'
import type { LevelSpace } from '../envs/contract.ts'

interface Block {
  readonly name: string
  /** Line of the file, from 1, on which the level's own text begins. */
  readonly line: number
  readonly text: string
}

/**
 * Reads a file of levels: blocks of text parted by blank lines, each one level in the environment's own text form.
 * Lines that begin with `//` are comments. A first line `# name`, or a line `name: …` where the form has such headers,
 * names the level; without one it is `level-<number of the block>`.
 * @param place name of the file, for errors
 * @returns name → canonical bytes, in the order of the file
 * @throws AgonError `level/invalid` with file, line and what the environment says of the place in the level
 */
export function readLevels<L>(
  text: string,
  space: Pick<LevelSpace<L>, 'parse' | 'validate' | 'encode'>,
  place = 'levels',
): Readonly<Record<string, Uint8Array>> {
  // No prototype: a level may be named `__proto__`.
  const levels: Record<string, Uint8Array> = Object.create(null)
  for (const block of blocksOf(text)) {
    if (Object.hasOwn(levels, block.name))
      throw invalid(`two levels are named '${block.name}'`, `${place}:${block.line}`)
    levels[block.name] = space.encode(parseBlock(block, space, place))
  }
  if (Object.keys(levels).length === 0) throw invalid('there is no level in the file', place)
  return levels
}

function parseBlock<L>(
  block: Block,
  space: Pick<LevelSpace<L>, 'parse' | 'validate'>,
  place: string,
): L {
  const at = `${place}:${block.line}, level '${block.name}'`
  let level: L
  try {
    level = space.parse(block.text)
  } catch (error) {
    if (!(error instanceof AgonError)) throw error
    const { message, remedy, fields } = error
    // A form with `name:` headers says the name once more.
    const within = error.place?.replace(`${block.name}: `, '')
    const inside = within === undefined ? at : `${at}, ${within}`
    throw new AgonError(error.code, message, { remedy, fields, place: inside, cause: error })
  }
  const obstacle = space.validate(level)
  if (obstacle !== null) throw invalid(obstacle, at)
  return level
}

function blocksOf(text: string): readonly Block[] {
  const blocks: Block[] = []
  let open: { readonly line: number; readonly rows: string[] } | undefined
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  // The blank line behind the last closes the last block.
  for (const [index, row] of [...lines, ''].entries()) {
    if (row.startsWith('//')) continue
    if (row.trim() !== '') {
      open ??= { line: index + 1, rows: [] }
      open.rows.push(row)
    } else if (open !== undefined) {
      blocks.push(toBlock(open.rows, open.line, `level-${blocks.length + 1}`))
      open = undefined
    }
  }
  return blocks
}

function toBlock(rows: readonly string[], line: number, fallback: string): Block {
  const title = /^#\s+(\S.*)$/.exec(rows[0])
  if (title !== null)
    return { name: title[1].trim(), line: line + 1, text: rows.slice(1).join('\n') }
  const header = rows.map((row) => /^name:\s*(\S.*)$/.exec(row)).find((match) => match !== null)
  return { name: header?.[1].trim() ?? fallback, line, text: rows.join('\n') }
}

function invalid(message: string, place: string): AgonError {
  return new AgonError('level/invalid', message, {
    place,
    remedy: 'docs/evaluation.md shows the form of a file of levels',
  })
}
