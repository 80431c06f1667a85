import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml'
import type { ConfigPath } from './problems.ts'

/** Merges lie within merges; a file cannot ask for more than this. */
const MERGE_DEPTH = 20

/** The node at the end of a path. */
export interface Located {
  /** Where it begins: of the nearest parent that is there, where it is not. */
  readonly offset: number | undefined
  /** Null where nothing is written at the path. */
  readonly node: Node | null
}

/**
 * Follows paths through aliases and merge keys: what a mapping takes from an anchor lies where the anchor has it. A
 * mapping is looked through once, however many of its keys are asked for.
 */
export function openLocator(
  document: Document,
): (path: ConfigPath, what: 'key' | 'value') => Located {
  const known = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>()
  const pairsOf = (map: YAMLMap): ReadonlyMap<string, Pair> => {
    const pairs = known.get(map) ?? collected(document, map, new Map(), 0)
    known.set(map, pairs)
    return pairs
  }
  return (path, what) => {
    let node = document.contents as Node | null
    let offset = node?.range?.[0]
    for (const [depth, segment] of path.entries()) {
      const inner = resolved(document, node)
      if (isMap(inner)) {
        const pair = pairsOf(inner).get(String(segment))
        if (pair === undefined) return { offset, node: null }
        const value = pair.value as Node | null
        const keyAlone = what === 'key' && depth === path.length - 1
        const begins = keyAlone ? undefined : value?.range?.[0]
        offset = begins ?? (pair.key as Node).range?.[0] ?? offset
        node = value
      } else if (isSeq(inner) && typeof segment === 'number') {
        node = (inner.items[segment] as Node | undefined) ?? null
        offset = node?.range?.[0] ?? offset
      } else return { offset, node: null }
    }
    return { offset, node: resolved(document, node) }
  }
}

/** A key of its own wins; of several merges, the first that has it. */
function collected(
  document: Document,
  map: YAMLMap,
  into: Map<string, Pair>,
  depth: number,
): ReadonlyMap<string, Pair> {
  const merges = map.items.filter(({ key }) => isMergeKey(key))
  for (const pair of map.items)
    if (!isMergeKey(pair.key) && !into.has(keyOf(pair))) into.set(keyOf(pair), pair)
  if (depth < MERGE_DEPTH)
    for (const { value } of merges)
      for (const source of mergeSources(document, value))
        if (isMap(source)) collected(document, source, into, depth + 1)
  return into
}

const keyOf = ({ key }: Pair): string => String(isScalar(key) ? key.value : key)

/** `<<` without quotes, as the parser tells it. */
export const isMergeKey = (key: unknown): boolean =>
  isScalar(key) && typeof key.value === 'symbol' && key.value.description === '<<'

/** What a merge key takes from, in order: each should be a mapping. */
export function mergeSources(document: Document, value: unknown): readonly (Node | null)[] {
  const source = resolved(document, value as Node | null)
  return isSeq(source)
    ? source.items.map((item) => resolved(document, item as Node | null))
    : [source]
}

const resolved = (document: Document, node: Node | null): Node | null =>
  isAlias(node) ? (node.resolve(document) ?? null) : node
