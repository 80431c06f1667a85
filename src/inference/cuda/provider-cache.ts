import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { MachineEnvironment } from './machine-environment.ts'

/** What ONNX Runtime loads for CUDA, from beside its own library. Its npm package carries neither. */
export const PROVIDER_LIBRARIES = [
  'libonnxruntime_providers_shared.so',
  'libonnxruntime_providers_cuda.so',
] as const

export const [SHARED_LIBRARY, CUDA_LIBRARY] = PROVIDER_LIBRARIES

export const INSTALLED = 'installed.json'

/** What `agon gpu install` wrote of what it installed. */
export interface Installed {
  readonly format: 1
  /** Of ONNX Runtime. */
  readonly version: string
  readonly source: string
  readonly licence: string
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>
}

/** Agon's own cache of provider libraries, or null where the environment names no place for it. */
export function cacheRoot(environment: MachineEnvironment): string | null {
  const { XDG_CACHE_HOME, HOME } = environment
  if (XDG_CACHE_HOME) return join(XDG_CACHE_HOME, 'agon', 'onnxruntime')
  return HOME ? join(HOME, '.cache', 'agon', 'onnxruntime') : null
}

/** Where the libraries of one version lie. */
export const versionFolder = (root: string, version: string): string => join(root, version)

/**
 * What is installed in `folder`, by its sizes alone: their digests take a second to compute.
 * @returns a sentence where it is not whole, null where nothing is installed
 */
export function readInstalled(folder: string, version: string): Installed | string | null {
  const path = join(folder, INSTALLED)
  if (!existsSync(path)) return null
  const installed = parse(readFileSync(path, 'utf8'))
  if (installed === null) return `${path} cannot be read`
  if (installed.version !== version)
    return `the libraries in ${folder} are of ONNX Runtime ${installed.version}, ${version} runs here`
  for (const name of PROVIDER_LIBRARIES) {
    const size = statSync(join(folder, name), { throwIfNoEntry: false })?.size
    if (size === undefined) return `${name} is gone from ${folder}`
    if (size !== installed.files[name]?.bytes)
      return `${name} in ${folder} has ${size} bytes, ${installed.files[name]?.bytes} were installed`
  }
  return installed
}

function parse(text: string): Installed | null {
  try {
    const read: unknown = JSON.parse(text)
    return isInstalled(read) ? read : null
  } catch {
    return null
  }
}

/** By hand, since every thread that infers loads this file, and zod takes longer than all else that it loads. */
function isInstalled(read: unknown): read is Installed {
  if (typeof read !== 'object' || read === null) return false
  const { format, version, source, licence, files } = read as Record<string, unknown>
  return (
    format === 1 &&
    [version, source, licence].every((text) => typeof text === 'string') &&
    typeof files === 'object' &&
    files !== null &&
    Object.values(files).every(
      (file) => Number.isInteger(file?.bytes) && typeof file.sha256 === 'string',
    )
  )
}

export async function fileSha256(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return hash.digest('hex')
}
