import { type Document, type ErrorCode, isMap, isScalar, type Node, visit } from 'yaml'
import type { ConfigProblem } from './problems.ts'
import { isMergeKey, mergeSources } from './yaml-locate.ts'

/** What the parser's codes mean to someone who wrote a config. */
const SENTENCES: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: 'what an alias (`*name`) stands for has its anchor and tag already',
  BAD_ALIAS: 'an alias is written `*name`, an anchor `&name`',
  BAD_COLLECTION_TYPE: 'this tag does not fit a mapping or a list; a config needs no tags',
  BAD_DIRECTIVE: 'a config needs no lines that begin with %',
  BAD_DQ_ESCAPE: 'there is no such escape; in double quotes a backslash is written twice',
  BAD_INDENT: 'the indentation fits no mapping above',
  BAD_PROP_ORDER: 'an anchor stands right before its value',
  BAD_SCALAR_START: 'text that begins with this sign needs quotes',
  BLOCK_AS_IMPLICIT_KEY: 'this line is indented below a key that has a value already',
  BLOCK_IN_FLOW: 'an indented mapping or list cannot stand within { } or [ ]',
  DUPLICATE_KEY: 'this key stands here a second time',
  IMPOSSIBLE: 'this cannot be read',
  KEY_OVER_1024_CHARS: 'a key has at most 1024 characters',
  MISSING_CHAR: 'something is missing here, such as a colon, a comma or a closing mark',
  MULTILINE_IMPLICIT_KEY: 'a key and its colon must stand on one line',
  MULTIPLE_ANCHORS: 'a value has at most one anchor',
  MULTIPLE_DOCS:
    'a second document begins here; a file holds one config, so give each a file of its own',
  MULTIPLE_TAGS: 'a value has at most one tag, and a config needs none',
  NON_STRING_KEY: 'a key must be plain text',
  RESOURCE_EXHAUSTION: 'is nested too deeply',
  TAB_AS_INDENT: 'tabs cannot indent; use spaces',
  TAG_RESOLVE_FAILED: 'there is no such tag; a config needs none',
  UNEXPECTED_TOKEN: 'this does not belong here; is the line above complete, and indented alike?',
}

/** The first error of the text alone, because the rest follow from it. */
export function syntaxProblems(
  document: Document,
  at: (offset: number) => string,
): ConfigProblem[] {
  const found = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0])
  return found.slice(0, 1).map(({ pos, code, message }) => ({
    place: at(pos[0]),
    path: '',
    // The parser recurses once a level, and reports a full stack as if it were an error in the text.
    message: message.includes('call stack') ? 'is nested too deeply' : SENTENCES[code],
  }))
}

/** Keys that stand twice or are no text, aliases of nothing, merges of what is no mapping. */
export function nodeProblems(document: Document, at: (offset: number) => string): ConfigProblem[] {
  const problems: ConfigProblem[] = []
  const blame = (node: Node | null, path: string, message: string): void => {
    problems.push({ place: at(node?.range?.[0] ?? 0), path, message })
  }
  visit(document, {
    Map(_, map) {
      const keys = new Set<string>()
      for (const { key } of map.items) {
        if (!isScalar(key) || isMergeKey(key)) continue
        if (keys.has(String(key.value))) blame(key, '', 'this key stands here a second time')
        keys.add(String(key.value))
      }
    },
    Pair(_, { key, value }) {
      if (isMergeKey(key)) {
        // An alias of nothing is told of below.
        if (!mergeSources(document, value).every((source) => source === null || isMap(source)))
          blame((value ?? key) as Node, '<<', 'takes a mapping, such as *name, or a list of them')
      } else if (key !== null && !isScalar(key)) blame(key as Node, '', 'a key must be plain text')
      else if (isScalar(key) && key.value === '__proto__')
        blame(key, '__proto__', 'is not a known key')
    },
    Alias(_, alias, parents) {
      const anchored = alias.resolve(document)
      if (anchored === undefined)
        blame(alias, '', `there is no anchor &${alias.source} above this alias`)
      else if (parents.includes(anchored))
        blame(alias, '', `stands within &${alias.source}, which it would repeat for ever`)
    },
  })
  return problems
}
