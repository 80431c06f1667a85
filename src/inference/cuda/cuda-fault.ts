import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { anchorLibrary } from './anchor-library.ts'
import { readElf } from './elf-file.ts'
import { cudaNames, type FoundLibraries, findLibraries, isDriver } from './find-libraries.ts'
import { type MachineEnvironment, machineEnvironment } from './machine-environment.ts'
import type { Fault, NativeHome } from './native-home.ts'
import { namedFile } from './native-view.ts'
import { CUDA_LIBRARY } from './provider-cache.ts'

/** Of CUDA 13; for the case that nothing is installed that could be asked. */
export const DRIVER_LIBRARY = 'libcuda.so.1'

/**
 * Why a session on this GPU cannot work here, as far as can be told before ONNX Runtime tries; or null, and then the
 * libraries of CUDA are loaded into this thread.
 */
export function cudaFault(
  home: NativeHome,
  index: number,
  environment: MachineEnvironment = machineEnvironment(),
): Fault | null {
  return (
    driverFault(environment) ??
    countFault(index, environment) ??
    home.fault ??
    loadLibraries(home.cache!, environment)
  )
}

function driverFault(environment: MachineEnvironment): Fault | null {
  const { missing } = findLibraries([DRIVER_LIBRARY], environment)
  if (missing.length === 0) return null
  return {
    message: `there is no NVIDIA driver: ${DRIVER_LIBRARY} not found`,
    remedy: 'install the driver of the GPU, or use device: cpu',
  }
}

function countFault(index: number, environment: MachineEnvironment): Fault | null {
  const count = gpuCount(environment)
  if (count === null || index < count) return null
  const seen = count === 1 ? 'one GPU, cuda:0' : `${count} GPUs, counted from cuda:0`
  const why = environment.CUDA_VISIBLE_DEVICES
  const shown = why === undefined ? '' : ` (CUDA_VISIBLE_DEVICES is '${why}')`
  return {
    message: `there is no GPU ${index}: this process sees ${count === 0 ? 'none' : seen}${shown}`,
    remedy: 'choose one of those, or ask the scheduler for more',
  }
}

/** How many GPUs this process sees; null where nothing tells. */
export function gpuCount({ CUDA_VISIBLE_DEVICES }: MachineEnvironment): number | null {
  const visible = CUDA_VISIBLE_DEVICES?.split(',').map((text) => text.trim())
  const listed =
    visible === undefined ? undefined : visible.findIndex((text) => text === '' || text === '-1')
  const shown = listed === -1 ? visible!.length : listed
  const devices = deviceFiles()
  if (shown === undefined) return devices === 0 ? null : devices
  return devices === 0 ? shown : Math.min(shown, devices)
}

function deviceFiles(): number {
  try {
    return readdirSync('/dev').filter((name) => /^nvidia\d+$/.test(name)).length
  } catch {
    return 0
  }
}

/** What the installed provider needs of CUDA and of the driver, and where it is. */
export function neededLibraries(
  cache: string,
  environment: MachineEnvironment = machineEnvironment(),
): FoundLibraries | string {
  const provider = join(cache, CUDA_LIBRARY)
  const elf = existsSync(provider) ? readElf(provider) : 'is gone'
  if (typeof elf === 'string') return `${provider} ${elf}`
  return findLibraries(cudaNames(elf.needed), environment)
}

/** Loads what the provider needs by where it was found: the loader itself looks where the environment says, no further. */
function loadLibraries(cache: string, environment: MachineEnvironment): Fault | null {
  const needed = neededLibraries(cache, environment)
  if (typeof needed === 'string')
    return { message: needed, remedy: '`agon gpu install` fetches it anew' }
  const missing = needed.missing.filter((name) => !isDriver(name))
  if (missing.length > 0)
    return {
      message: `${missing.join(', ')} not found`,
      remedy:
        'install the CUDA 13 libraries (a toolkit, or `pip install nvidia-cublas nvidia-curand nvidia-cuda-runtime`), or name their folder in LD_LIBRARY_PATH',
    }
  try {
    const cudnn = findLibraries(['libcudnn.so.9'], environment).found
    const paths = Object.values({ ...needed.found, ...cudnn })
    // The provider opens cuDNN, where a graph needs it, by a name without a version.
    const anchor = anchorLibrary(paths, 'libcudnn.so')
    process.dlopen(
      { exports: {} } as NodeModule,
      namedFile(join(cache, 'anchors'), '.node', anchor),
    )
    return null
  } catch (error) {
    return {
      message: `the CUDA libraries cannot be loaded: ${(error as Error).message}`,
      remedy: 'see that they are of one CUDA version, and that the cache can be written',
    }
  }
}
