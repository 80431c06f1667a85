import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { AgonError } from './errors.ts'
import { syntaxPlace } from './stack-frames.ts'

/** `path:line:column` at the end of what the transpiler says; its columns count from 0. */
const TRANSPILERS =
  /^(?:ParseError: )?(?<what>[^\n]*?)\s*\n\s*(?<path>\S.*):(?<line>\d+):(?<column>\d+)\s*$/
/** What it makes of a text that it cannot read. */
const IN_PLACE_OF_CODE = /^exports\.__JITI_ERROR__ = (?<fault>\{.*\})$/m
/** What a module imports of its own project. */
const RELATIVE = /\b(?:from|import)\s*\(?\s*['"](?<path>\.{1,2}\/[^'"\n]+)['"]/g
const MOST_FILES = 200

interface Fault {
  readonly what: string
  readonly place?: string
}

/** Why the import of `path` failed, with line and column where its text, or that of a module that it imports, is at fault. */
export async function brokenModule(path: string, cause: unknown): Promise<AgonError> {
  const { what, place } = await faultOf(path, cause)
  // One that a module imports may be at fault: then both are named.
  const which = place?.startsWith(`${path}:`) ? 'this module' : path
  return new AgonError('module/broken', `${which} cannot be imported: ${what}`, {
    // Where the text is at fault, its place is also where Node says that it threw.
    ...(place === undefined ? {} : { place, origin: place }),
    cause,
  })
}

async function faultOf(path: string, cause: unknown): Promise<Fault> {
  if (!(cause instanceof Error)) return { what: `it threw ${String(cause)}` }
  const parsed = parseFault(cause.message)
  if (parsed !== null) return parsed
  if (!(cause instanceof SyntaxError)) return { what: cause.message }
  const place = syntaxPlace(cause.stack ?? '')
  if (place !== null) return { what: cause.message, place }
  // Node tells the place of a syntax error to nobody but its own last words: it is looked for by parsing once more.
  return (await parseAll(path)) ?? { what: cause.message, place: path }
}

function parseFault(message: string): Fault | null {
  const found = TRANSPILERS.exec(message)?.groups
  if (found === undefined) return null
  return { what: found.what, place: `${found.path}:${found.line}:${Number(found.column) + 1}` }
}

/** The first file that does not parse, of `entry` and what it imports by relative paths; runs none of them. */
async function parseAll(entry: string): Promise<Fault | null> {
  const { createJiti } = await import('jiti')
  const { transform } = createJiti(entry, { fsCache: false })
  const files = new Set([entry])
  for (const filename of files) {
    const source = readSource(filename)
    const code = transform({ filename, source, ts: /\.[cm]?ts$/.test(filename), async: true })
    const { fault } = IN_PLACE_OF_CODE.exec(code)?.groups ?? {}
    if (fault !== undefined) return parserFault(filename, fault)
    for (const { groups } of source.matchAll(RELATIVE))
      if (files.size < MOST_FILES) files.add(resolve(dirname(filename), groups?.path ?? ''))
  }
  return null
}

/** Empty where there is no such file, as with an extension that is left out. */
function readSource(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function parserFault(path: string, json: string): Fault {
  const { message, line, column } = JSON.parse(json)
  return { what: String(message).trim(), place: `${path}:${line}:${column + 1}` }
}
