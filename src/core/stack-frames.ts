import { fileURLToPath } from 'node:url'
import { ownSource, sourcePosition } from './source-positions.ts'

/** One line of a stack that lies in a file. */
export interface Frame {
  readonly path: string
  readonly line: number
  readonly column: number
  /** Without the object that a transpiler put around it; empty at the top level of a module. */
  readonly function: string
}

const FRAME =
  /^\s+at (?:(?<name>.*?) \(|async )?(?<file>(?:file:\/\/)?(?:\/|[A-Za-z]:[\\/]).*?):(?<line>\d+):(?<column>\d+)\)?$/
/** What V8 and transpilers write before a name, or in place of one. */
const DRESS = /^(?:async )?(?:(?:Proxy|Object|Module)\.)*(?:<anonymous>$)?/

/** The frames of a V8 stack that lie in files, innermost first, at the positions of the sources that users wrote. */
export function* framesOf(stack: string): Generator<Frame> {
  for (const text of stack.split('\n')) {
    const frame = frameOf(text)
    if (frame !== null) yield frame
  }
}

/** The same stack with the positions of the sources that users wrote. */
export function withSourcePositions(stack: string): string {
  return stack
    .split('\n')
    .map((text) => {
      const found = FRAME.exec(text)?.groups
      const frame = found === undefined ? null : frameOf(text)
      if (found === undefined || frame === null) return text
      return text.replace(`:${found.line}:${found.column}`, () => `:${frame.line}:${frame.column}`)
    })
    .join('\n')
}

/** The same stack with Agon's own sources in place of its chunks; their maps are read, so it is for who prints a stack. */
export function withOwnSources(stack: string): string {
  return stack
    .split('\n')
    .map((text) => {
      const found = FRAME.exec(text)?.groups
      const path = found === undefined ? null : plainPath(found.file)
      if (found === undefined || path === null) return text
      const { file, line, column } = found
      const own = ownSource(path, { line: Number(line), column: Number(column) })
      if (own === null) return text
      const place = `${own.path}:${own.at.line}:${own.at.column}`
      return text.replace(`${file}:${line}:${column}`, () => place)
    })
    .join('\n')
}

/** The file of a syntax error, which Node writes before the stack, with the column of its mark; null for other stacks. */
export function syntaxPlace(stack: string): string | null {
  const [place, , mark = ''] = stack.split('\n', 3)
  const { file, line } =
    /^(?<file>(?:file:\/\/)?(?:\/|[A-Za-z]:[\\/]).*):(?<line>\d+)$/.exec(place)?.groups ?? {}
  const path = file === undefined ? null : plainPath(file)
  if (path === null) return null
  const column = mark.indexOf('^')
  return `${path}:${line}${column < 0 ? '' : `:${column + 1}`}`
}

function frameOf(text: string): Frame | null {
  const found = FRAME.exec(text)?.groups
  if (found === undefined) return null
  const path = plainPath(found.file)
  if (path === null) return null
  const at = sourcePosition(path, { line: Number(found.line), column: Number(found.column) })
  return { path, ...at, function: (found.name ?? '').replace(DRESS, '') }
}

function plainPath(file: string): string | null {
  if (!file.startsWith('file://')) return file
  try {
    return fileURLToPath(file)
  } catch {
    return null
  }
}
