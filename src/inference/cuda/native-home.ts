import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type MachineEnvironment, machineEnvironment } from './machine-environment.ts'
import { nativeView } from './native-view.ts'
import { cacheRoot, PROVIDER_LIBRARIES, readInstalled, versionFolder } from './provider-cache.ts'

/** Why something does not work, and what to do about it. */
export interface Fault {
  readonly message: string
  readonly remedy: string
}

/** The files of ONNX Runtime for Node on this machine. */
export interface NativePackage {
  readonly version: string
  /** The binding and the library, as npm installed them. */
  readonly folder: string
}

/** Where the binding is opened from. */
export interface NativeHome {
  /** Undefined: from where npm installed it. */
  readonly view?: string
  /** The provider libraries, and where what is made of them is kept. */
  readonly cache?: string
  /** Why CUDA cannot work from there. */
  readonly fault?: Fault
}

export const BINDING = 'onnxruntime_binding.node'
export const LIBRARY = 'libonnxruntime.so.1'
const INSTALL = '`agon gpu install` fetches them'

export function nativePackage(): NativePackage {
  const require = createRequire(import.meta.url)
  const manifest = require.resolve('onnxruntime-node/package.json')
  const { version } = require(manifest) as { version: string }
  const { platform, arch } = process
  return { version, folder: join(dirname(manifest), 'bin', 'napi-v6', platform, arch) }
}

/** @returns why CUDA is out of the question on such a machine, or null */
export function platformFault(platform: string, arch: string): Fault | null {
  if (platform === 'linux' && arch === 'x64') return null
  return {
    message: `ONNX Runtime for Node has no CUDA provider for ${platform} on ${arch}`,
    remedy: 'use device: cpu',
  }
}

/** Looks once a call: a process asks when it first opens a session. */
export function nativeHome(
  { version, folder }: NativePackage,
  environment: MachineEnvironment = machineEnvironment(),
): NativeHome {
  const impossible = platformFault(process.platform, process.arch)
  if (impossible !== null) return { fault: impossible }
  const root = cacheRoot(environment)
  if (root === null)
    return { fault: { message: 'there is no cache folder', remedy: 'set HOME or XDG_CACHE_HOME' } }
  const cache = versionFolder(root, version)
  const installed = readInstalled(cache, version)
  if (installed === null)
    return {
      fault: {
        message: `the provider libraries of ONNX Runtime ${version} are not installed`,
        remedy: INSTALL,
      },
    }
  if (typeof installed === 'string')
    return { fault: { message: installed, remedy: `${INSTALL} anew` } }
  const links = Object.fromEntries([
    ...[BINDING, LIBRARY].map((name) => [name, join(folder, name)]),
    ...PROVIDER_LIBRARIES.map((name) => [name, join(cache, name)]),
  ])
  try {
    return { view: nativeView(join(cache, 'views'), links), cache }
  } catch (error) {
    return {
      fault: {
        message: `the cache cannot be written: ${(error as Error).message}`,
        remedy: 'set XDG_CACHE_HOME to a folder that this user may write, and install there',
      },
    }
  }
}
