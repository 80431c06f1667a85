import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { RetestedLevel } from '../../run/archive/retest-contract.ts'
import { replaceFile, writeFailed } from '../../run/durable-file.ts'
import { makeFolders } from '../../run/make-folders.ts'

/** Levels of a retest that are done, piece after piece, in a file: a retest that was killed goes on from them. */
export interface KeptLevels {
  /** By piece, in their order. */
  readonly pieces: readonly (readonly RetestedLevel[])[]
  keep(piece: readonly RetestedLevel[]): void
}

/**
 * A line that says which retest it is, then a line for each piece. What was kept of another retest is forgotten, and so is a
 * line that was not written whole, with all after it.
 * @param about everything that the levels' values depend on, as JSON
 * @throws AgonError `run/write`
 */
export function keptLevels(path: string, about: unknown): KeptLevels {
  const head = JSON.stringify(about)
  const [found, ...lines] = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []
  const pieces = found === head ? wholePieces(lines) : []
  makeFolders(dirname(path))
  replaceFile(path, [head, ...pieces.map((piece) => JSON.stringify(piece)), ''].join('\n'))
  return {
    pieces,
    keep(piece) {
      try {
        appendFileSync(path, `${JSON.stringify(piece)}\n`)
      } catch (cause) {
        throw writeFailed(path, cause)
      }
    },
  }
}

/** @param lines the last is what stands after the last line break: nothing, or a part of a line */
function wholePieces(lines: readonly string[]): RetestedLevel[][] {
  const pieces: RetestedLevel[][] = []
  for (const line of lines.slice(0, -1)) {
    const piece = parsedPiece(line)
    if (piece === null) break
    pieces.push(piece)
  }
  return pieces
}

function parsedPiece(line: string): RetestedLevel[] | null {
  try {
    const piece: unknown = JSON.parse(line)
    return Array.isArray(piece) ? piece : null
  } catch {
    // Of a disk that lost its last page.
    return null
  }
}
