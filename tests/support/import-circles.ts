import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

/** `import … from './x.ts'` and `export … from './x.ts'`; what is imported when it is needed is no part of a circle. */
const IMPORT = /(?:^|\n)(?:import|export)\b[^'"`;]*?\bfrom\s*'(\.[^']+)'/g

/** Circles of imports among the modules of a folder, types included: the files of each, sorted, from `root`. */
export function importCircles(root: string): readonly (readonly string[])[] {
  const names = readdirSync(root, { recursive: true })
    .map(String)
    .filter((name) => /\.m?ts$/.test(name) && !/\.d\.m?ts$/.test(name))
  return components(new Map(names.map((name) => [name, importsOf(root, name)])))
    .filter((files) => files.length > 1)
    .map((files) => files.sort())
}

function importsOf(root: string, name: string): readonly string[] {
  const text = readFileSync(join(root, name), 'utf8')
  return [...text.matchAll(IMPORT)].map(([, target]) =>
    relative(root, join(root, dirname(name), target)),
  )
}

/** Strongly connected components (Tarjan 1972). */
function components(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const index = new Map<string, number>()
  const path: string[] = []
  const found: string[][] = []
  const visit = (node: string): number => {
    const own = index.size
    index.set(node, own)
    path.push(node)
    let low = own
    for (const next of edges.get(node) ?? []) {
      if (!edges.has(next)) continue
      if (!index.has(next)) low = Math.min(low, visit(next))
      else if (path.includes(next)) low = Math.min(low, index.get(next) ?? own)
    }
    if (low === own) found.push(path.splice(path.indexOf(node)))
    return low
  }
  for (const node of edges.keys()) if (!index.has(node)) visit(node)
  return found
}
