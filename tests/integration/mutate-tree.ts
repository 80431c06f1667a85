import type { RandomStream } from 'agon/core'

type Tree = Record<string, unknown>

const VALUES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1,
  7,
  0.5,
  1e308,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  -0,
  2 ** 53,
  '',
  'maze',
  'dr',
  'plr',
  'accel',
  'ppo',
  'random:3',
  'random:1e9',
  'maze/dcd',
  'a+b',
  'thread',
  'dcd',
  './gone.ts',
  'file:///gone.js',
  'file://host/x',
  'x'.repeat(5000),
  [],
  [1],
  {},
  { id: 'maze' },
  { id: 'ppo' },
  { cycles: 3 },
  [[]],
  10n,
  undefined,
  Symbol.iterator,
  () => 1,
  new Date(0),
]
const KEYS = [
  'seed',
  'budget',
  'students',
  'module',
  'id',
  '__proto__',
  'constructor',
  'toString',
  'widht',
  'a b',
  '',
  '0',
] as const

const pick = <T>(items: readonly T[], random: RandomStream): T =>
  items[random.integer(items.length)]

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Every mapping of the tree, the root first. */
function mappings(tree: Tree): Tree[] {
  return [tree, ...Object.values(tree).filter(isTree).flatMap(mappings)]
}

function set(tree: Tree, key: string, value: unknown): void {
  Object.defineProperty(tree, key, { value, enumerable: true, writable: true, configurable: true })
}

/** A deep copy of `tree` with one to three values or keys changed, swapped, added or removed; in place of nothing else. */
export function mutateTree(tree: Tree, random: RandomStream): Tree {
  const copy = structuredClone(tree)
  for (let times = 1 + random.integer(3); times > 0; times--) {
    const all = mappings(copy)
    const target = pick(all, random)
    const keys = Object.keys(target)
    const key = keys.length === 0 ? pick(KEYS, random) : pick(keys, random)
    const kind = random.integer(6)
    if (kind === 0) delete target[key]
    else if (kind === 1) set(target, pick(KEYS, random), pick(VALUES, random))
    else if (kind === 2) swap(target, key, pick(all, random), random)
    else if (typeof target[key] === 'number' && kind < 5)
      set(target, key, scaled(target[key], random))
    else set(target, key, pick(VALUES, random))
  }
  return copy
}

function scaled(value: number, random: RandomStream): number {
  const moved = value * [0, 0.5, 1, 2, 3, -1][random.integer(6)] + random.integer(3)
  return random.integer(2) === 0 ? Math.round(moved) : moved
}

function swap(a: Tree, key: string, b: Tree, random: RandomStream): void {
  const keys = Object.keys(b).filter((name) => !isTree(b[name]))
  if (keys.length === 0 || isTree(a[key])) return
  const other = pick(keys, random)
  const kept = a[key]
  set(a, key, b[other])
  set(b, other, kept)
}
