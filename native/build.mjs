// Builds and runs the native tests: `node native/build.mjs`, with names of tests to run only those.
// A plain C++20 compiler is enough; with nvcc the headers are compiled as device code too, and run where a GPU is.
// `node native/build.mjs programs` builds the calibration into native/build instead; with names after
// it, only those, and only where a source is newer.
// `node native/build.mjs slow` plays 1 000 games for their bits and 100 000 random levels instead (CI: 50 and 2 000), and
// compiles what runs on a GPU also where there is none.
// `--counts FILE` writes as JSON what passed, failed and was skipped.
// Without a compiler it says so and succeeds, since everything else of Agon works without.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { gunzipSync } from 'node:zlib'
import {
  CUDA_FLAGS as ADDON_CUDA_FLAGS,
  CUDA_SOURCE as ADDON_CUDA_SOURCE,
  buildAddon,
} from './addon/build.mjs'
import { unpackExperiment } from './football/calibrate/unpack-traces.mjs'

const NATIVE = dirname(fileURLToPath(import.meta.url))
const FOOTBALL = join(NATIVE, 'football')
const BUILD = join(NATIVE, 'build')
const NO_DEVICE = 77
/** Test programs with more to do than usual. */
const SLOW = [
  ['game-bits', '1000'],
  ['game-fuzz', '100000'],
]

const INCLUDES = ['include', 'tests', 'calibrate'].flatMap((folder) => [
  '-I',
  join(FOOTBALL, folder),
])
// Contraction of a multiplication and an addition into one rounding would change bits from machine to machine.
const CXX_FLAGS = [
  '-std=c++20',
  '-O2',
  '-ffp-contract=off',
  '-Wall',
  '-Wextra',
  '-Werror',
  '-pthread',
]
const CUDA_FLAGS = [
  ...['-std=c++20', '-O2', '--fmad=false', '-Xcompiler', '-ffp-contract=off'],
  ...['-Werror', 'cross-execution-space-call'],
]

/** The first of these commands that answers `--version`. */
function found(commands) {
  return commands.find(
    (command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0,
  )
}

function files(folder, ending) {
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(folder, name))
}

/** Runs a command in native/football with its output shown; its exit status. */
function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: FOOTBALL, stdio: 'inherit' })
  if (error) console.error(`${command}: ${error.message}`)
  return status ?? 1
}

/** Where the program of a source is built. */
function programOf(source) {
  return join(BUILD, basename(source, '.cpp'))
}

function compiled(compiler, source) {
  console.log(`${basename(source, '.cpp')}:`)
  return run(compiler, [...CXX_FLAGS, ...INCLUDES, source, '-o', programOf(source)]) === 0
}

function tested(compiler, source, args = []) {
  return compiled(compiler, source) && run(programOf(source), args) === 0
}

function slow(compiler, outcome) {
  for (const [name, count] of SLOW) {
    const passed = tested(compiler, join(FOOTBALL, 'tests', `${name}.cpp`), [count])
    outcome[passed ? 'passed' : 'failed'].push(name)
  }
  const nvcc = found(['nvcc'])
  if (nvcc) onDevice(nvcc, outcome, true)
  return outcome.failed.length === 0 ? 0 : 1
}

/** When the newest header or source was written, milliseconds. */
function newestSource() {
  return ['include', 'calibrate']
    .flatMap((folder) => {
      const path = join(FOOTBALL, folder)
      return readdirSync(path, { recursive: true }).map((name) => join(path, String(name)))
    })
    .filter((path) => /\.[ch]pp$/.test(path))
    .reduce((newest, path) => Math.max(newest, statSync(path).mtimeMs), 0)
}

/** Calibration: built, to be run by hand. With `names` only those that are older than a source. */
function programs(compiler, names) {
  const newest = newestSource()
  const fresh = (source) =>
    names.length > 0 &&
    existsSync(programOf(source)) &&
    statSync(programOf(source)).mtimeMs > newest
  const sources = files(join(FOOTBALL, 'calibrate'), '.cpp').filter(
    (source) => names.length === 0 || names.includes(basename(source, '.cpp')),
  )
  const built = sources
    .filter((source) => fresh(source) || compiled(compiler, source))
    .map(programOf)
  console.log(built.join('\n'))
  return built.length === sources.length ? 0 : 1
}

