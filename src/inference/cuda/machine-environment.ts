import { getEnvironmentData, isMainThread, setEnvironmentData } from 'node:worker_threads'
import { forbidTelemetry } from '../forbid-telemetry.ts'

/** What the environment says of where things are. Threads of Agon have an empty environment of their own. */
export type MachineEnvironment = Readonly<Record<string, string | undefined>>

const KEY = 'agon/machine-environment'
const NAMES = [
  'HOME',
  'PATH',
  'XDG_CACHE_HOME',
  'LD_LIBRARY_PATH',
  'VIRTUAL_ENV',
  'CONDA_PREFIX',
  'CUDA_HOME',
  'CUDA_PATH',
  'CUDA_VISIBLE_DEVICES',
]

export function machineEnvironment(): MachineEnvironment {
  return (getEnvironmentData(KEY) as unknown as MachineEnvironment | undefined) ?? own()
}

/** Lets threads that are started from now on see what this one sees. */
export function shareMachineEnvironment(): void {
  if (isMainThread) forbidTelemetry()
  if (getEnvironmentData(KEY) === undefined) setEnvironmentData(KEY, own() as never)
}

function own(): MachineEnvironment {
  return Object.fromEntries(NAMES.map((name) => [name, process.env[name]]))
}
