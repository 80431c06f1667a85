import { isScalar, LineCounter, parseDocument } from 'yaml'
import type { ConfigPath, ConfigProblem } from './problems.ts'
import { openLocator } from './yaml-locate.ts'
import { nodeProblems, syntaxProblems } from './yaml-problems.ts'

/** YAML text as plain data, with the way back from a path to its line and column. */
export interface YamlSource {
  readonly plain: unknown
  /** `file:line:column` of the value at `path` (or of its key), or of its nearest existing parent. */
  place(path: ConfigPath, what?: 'key' | 'value'): string
  /** The characters of the scalar at `path`: a number may have more digits than its value can hold. */
  written(path: ConfigPath): string | null
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
 * Reads one YAML 1.2 document, with the merge keys of YAML 1.1. Syntax errors, duplicate keys, unknown tags, keys that
 * are not scalars and runaway aliases come back as problems with their places; nothing is thrown.
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
      merge: true,
      // The parser's own check compares every key with every other; ours takes them once.
      uniqueKeys: false,
    })
    const syntax = syntaxProblems(document, at)
    const problems = syntax.length > 0 ? syntax : nodeProblems(document, at)
    if (problems.length > 0) return { source: null, problems }
    const plain: unknown = document.toJS({ maxAliasCount: ALIAS_LIMIT })
    const locate = openLocator(document)
    return {
      source: {
        plain,
        place(path, what = 'value') {
          const { offset } = locate(path, what)
          return offset === undefined ? name : at(offset)
        },
        written(path) {
          const { node } = locate(path, 'value')
          return isScalar(node) ? (node.source ?? null) : null
        },
      },
      problems: [],
    }
  } catch (cause) {
    // The parser recurses once a nesting level and throws on excessive aliases; both are the file's fault.
    if (cause instanceof RangeError) return refused(name, 'is nested too deeply')
    if (cause instanceof ReferenceError)
      return refused(name, `has aliases that stand for more than ${ALIAS_LIMIT} others`)
    return refused(name, 'cannot be read as YAML')
  }
}
