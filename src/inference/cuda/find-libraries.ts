import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { MachineEnvironment } from './machine-environment.ts'

const DRIVER = 'libcuda.so.1'

/** The driver's own library, and those of CUDA that come with a toolkit or with Python's wheels. */
export interface FoundLibraries {
  /** By name, in the order in which they are needed. */
  readonly found: Readonly<Record<string, string>>
  readonly missing: readonly string[]
}

/** Of what a library needs, what no Linux has by itself. */
export function cudaNames(needed: readonly string[]): readonly string[] {
  return needed.filter((name) => /^lib(cu|nv)/.test(name))
}

export const isDriver = (name: string): boolean => name === DRIVER

/** Where each of `names` is, looked for in the usual places. */
export function findLibraries(
  names: readonly string[],
  environment: MachineEnvironment,
): FoundLibraries {
  const folders = libraryFolders(environment)
  const cache = loaderCache()
  const found: Record<string, string> = {}
  const missing: string[] = []
  for (const name of names) {
    const path =
      inFolders(name, folders.first) ?? inCache(name, cache) ?? inFolders(name, folders.later)
    if (path === undefined) missing.push(name)
    else found[name] = path
  }
  return { found, missing }
}

/** Folders that go before the loader's own, and those that come after it. */
export function libraryFolders(environment: MachineEnvironment): {
  readonly first: readonly string[]
  readonly later: readonly string[]
} {
  const { HOME, PATH, VIRTUAL_ENV, CONDA_PREFIX, CUDA_HOME, CUDA_PATH } = environment
  const toolkits = [CUDA_HOME, CUDA_PATH, '/usr/local/cuda', ...versions('/usr/local'), '/opt/cuda']
  const prefixes = [
    VIRTUAL_ENV,
    CONDA_PREFIX,
    ...pythons(PATH),
    HOME === undefined ? undefined : join(HOME, '.local'),
    '/usr/local',
    '/usr',
  ]
  const given = (paths: readonly (string | undefined)[]): readonly string[] =>
    paths.filter((path) => path !== undefined && path !== '') as string[]
  return {
    first: given((environment.LD_LIBRARY_PATH ?? '').split(':')),
    later: [
      ...SYSTEM,
      ...given(toolkits).flatMap((root) => [join(root, 'lib64'), join(root, 'lib')]),
      ...(CONDA_PREFIX === undefined ? [] : [join(CONDA_PREFIX, 'lib')]),
      ...given([...new Set(prefixes)]).flatMap(wheelFolders),
    ],
  }
}

const SYSTEM = [
  '/usr/lib/x86_64-linux-gnu',
  '/usr/lib64',
  '/usr/lib',
  '/usr/local/nvidia/lib64',
  '/usr/local/nvidia/lib',
  '/usr/lib/wsl/lib',
  '/run/opengl-driver/lib',
]

/** `/usr/local/cuda-13.0` and the like, newest first. */
function versions(folder: string): readonly string[] {
  return entries(folder)
    .filter((name) => /^cuda-\d/.test(name))
    .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
    .map((name) => join(folder, name))
}

/** Prefixes of the Pythons on the path. */
function pythons(path = ''): readonly string[] {
  return path
    .split(':')
    .map((folder) => join(folder, 'python3'))
    .filter((python) => existsSync(python))
    .flatMap((python) => [dirname(dirname(python)), dirname(dirname(realpathSync(python)))])
}

/** NVIDIA's wheels keep their libraries in `site-packages/nvidia/<part>/lib`. */
function wheelFolders(prefix: string): readonly string[] {
  const lib = join(prefix, 'lib')
  return entries(lib)
    .filter((name) => /^python3/.test(name))
    .flatMap((python) => ['site-packages', 'dist-packages'].map((at) => join(lib, python, at)))
    .map((packages) => join(packages, 'nvidia'))
    .flatMap((nvidia) => entries(nvidia).map((part) => join(nvidia, part, 'lib')))
}

function entries(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function inFolders(name: string, folders: readonly string[]): string | undefined {
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
}

/** What `ldconfig` has written down: paths with a zero behind each. */
function loaderCache(): string {
  try {
    return readFileSync('/etc/ld.so.cache', 'latin1')
  } catch {
    return ''
  }
}

function inCache(name: string, cache: string): string | undefined {
  const end = cache.indexOf(`/${name}\0`)
  if (end < 0) return undefined
  const path = cache.slice(cache.lastIndexOf('\0', end) + 1, end + 1 + name.length)
  return existsSync(path) ? path : undefined
}
