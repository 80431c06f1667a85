// Draws the statecharts of the roles from their machines into docs/roles/*.md, between `<!-- statechart: role -->` and
// `<!-- end -->`. With --check nothing is written: the exit code is 1 where a page is out of date. --docs names
// another folder than docs/roles. Needs the build output.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

const ROLES = ['experiment', 'student', 'adversary', 'evaluator', 'service']
const { values } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    docs: { type: 'string', default: 'docs/roles' },
  },
})

const idOf = (node) => node.path.join('_') || 'root'
const childrenOf = (node) => Object.values(node.states)

/** Entering a compound state enters its initial leaf. */
function leafOf(node) {
  return childrenOf(node).length === 0 ? node : leafOf(node.initial.target[0])
}

/** The end of a state's own work is `done` or `error`; of a compound state's work, with its name. */
function eventName(type, invoked) {
  const [, outcome, id] = /^xstate\.(done|error)\.actor\.(.+)$/.exec(type) ?? []
  if (outcome === undefined) return type
  const work = invoked.find((one) => one.id === id)
  return work === undefined ? outcome : `${work.src} ${outcome}`
}

function guardName(guard) {
  if (guard === undefined) return ''
  const name = typeof guard === 'string' ? guard : (guard.type ?? guard.name)
  return `[${name || 'guard'}]`
}

/** Mermaid lines of a node and everything in it. Transitions of compound states leave from an "any state" of theirs. */
function linesOf(node) {
  const compound = childrenOf(node).length > 0
  const source = compound ? `any_${idOf(node)}` : idOf(node)
  const where = node.path.length === 0 ? '' : ` of ${node.key}`
  const moves = [...node.transitions.values()].flat().concat(node.always ?? [])
  const seen = moves.flatMap(({ eventType, guard, target }) => {
    const label = [eventName(eventType, compound ? node.invoke : []), guardName(guard)]
      .filter(Boolean)
      .join(' ')
    // Without a target the state stays: bookkeeping, not a move.
    return (target ?? []).map((to) => `  ${source} --> ${idOf(leafOf(to))} : ${label || 'at once'}`)
  })
  const work = (node.invoke ?? []).map(({ src }) => (typeof src === 'string' ? src : 'work'))
  const title = compound ? `any state${where}` : [node.key, ...work].join(' / ')
  const shown = !compound || seen.length > 0
  return [
    ...(shown ? [`  state "${title}" as ${source}`] : []),
    ...[...new Set(seen)],
    ...(node.type === 'final' ? [`  ${source} --> [*]`] : []),
    ...childrenOf(node).flatMap(linesOf),
  ]
}

function chartOf({ root }) {
  const first = `  [*] --> ${idOf(leafOf(root))}`
  return ['```mermaid', 'stateDiagram-v2', first, ...linesOf(root), '```'].join('\n')
}

let stale = 0
for (const role of ROLES) {
  const module = await import(new URL(`../dist/actors/roles/${role}.machine.js`, import.meta.url))
  const path = join(values.docs, `${role}.md`)
  const page = readFileSync(path, 'utf8')
  const block = new RegExp(`(<!-- statechart: ${role} -->\n)[\\s\\S]*?(<!-- end -->)`)
  if (!block.test(page)) throw new Error(`${path} has no block for the statechart of ${role}`)
  const drawn = page.replace(block, `$1\n${chartOf(module[`${role}Machine`])}\n\n$2`)
  if (drawn === page) continue
  if (values.check) {
    stale += 1
    console.error(`${path} is out of date: npm run build && node scripts/statecharts.mjs`)
  } else writeFileSync(path, drawn)
}
process.exitCode = stale === 0 ? 0 : 1
