import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { MachineEnvironment } from './machine-environment.ts'

/** What ONNX Runtime loads for CUDA, from beside its own library. Its npm package carries neither. */
export const PROVIDER_LIBRARIES = [
  'libonnxruntime_providers_shared.so',
  'libonnxruntime_providers_cuda.so',
] as const

export const [SHARED_LIBRARY, CUDA_LIBRARY] = PROVIDER_LIBRARIES

export const INSTALLED = 'installed.json'

const installedSchema = z.strictObject({
  format: z.literal(1),
  /** Of ONNX Runtime. */
  version: z.string(),
  source: z.string(),
  licence: z.string(),
  files: z.record(z.string(), z.strictObject({ bytes: z.int(), sha256: z.string() })),
})

/** What `agon gpu install` wrote of what it installed. */
export type Installed = z.infer<typeof installedSchema>

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
    return installedSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

export async function fileSha256(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return hash.digest('hex')
}
