import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { MachineEnvironment } from '../../inference/cuda/machine-environment.ts'

export interface Gpu {
  readonly index: number
  readonly name: string
  /** MiB. */
  readonly memory: number
  readonly free: number
  readonly driver: string
}

const FOLDERS = ['/usr/bin', '/usr/local/nvidia/bin', '/usr/lib/wsl/lib']
const FIELDS = 'index,name,memory.total,memory.free,driver_version'

/** The GPUs of this machine as the driver's own tool tells, or why it does not. */
export async function listGpus({
  PATH = '',
}: MachineEnvironment): Promise<readonly Gpu[] | string> {
  const tool = [...PATH.split(':').filter(Boolean), ...FOLDERS]
    .map((folder) => join(folder, 'nvidia-smi'))
    .find((path) => existsSync(path))
  if (tool === undefined) return 'nvidia-smi not found'
  try {
    const args = [`--query-gpu=${FIELDS}`, '--format=csv,noheader,nounits']
    const { stdout } = await promisify(execFile)(tool, args, { timeout: 10_000 })
    return stdout.trim().split('\n').filter(Boolean).map(parseGpu)
  } catch (error) {
    const { stdout = '', message } = error as Error & { readonly stdout?: string }
    return `nvidia-smi fails: ${(stdout.trim() || message).split('\n')[0]}`
  }
}

function parseGpu(line: string): Gpu {
  const [index, name, memory, free, driver] = line.split(',').map((text) => text.trim())
  return { index: Number(index), name, memory: Number(memory), free: Number(free), driver }
}