/** The recorded experiments of the fixtures as plain rows, for the tests. */
function unpackFixtures() {
  const folder = join(FOOTBALL, 'tests', 'fixtures', 'grf', 'micro')
  const target = join(BUILD, 'traces')
  mkdirSync(target, { recursive: true })
  for (const path of files(folder, '.json')) {
    const head = JSON.parse(readFileSync(path, 'utf8'))
    const floats = gunzipSync(readFileSync(path.replace(/json$/, 'f32.gz')))
    unpackExperiment(target, { name: basename(path, '.json'), head, floats })
  }
}

/** One CUDA file that includes every public header. */
function allHeaders() {
  const path = join(BUILD, 'all-headers.cu')
  const include = join(FOOTBALL, 'include')
  const headers = readdirSync(include, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.hpp'))
    .sort()
  const lines = headers.map((name) => `#include "${name}"`)
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

/** Compiles headers with nvcc, and device programs where a GPU runs them or where they are `always` to be compiled. */
function onDevice(nvcc, outcome, always = false) {
  console.log('CUDA:')
  const object = join(BUILD, 'all-headers.o')
  if (run(nvcc, [...CUDA_FLAGS, ...INCLUDES, '-c', allHeaders(), '-o', object]) !== 0) {
    outcome.failed.push('CUDA headers')
    return
  }
  console.log('  every header compiles as CUDA')
  const addon = join(BUILD, 'addon-cuda.o')
  if (run(nvcc, [...ADDON_CUDA_FLAGS, '-c', ADDON_CUDA_SOURCE, '-o', addon]) !== 0) {
    outcome.failed.push('CUDA part of the addon')
    return
  }
  console.log('  so does the part of the addon')
  const device = existsSync('/dev/nvidia0') || existsSync('/proc/driver/nvidia/gpus')
  for (const source of files(join(FOOTBALL, 'tests', 'device'), '.cu')) {
    const name = `device ${basename(source, '.cu')}`
    if (!device && !always) {
      outcome.skipped.push(`native football: ${name} (no CUDA device)`)
      continue
    }
    const program = join(BUILD, name.replace(' ', '-'))
    const built = run(nvcc, [...CUDA_FLAGS, ...INCLUDES, source, '-o', program]) === 0
    const status = built ? run(program, []) : 1
    if (status === NO_DEVICE) outcome.skipped.push(`native football: ${name} (no CUDA device)`)
    else outcome[status === 0 ? 'passed' : 'failed'].push(name)
  }
}

/** Every test program, or those named; the addon and CUDA with all of them. */
function tests(compiler, only, outcome) {
  unpackFixtures()
  const sources = files(join(FOOTBALL, 'tests'), '.cpp').filter(
    (source) => only.length === 0 || only.includes(basename(source, '.cpp')),
  )
  if (sources.length === 0) {
    console.error(`No test program is called ${only.join(' or ')}; see native/football/tests.`)
    return 1
  }
  for (const source of sources)
    outcome[tested(compiler, source) ? 'passed' : 'failed'].push(basename(source, '.cpp'))
  const nvcc = found(['nvcc'])
  if (only.length === 0) {
    if (!buildAddon()) outcome.failed.push('addon')
    if (nvcc) onDevice(nvcc, outcome)
    else outcome.skipped.push('native football on CUDA (no nvcc)')
  }
  const { passed, failed, skipped } = outcome
  const cuda = nvcc ? (only.length === 0 ? 'CUDA by nvcc' : 'CUDA left out') : 'no nvcc, so no CUDA'
  console.log(
    `native football: ${passed.length} test programs passed by ${compiler}, ${cuda}, ${skipped.length} skipped, failed: ${failed.join(', ') || 'none'}`,
  )
  return failed.length === 0 ? 0 : 1
}

function main(only, outcome) {
  const compiler = found([process.env.CXX, 'g++', 'clang++'].filter(Boolean))
  if (!compiler) {
    console.log(
      'No C++ compiler was found (g++, clang++, or one named in CXX), so the native football was not built or tested.',
    )
    outcome.skipped.push('native football (no C++ compiler)')
    return 0
  }
  mkdirSync(BUILD, { recursive: true })
  if (only[0] === 'slow') return slow(compiler, outcome)
  if (only[0] === 'programs') return programs(compiler, only.slice(1))
  return tests(compiler, only, outcome)
}

const { values, positionals } = parseArgs({
  options: { counts: { type: 'string' } },
  allowPositionals: true,
})
/** Names of test programs; skipped ones with the reason. */
const outcome = { passed: [], failed: [], skipped: [] }
process.exitCode = main(positionals, outcome)
if (values.counts !== undefined) writeFileSync(values.counts, JSON.stringify(outcome))
