// Builds the Node addon of the football simulator into dist/native/football.node, unless what is there was built from
// the same sources. Needs no network: the headers are those beside the running node.
//   node native/addon/build.mjs [--cuda]
// CUDA is built in where nvcc and a GPU are, or with --cuda, which needs nvcc alone; AGON_CUDA_ARCH is nvcc's -arch.
// What is missing is said in one sentence, which dist/native/football.json keeps for whoever loads the addon.
import { spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ADDON = dirname(fileURLToPath(import.meta.url))
const NATIVE = dirname(ADDON)
const INCLUDE = join(NATIVE, 'football', 'include')
const BUILD = join(ADDON, 'build')
const OUT = join(dirname(NATIVE), 'dist', 'native')
const BINARY = join(OUT, 'football.node')
const RECORD = join(OUT, 'football.json')
const LEAST_COMPILER = { 'g++': 11, 'clang++': 14 }

export const CUDA_FLAGS = [
  ...['-std=c++20', '-O2', '--fmad=false', '-Xcompiler', '-fPIC,-ffp-contract=off'],
  ...['-Werror', 'cross-execution-space-call', '-DAGON_CUDA', '-I', INCLUDE],
]
export const CUDA_SOURCE = join(ADDON, 'src', 'cuda-games.cu')

/** Why something cannot be built here, in words for the user. */
class Missing extends Error {}

function output(command, args) {
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8' })
  return status === 0 ? stdout : null
}

/** One number for everything that the binary is made from. */
function digest() {
  const hash = createHash('sha256')
  const own = ['binding.gyp', 'build.mjs', 'src'].map((name) => join(ADDON, name))
  const paths = [...own, INCLUDE].flatMap((path) =>
    path.endsWith('.gyp') || path.endsWith('.mjs')
      ? [path]
      : readdirSync(path, { recursive: true })
          .map((name) => join(path, String(name)))
          .filter((name) => /\.(cpp|hpp|cu|cuh)$/.test(name)),
  )
  for (const path of paths.sort()) hash.update(path.slice(NATIVE.length)).update(readFileSync(path))
  return hash.digest('hex')
}

function readRecord() {
  return existsSync(RECORD) ? JSON.parse(readFileSync(RECORD, 'utf8')) : null
}

function compiler() {
  const named = [process.env.CXX, 'g++', 'clang++'].filter(Boolean)
  const found = named.find((command) => output(command, ['--version']) !== null)
  if (found === undefined) throw new Missing('no C++ compiler was found (g++ or clang++)')
  const least = LEAST_COMPILER[found.split('/').at(-1)]
  const version = Number.parseInt(output(found, ['-dumpversion']) ?? '', 10)
  if (least !== undefined && version < least)
    throw new Missing(`${found} ${version} is too old: C++20 needs ${found} ${least} or newer`)
  return found
}

/** Where `include/node/node_api.h` is: beside the running node. */
function headers() {
  const root = process.env.npm_config_nodedir ?? dirname(dirname(process.execPath))
  if (existsSync(join(root, 'include', 'node', 'node_api.h'))) return root
  throw new Missing(`Node's headers are not in ${join(root, 'include', 'node')}`)
}

function nodeGyp() {
  try {
    return createRequire(import.meta.url).resolve('node-gyp/bin/node-gyp.js')
  } catch {
    throw new Missing('the package node-gyp is not installed (npm install without --omit=optional)')
  }
}

function tools() {
  for (const command of process.platform === 'win32' ? [] : ['make', 'python3'])
    if (output(command, ['--version']) === null) throw new Missing(`no ${command} was found`)
  return { cxx: compiler(), nodedir: headers(), gyp: nodeGyp() }
}

const nvccHere = () => output('nvcc', ['--version']) !== null
const gpuHere = () => existsSync('/dev/nvidia0') || existsSync('/proc/driver/nvidia/gpus')

/** What nvcc compiles for; null is its own default. */
const cudaArch = () => process.env.AGON_CUDA_ARCH ?? (gpuHere() ? 'native' : null)

/** Compiles the CUDA part; the gyp variables that link it. */
function cudaVariables() {
  const object = join(BUILD, 'cuda-games.o')
  const arch = cudaArch()
  const target = arch === null ? [] : [`-arch=${arch}`]
  const args = [...CUDA_FLAGS, ...target, '-c', CUDA_SOURCE, '-o', object]
  const { status } = spawnSync('nvcc', args, { stdio: 'inherit' })
  if (status !== 0) throw new Error('nvcc could not compile the CUDA part')
  const folder = ['lib64', 'lib']
    .map((name) => join(cudaHome(), name))
    .find((path) => existsSync(join(path, 'libcudart_static.a')))
  if (folder === undefined) throw new Error(`no libcudart_static.a under ${cudaHome()}`)
  return [`-Dcuda_object=${object}`, `-Dcuda_library_folder=${folder}`]
}

/** As nvcc itself has it. */
function cudaHome() {
  const { stderr } = spawnSync('nvcc', ['--dryrun', '-c', CUDA_SOURCE], { encoding: 'utf8' })
  const top = /TOP=(.+)/.exec(stderr)
  if (top === null) throw new Error('nvcc does not say where CUDA is')
  return top[1].trim()
}

function compile({ cxx, nodedir, gyp }, cuda) {
  mkdirSync(BUILD, { recursive: true })
  const variables = cuda ? cudaVariables() : []
  const base = ['--directory', ADDON, `--nodedir=${nodedir}`, '--jobs=2', '--loglevel=error']
  for (const args of [
    ['configure', ...base, '--', ...variables],
    ['build', ...base],
  ]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [gyp, ...args], {
      encoding: 'utf8',
      env: { ...process.env, CXX: cxx },
      maxBuffer: 1 << 26,
    })
    if (status === 0) continue
    console.log(`${stdout}${stderr}`)
    throw new Error(`${cxx} and node-gyp failed (node-gyp ${args[0]})`)
  }
  mkdirSync(OUT, { recursive: true })
  // Renamed into place: a process that has the old one open keeps it.
  const fresh = aside(BINARY)
  copyFileSync(join(BUILD, 'Release', 'football.node'), fresh)
  renameSync(fresh, BINARY)
}

