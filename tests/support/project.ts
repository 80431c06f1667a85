import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const ROOT = dirname(createRequire(import.meta.url).resolve('agon/package.json'))

/** A folder as a user would have it: the example's modules and config, and agon installed beside them. */
export interface Project {
  readonly dir: string
  file(name: string): string
  /** Writes `name` as `source` with `from`, which must stand there, replaced by `to`. */
  edit(source: string, name: string, from: string, to: string): void
  write(name: string, text: string): void
}

export function makeProject(): Project {
  const dir = mkdtempSync(join(tmpdir(), 'agon-project-'))
  cpSync(join(ROOT, 'examples/grid-search'), dir, { recursive: true })
  mkdirSync(join(dir, 'node_modules'), { recursive: true })
  symlinkSync(ROOT, join(dir, 'node_modules/agon'), 'dir')
  const file = (name: string): string => join(dir, name)
  return {
    dir,
    file,
    edit(source, name, from, to) {
      const text = readFileSync(file(source), 'utf8')
      if (!text.includes(from)) throw new Error(`${source} has no ${from}`)
      writeFileSync(file(name), text.replace(from, to))
    },
    write: (name, text) => writeFileSync(file(name), text),
  }
}

/** Line and column, from 1, at which `word` stands in a file. */
export function placeOf(path: string, word: string): string {
  const before = readFileSync(path, 'utf8').split(word)[0].split('\n')
  return `${path}:${before.length}:${before[before.length - 1].length + 1}`
}

/** Few cycles, little to measure. */
export const SHORT = [
  'budget={cycles: 2}',
  'workers=1',
  'evaluation.episodes=1',
  'evaluation.final={suite: beacon/corners, episodes: 1}',
].flatMap((text) => ['--set', text])
