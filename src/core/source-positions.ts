import { readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Lines and columns count from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** Transpiles a source as it was when it was imported; the result ends with its map, inline. */
export type Transpile = (path: string, source: string) => string

const INLINE = /\/\/# sourceMappingURL=data:[^,]*;base64,(\S+)\s*$/

/** Where the build puts the code of Agon itself, each file with its map beside it. */
const CHUNKS = fileURLToPath(new URL('../chunks/', import.meta.url))

let transpile: Transpile | null = null
const maps = new Map<string, SourceMap | null>()

/** Told once modules are transpiled in this thread. Maps are made when an error asks for one: most runs need none. */
export function transpiledBy(how: Transpile): void {
  transpile = how
}

/** Where a position of transpiled code stands in the file that the user wrote; others stay as they are. */
export function sourcePosition(path: string, at: Position): Position {
  if (transpile === null || !/\.[cm]?ts$/.test(path)) return at
  const how = transpile
  const found = entryOf(path, at, () => {
    const [, map] = INLINE.exec(how(path, readFileSync(path, 'utf8'))) ?? []
    return map === undefined ? null : Buffer.from(map, 'base64').toString('utf8')
  })
  return found === null ? at : found.at
}

/** The source of Agon that stands at a position of a chunk; null elsewhere. */
export function ownSource(
  path: string,
  at: Position,
): { readonly path: string; readonly at: Position } | null {
  if (!path.startsWith(CHUNKS)) return null
  const found = entryOf(path, at, () => readFileSync(`${path}.map`, 'utf8'))
  return found === null ? null : { path: resolve(dirname(path), found.source), at: found.at }
}

interface Entry {
  readonly source: string
  readonly at: Position
}

function entryOf(path: string, at: Position, read: () => string | null): Entry | null {
  let map = maps.get(path)
  if (map === undefined) {
    map = makeMap(read)
    maps.set(path, map)
  }
  const found = map?.findEntry(at.line - 1, at.column - 1)
  if (found === undefined || !('originalLine' in found)) return null
  const position = { line: found.originalLine + 1, column: found.originalColumn + 1 }
  return { source: found.originalSource, at: position }
}

function makeMap(read: () => string | null): SourceMap | null {
  try {
    const text = read()
    return text === null ? null : new SourceMap(JSON.parse(text))
  } catch {
    // The file is gone or no longer what was imported: its lines are right without a map.
    return null
  }
}
