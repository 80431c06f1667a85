import {
  type Document,
  type ErrorCode,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
} from 'yaml'
import type { ConfigPath, ConfigProblem } from './problems.ts'

/** YAML text as plain data, with the way back from a path to its line and column. */
export interface YamlSource {
  readonly plain: unknown
  /** `file:line:column` of the value at `path` (or of its key), or of its nearest existing parent. */
  place(path: ConfigPath, what?: 'key' | 'value'): string
}

/** Larger files are refused: no config is, and the parser's time must stay bounded. */
export const YAML_LIMIT = 256 * 1024
/** How often aliases may be expanded in all; bounds "billion laughs" files. */
const ALIAS_LIMIT = 100

interface Read {
  readonly source: YamlSource | null
  readonly problems: readonly ConfigProblem[]
}

const refused = (place: string, message: string): Read => ({
  source: null,
  problems: [{ place, path: '', message }],
})

/**
 * Reads one YAML 1.2 document. Syntax errors, duplicate keys, unknown tags, keys that are not scalars and runaway
 * aliases come back as problems with their places; nothing is thrown.
 * @param name how messages call the text, usually the file's path
 */
export function readYaml(text: string, name: string): Read {
  if (text.length > YAML_LIMIT)
    return refused(name, `has ${text.length} characters, more than the limit of ${YAML_LIMIT}`)
  const lines = new LineCounter()
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset)
    return `${name}:${Math.max(1, line)}:${Math.max(1, col)}`
  }
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      logLevel: 'error',
    })
    const problems = [...syntaxProblems(document, at), ...keyProblems(document, at)]
    if (problems.length > 0) return { source: null, problems }
    const plain: unknown = document.toJS({ maxAliasCount: ALIAS_LIMIT })
    const place = (path: ConfigPath, what: 'key' | 'value' = 'value'): string =>
      locate(document, path, what, at, name)
    return { source: { plain, place }, problems: [] }
  } catch (cause) {
    // The parser recurses once a nesting level and throws on excessive aliases; both are the file's fault.
    if (cause instanceof RangeError) return refused(name, 'is nested too deeply')
    if (cause instanceof ReferenceError)
      return refused(name, `has aliases that cannot be resolved: ${cause.message}`)
    return refused(name, `is not YAML: ${(cause as Error).message}`)
  }
}

/** What the parser's codes mean to someone who wrote a config; other codes keep the parser's sentence. */
const SENTENCES: Readonly<Partial<Record<ErrorCode, string>>> = {
  BLOCK_AS_IMPLICIT_KEY: 'this line is indented below a key that has a value already',
  MULTILINE_IMPLICIT_KEY: 'a key and its colon must stand on one line',
  BAD_INDENT: 'the indentation fits no mapping above',
  TAB_AS_INDENT: 'tabs cannot indent; use spaces',
  MISSING_CHAR: 'something is missing here, such as a colon, a comma or a closing mark',
  UNEXPECTED_TOKEN: 'this does not belong here; is the line above complete, and indented alike?',
}

/**
 * Duplicate keys stand for themselves; of the other errors only the first is told, because the rest follow from it.
 */
function syntaxProblems(document: Document, at: (offset: number) => string): ConfigProblem[] {
  const found = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0])
  const first = found.findIndex(({ code }) => code !== 'DUPLICATE_KEY')
  const told = first < 0 ? found : found.slice(0, first + 1)
  return told.slice(0, 20).map(({ pos, code, message }) => ({
    place: at(pos[0]),
    path: '',
    message: SENTENCES[code] ?? said(code, message),
  }))
}

/** The parser recurses once a level, and reports a full stack as if it were an error in the text. */
function said(code: ErrorCode, message: string): string {
  if (message.includes('call stack')) return 'is nested too deeply'
  return code === 'DUPLICATE_KEY' ? 'this key stands here a second time' : message.split('\n')[0]
}

function keyProblems(document: Document, at: (offset: number) => string): ConfigProblem[] {
  const problems: ConfigProblem[] = []
  visit(document, {
    Pair: (_, { key }) => {
      const offset = (key as Node | null)?.range?.[0] ?? 0
      if (key !== null && !isScalar(key))
        problems.push({ place: at(offset), path: '', message: 'a key must be plain text' })
      else if (isScalar(key) && key.value === '__proto__')
        problems.push({ place: at(offset), path: '__proto__', message: 'is not a known key' })
    },
  })
  return problems
}

function locate(
  document: Document,
  path: ConfigPath,
  what: 'key' | 'value',
  at: (offset: number) => string,
  name: string,
): string {
  let node: unknown = document.contents
  let offset: number | undefined
  const enter = (next: Node | null | undefined): void => {
    if (next?.range) offset = next.range[0]
  }
  enter(node as Node | null)
  for (const [depth, segment] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document)
    if (isMap(node)) {
      const pair = node.items.find((item) => keyOf(item) === String(segment))
      if (pair === undefined) break
      const last = depth === path.length - 1
      enter(pair.key as Node)
      if (!(last && what === 'key')) enter(pair.value as Node | null)
      node = pair.value
    } else if (isSeq(node) && typeof segment === 'number') {
      node = node.items[segment]
      enter(node as Node | undefined)
    } else break
  }
  return offset === undefined ? name : at(offset)
}

const keyOf = (pair: Pair): string => String(isScalar(pair.key) ? pair.key.value : pair.key)