function remember(record) {
  mkdirSync(OUT, { recursive: true })
  const fresh = aside(RECORD)
  writeFileSync(fresh, `${JSON.stringify(record, null, 2)}\n`)
  renameSync(fresh, RECORD)
}

/** A name of one's own: a process id would not be one, other containers have the same. */
function aside(path) {
  return `${path}.${randomBytes(6).toString('hex')}`
}

function cudaReason(cuda) {
  if (cuda) return null
  return nvccHere() ? 'built without CUDA: no GPU was here' : 'built without CUDA: no nvcc was here'
}

/**
 * Builds the addon if it is not up to date. False when it was tried and failed although the tools are there; what the
 * machine lacks is no failure.
 */
export function buildAddon({ forceCuda = false } = {}) {
  const inputs = digest()
  const before = readRecord()
  const current = before?.inputs === inputs && existsSync(BINARY)
  const cuda = forceCuda || (gpuHere() && nvccHere())
  if (current && (!cuda || (before.cuda && before.arch === cudaArch()))) return true
  try {
    const found = tools()
    if (forceCuda && !nvccHere()) throw new Missing('no nvcc was found')
    console.log(`native football: building the addon by ${found.cxx}${cuda ? ' and nvcc' : ''}`)
    compile(found, cuda)
    remember({ inputs, cuda, arch: cuda ? cudaArch() : null, noCuda: cudaReason(cuda) })
    return true
  } catch (error) {
    const missing = error instanceof Missing
    console.log(
      `native football: the addon was not built: ${error.message}; everything but football works without it`,
    )
    if (current) return missing
    rmSync(BINARY, { force: true })
    remember({ inputs, cuda: false, reason: error.message })
    return missing
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.exitCode =
    buildAddon({ forceCuda: process.argv.includes('--cuda') }) && existsSync(BINARY) ? 0 : 1
