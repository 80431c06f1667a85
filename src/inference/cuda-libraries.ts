import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * What ONNX Runtime loads for CUDA, from beside its own library and in this order. The npm package carries neither: its
 * install script would fetch them from outside the npm registry.
 */
const PROVIDER_LIBRARIES = [
  'libonnxruntime_providers_shared.so',
  'libonnxruntime_providers_cuda.so',
]

/** The folder of the native binding, from the package's entry file (`dist/index.js`). */
export function bindingFolder(entry: string, platform: string, arch: string): string {
  return join(dirname(dirname(entry)), 'bin', 'napi-v6', platform, arch)
}

/** Why CUDA cannot work here as far as the files beside the binding tell, or null. */
export function cudaObstacle(folder: string, platform: string, arch: string): string | null {
  if (platform !== 'linux' || arch !== 'x64')
    return `ONNX Runtime for Node has no CUDA provider for ${platform} on ${arch}`
  for (const library of PROVIDER_LIBRARIES)
    if (!existsSync(join(folder, library))) return `${library} is not installed`
  return null
}

/**
 * Which libraries the CUDA provider itself misses (`libcudnn.so.9`), asked once ONNX Runtime has failed to load it:
 * its own message names none. By `ldd`, because loading the provider by ourselves would break it for good.
 */
export function missingDependencies(folder: string): readonly string[] {
  try {
    return notFound(execFileSync('ldd', [join(folder, PROVIDER_LIBRARIES[1])], { stdio: 'pipe' }))
  } catch {
    return []
  }
}

/** Libraries that a listing of `ldd` calls `not found`, in its order, each once. */
export function notFound(listing: Uint8Array | string): readonly string[] {
  const lines = listing.toString().matchAll(/^\s*(\S+) => not found\s*$/gm)
  return [...new Set([...lines].map((match) => match[1]))]
}
