import { join } from 'node:path'
import { DRIVER_LIBRARY, neededLibraries } from '../../inference/cuda/cuda-fault.ts'
import { findLibraries, isDriver } from '../../inference/cuda/find-libraries.ts'
import {
  type MachineEnvironment,
  machineEnvironment,
} from '../../inference/cuda/machine-environment.ts'
import { nativePackage } from '../../inference/cuda/native-home.ts'
import {
  cacheRoot,
  fileSha256,
  type Installed,
  PROVIDER_LIBRARIES,
  readInstalled,
  versionFolder,
} from '../../inference/cuda/provider-cache.ts'
import type { Check } from '../check.ts'
import { listGpus } from './list-gpus.ts'

/** What the provider of the pinned version needs, for as long as none is there to be asked. */
const CUDA_13 = ['libcublasLt.so.13', 'libcublas.so.13', 'libcurand.so.10', 'libcudart.so.13']

/** What a GPU needs besides the provider that works: files, libraries of CUDA, driver and card. */
export async function gpuChecks(
  options: {
    /** Whether the installed files are read through, which takes a second. */
    readonly digests?: boolean
    readonly environment?: MachineEnvironment
  } = {},
): Promise<readonly Check[]> {
  const { digests = false, environment = machineEnvironment() } = options
  const { version } = nativePackage()
  const root = cacheRoot(environment)
  const folder = root === null ? null : versionFolder(root, version)
  return [
    await checkFiles(folder, version, digests),
    checkCuda(folder, environment),
    ...(await checkCards(environment)),
  ]
}

async function checkFiles(
  folder: string | null,
  version: string,
  digests: boolean,
): Promise<Check> {
  const name = 'provider files'
  const installed = folder === null ? null : readInstalled(folder, version)
  const facts = { onnxruntime: version, folder }
  if (installed === null || folder === null) {
    const text = `none for ONNX Runtime ${version}; \`agon gpu install\` fetches them`
    return { name, state: 'absent', text, facts: { ...facts, installed: null } }
  }
  const fault =
    typeof installed === 'string'
      ? installed
      : digests
        ? await digestFault(folder, installed)
        : null
  if (fault !== null)
    return {
      name,
      state: 'bad',
      text: `${fault}; \`agon gpu install\` fetches them anew`,
      facts: { ...facts, installed: null, reason: fault },
    }
  const { source, licence } = installed as Installed
  const checked = digests ? ', every byte as installed' : ''
  const text = `ONNX Runtime ${version} from ${source} (${licence})${checked}`
  return { name, state: 'good', text, facts: { ...facts, installed } }
}

async function digestFault(folder: string, { files }: Installed): Promise<string | null> {
  for (const name of PROVIDER_LIBRARIES)
    if ((await fileSha256(join(folder, name))) !== files[name].sha256)
      return `${name} in ${folder} is not what was installed`
  return null
}

function checkCuda(folder: string | null, environment: MachineEnvironment): Check {
  const name = 'CUDA libraries'
  const asked = folder === null ? 'is gone' : neededLibraries(folder, environment)
  const { found, missing } = typeof asked === 'string' ? findLibraries(CUDA_13, environment) : asked
  const lacks = missing.filter((library) => !isDriver(library))
  const has = Object.entries(found)
    .filter(([library]) => !isDriver(library))
    .map(([, path]) => path)
  const parts = [
    ...(has.length === 0 ? [] : [`found ${has.join(', ')}`]),
    ...(lacks.length === 0 ? [] : [`missing ${lacks.join(', ')}`]),
  ]
  return {
    name,
    state: lacks.length === 0 ? 'good' : 'absent',
    text: parts.join('; '),
    facts: { found: has, missing: lacks },
  }
}

async function checkCards(environment: MachineEnvironment): Promise<readonly Check[]> {
  const library = findLibraries([DRIVER_LIBRARY], environment).found[DRIVER_LIBRARY]
  const gpus = await listGpus(environment)
  const version = typeof gpus === 'string' ? null : (gpus[0]?.driver ?? null)
  const driver: Check =
    library === undefined
      ? {
          name: 'NVIDIA driver',
          state: 'absent',
          text: `${DRIVER_LIBRARY} not found`,
          facts: { library: null, version },
        }
      : {
          name: 'NVIDIA driver',
          state: 'good',
          text:
            version === null ? `${library}, version unknown: ${gpus}` : `${version}, ${library}`,
          facts: { library, version },
        }
  if (typeof gpus === 'string') return [driver]
  return [
    driver,
    ...gpus.map(
      ({ index, name, memory, free }): Check => ({
        name: `GPU ${index}`,
        state: 'good',
        text: `${name}, ${memory} MiB, ${free} free`,
        facts: { index, name, memory, free },
      }),
    ),
  ]
}
