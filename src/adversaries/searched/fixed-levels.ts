import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { AgonError } from '../../core/errors.ts'
import { textBlocks } from '../../core/text-blocks.ts'
import type { LevelSpace } from '../../envs/contract.ts'

/** Where the levels of `levels` stand. */
export interface LevelSources {
  /** Texts, each of one level. */
  readonly levels: readonly string[]
  /** A text file of levels. */
  readonly file?: string
  /** `history.jsonl` of a search, or the folder of its run. */
  readonly history?: string
  /** Most levels of a history, the best. */
  readonly top: number
}

/**
 * All levels of the sources that a config names, as canonical bytes in their order.
 * @throws AgonError `adversary/levels` for a file that cannot be read, `level/*` for what is no level
 */
export function readLevels<L>(
  { levels, file, history, top }: LevelSources,
  space: LevelSpace<L>,
): Uint8Array[] {
  const texts = levels.map((text) => space.parse(text))
  const found = file === undefined ? [] : levelsOfText(read(file, 'file'), space)
  return [
    ...[...texts, ...found].map((level) => space.encode(level)),
    ...(history === undefined ? [] : bestOfHistory(read(history, 'history'), history, top)),
  ]
}

const levelsOfText = <L>(text: string, space: LevelSpace<L>): readonly L[] =>
  space.parseFile?.(text).map(({ level }) => level) ??
  textBlocks(text).map((block) => space.parse(block.text))

const FILES = { file: '', history: 'history.jsonl' }

function read(path: string, option: keyof typeof FILES): string {
  try {
    const folder = FILES[option] !== '' && statSync(path).isDirectory()
    return readFileSync(folder ? join(path, FILES[option]) : path, 'utf8')
  } catch (cause) {
    throw new AgonError('adversary/levels', `the levels of '${path}' cannot be read`, {
      place: `adversary.${option}`,
      remedy: 'give the path of a file that the adversary’s machine has',
      cause,
    })
  }
}

/** What is read of a line of a history. */
interface Row {
  readonly cell: readonly number[] | null
  readonly objective: number | null
  /** Base64. */
  readonly level: string
}

/** The elites of the search: the first best of each cell; of those the best. */
function bestOfHistory(text: string, path: string, top: number): Uint8Array[] {
  const elites = new Map<string, Row>()
  for (const [index, line] of text.split('\n').entries()) {
    if (line === '') continue
    const row = parsed(line)
    if (row === null)
      throw new AgonError('adversary/levels', `line ${index + 1} of '${path}' is no attempt`, {
        place: 'adversary.history',
        remedy: 'give the history.jsonl that a search has left',
      })
    const { cell, objective } = row
    if (cell === null || objective === null) continue
    const before = elites.get(cell.join())?.objective ?? Number.NEGATIVE_INFINITY
    if (objective > before) elites.set(cell.join(), row)
  }
  return best([...elites.values()], top).map(
    ({ level }) => new Uint8Array(Buffer.from(level, 'base64')),
  )
}

function parsed(line: string): Row | null {
  try {
    const row = JSON.parse(line) as Partial<Row>
    const whole =
      typeof row.level === 'string' &&
      (row.cell === null || Array.isArray(row.cell)) &&
      (row.objective === null || Number.isFinite(row.objective))
    return whole ? (row as Row) : null
  } catch {
    return null
  }
}

/** Highest objectives first; of equals the earlier. */
export const best = <E extends { readonly objective: number | null }>(
  elites: readonly E[],
  top: number,
): readonly E[] => elites.toSorted((a, b) => (b.objective ?? 0) - (a.objective ?? 0)).slice(0, top)
