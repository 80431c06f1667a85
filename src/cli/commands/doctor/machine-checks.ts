import { availableParallelism, freemem, totalmem } from 'node:os'
import type { Clock } from '../../../core/clock.ts'
import { AgonError, formatError } from '../../../core/errors.ts'
import { isNodeEnough, NODE_NEEDED } from '../../../core/node-version.ts'
import type { NativeFootball } from '../../../envs/football/native/contract.ts'
import { nativeFootball } from '../../../envs/football/native/native-football.ts'
import { providers } from '../../../inference/index.ts'
import type { Check } from '../../../launch/check.ts'
import { gpuChecks } from '../../../launch/gpu/gpu-checks.ts'
import { freeDisk } from '../../../run/free-disk.ts'
import { formatBytes, formatCount } from '../../../views/text/quantities.ts'
import { matmulRate } from '../../options/yardstick.ts'

/** The engine, one learner and one evaluator take about this much. */
const LEAST_MEMORY = 1.5 * 1024 ** 3
const LEAST_DISK = 256 * 1024 ** 2

export async function checkMachine(folder: string, clock: Clock): Promise<readonly Check[]> {
  return [
    checkNode(process.versions.node),
    checkCores(availableParallelism()),
    checkMemory(totalmem(), freemem()),
    checkDisk(folder, freeDisk(folder)),
    ...(await gpuChecks()),
    ...(await checkProviders()),
    await checkSession(clock),
    checkFootball(nativeFootball),
  ]
}

export function checkNode(version: string): Check {
  const fits = isNodeEnough(version)
  const needed = `needs ${NODE_NEEDED} or newer`
  return {
    name: 'Node',
    state: fits ? 'good' : 'bad',
    text: fits ? version : `${version}, ${needed}`,
    facts: { version, platform: process.platform, arch: process.arch },
  }
}

export function checkCores(cores: number): Check {
  const text = `${cores}; a run uses one per worker`
  return { name: 'cores', state: 'good', text, facts: { cores } }
}

export function checkMemory(total: number, free: number): Check {
  return {
    name: 'memory',
    state: total >= LEAST_MEMORY ? 'good' : 'bad',
    text: `${formatBytes(total)}, ${formatBytes(free)} free; a run of the recipes takes up to 1.5 GB`,
    facts: { total, free },
  }
}

export function checkDisk(folder: string, free: number): Check {
  return {
    name: 'disk',
    state: free >= LEAST_DISK ? 'good' : 'bad',
    text: `${formatBytes(free)} free in ${folder}`,
    facts: { folder, free },
  }
}

/** What `agon gpu check` asks; whether CUDA works comes last. */
export async function checkGpu(): Promise<readonly Check[]> {
  return [...(await gpuChecks({ digests: true })), (await checkProviders())[1]]
}

async function checkProviders(): Promise<Check[]> {
  const reports = await providers()
  return reports.map(({ name, available, reason, remedy }) => ({
    name: `provider ${name}`,
    state: available ? 'good' : name === 'cpu' ? 'bad' : 'absent',
    text: available ? 'works' : [reason, remedy].filter(Boolean).join('; '),
    facts: { provider: name, available, ...(available ? {} : { reason, remedy }) },
  }))
}

/** The football simulator, which only football needs. */
export function checkFootball(load: () => Pick<NativeFootball, 'cuda' | 'cudaFault'>): Check {
  const name = 'football'
  try {
    const football = load()
    const noCuda = football.cudaFault()
    const text = noCuda === null ? 'plays on the CPU and the GPU' : `plays on the CPU; ${noCuda}`
    return { name, state: 'good', text, facts: { built: true, cuda: noCuda === null, noCuda } }
  } catch (error) {
    if (!(error instanceof AgonError)) throw error
    const { code, message, remedy } = error
    const text = formatError({ code, message, remedy })
    return { name, state: 'absent', text, facts: { built: false, reason: message, remedy } }
  }
}

async function checkSession(clock: Clock): Promise<Check> {
  const name = 'session'
  try {
    const flopsPerSecond = await matmulRate(clock)
    const text = `runs; ${formatCount(flopsPerSecond)}FLOP/s in one float32 product on one core`
    return { name, state: 'good', text, facts: { flopsPerSecond } }
  } catch (error) {
    const { message } = error as Error
    return { name, state: 'bad', text: message, facts: { reason: message } }
  }
}
