import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

// What keeps a path of its own in dist/: modules that something outside the bundle names. All paths are relative to
// src/, without an extension.

/** Modules behind the names that packages import: `agon/envs/maze`. */
export function publicEntries() {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8'))
  return Object.values(exports)
    .filter((target) => target.default !== undefined)
    .map((target) => target.default.replace(/^\.\/dist\//, '').replace(/\.js$/, ''))
}

/** What threads begin with. */
export const workerEntries = () =>
  sources().filter((path) => path.endsWith('.worker') && !forTests(path))

const NAMED = /\b(?:builtUrl\(import\.meta\.url, |built\()'(\.[^']*)\.js'/g

/** What is loaded by URL: built-in parts, and the command line, which starts itself. */
export function namedEntries() {
  return sources()
    .filter((path) => !forTests(path))
    .flatMap((path) => {
      const text = readFileSync(`src/${path}.ts`, 'utf8')
      return [...text.matchAll(NAMED)].map(([, name]) => join(dirname(path), name))
    })
}

/** Inner modules that scripts of this repository and its tests load from dist/; no promise to anybody else. */
export const INNER = [
  'actors/roles/adversary.machine',
  'actors/roles/evaluator.machine',
  'actors/roles/experiment.machine',
  'actors/roles/service.machine',
  'actors/roles/student.machine',
  'actors/transport/worker',
  'cli/catalogue',
  'cli/main',
  'cli/terminal/line-terminal',
  'core/clock',
  'core/errors',
  'core/node-version',
  'core/visible',
  'inference/native-gate',
  'inference/worker-expose',
  'learners/nets/segments',
  'play/record/make-replay',
  'play/record/trace-columns',
  'run/config/index',
  'run/config/sections',
  'run/exit-codes',
  'version',
  'views/replay/write-replay',
  'views/report/index',
]

/** What only tests load; it stays out of the package, as do the chunks that nothing else reaches. */
export const TEST_ENTRIES = [
  'envs/fixtures/choose-one',
  'envs/fixtures/endless',
  'envs/fixtures/hidden-prize',
  'envs/fixtures/pads',
  'envs/fixtures/phrases',
  'evaluation/fixtures/corridor',
  'inference/fixtures/busy.worker',
  'play/record/testing/made-game',
]

/** All that goes into the package. */
export const shippedEntries = () => [
  ...new Set([...publicEntries(), ...workerEntries(), ...namedEntries(), ...INNER]),
]

const forTests = (path) => /(^|\/)(fixtures|testing)\//.test(path) || path.endsWith('.test')

const sources = () =>
  readdirSync('src', { recursive: true })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))
    .map((path) => path.slice(0, -'.ts'.length))
