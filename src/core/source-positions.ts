import { readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'

/** Lines and columns count from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** Transpiles a source as it was when it was imported; the result ends with its map, inline. */
export type Transpile = (path: string, source: string) => string

const INLINE = /\/\/# sourceMappingURL=data:[^,]*;base64,(\S+)\s*$/

let transpile: Transpile | null = null
const maps = new Map<string, SourceMap | null>()

/** Told once modules are transpiled in this thread. Maps are made when an error asks for one: most runs need none. */
export function transpiledBy(how: Transpile): void {
  transpile = how
}

/** Where a position of transpiled code stands in the file that the user wrote; others stay as they are. */
export function sourcePosition(path: string, at: Position): Position {
  if (transpile === null || !/\.[cm]?ts$/.test(path)) return at
  let map = maps.get(path)
  if (map === undefined) {
    map = makeMap(path, transpile)
    maps.set(path, map)
  }
  const found = map?.findEntry(at.line - 1, at.column - 1)
  if (found === undefined || !('originalLine' in found)) return at
  return { line: found.originalLine + 1, column: found.originalColumn + 1 }
}

function makeMap(path: string, how: Transpile): SourceMap | null {
  try {
    const [, map] = INLINE.exec(how(path, readFileSync(path, 'utf8'))) ?? []
    return map === undefined
      ? null
      : new SourceMap(JSON.parse(Buffer.from(map, 'base64').toString('utf8')))
  } catch {
    // The file is gone or no longer what was imported: its lines are right without a map.
    return null
  }
}
