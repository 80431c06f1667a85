import { availableParallelism } from 'node:os'
import type { Clock } from '../../../core/clock.ts'
import type { PolicyFile } from '../../../inference/contract.ts'
import type { SubmittableJob } from '../../../launch/slurm/slurm-job.ts'
import type { Estimate } from '../../../run/config/estimate.ts'
import type { LoadOptions } from '../../../run/config/load-config.ts'
import type { ProgressEvent, RunConfig, RunHandle } from '../../../run/contract.ts'

/** What `agon run` asks of the rest of Agon. */
export interface RunServices {
  loadConfig(path: string, options: LoadOptions): Promise<RunConfig>
  /** With the rate of this machine, measured in a fraction of a second. */
  estimate(config: RunConfig): Promise<Estimate>
  /** Bytes free where `path` is or would be made. */
  freeDisk(path: string): Promise<number>
  /**
   * Whether such a run could begin; leaves nothing.
   * @param options `orResume`: what has begun in `out` would be gone on with
   * @throws AgonError what `launch` or `launchOrResume` would refuse
   */
  checkLaunch(
    config: RunConfig,
    options: { readonly out?: string; readonly init?: PolicyFile; readonly orResume: boolean },
  ): Promise<void>
  launch(
    config: RunConfig,
    options: {
      readonly out?: string
      readonly init?: PolicyFile
      readonly onProgress: (event: ProgressEvent) => void
    },
  ): Promise<RunHandle>
  /** Begins the run in `out`, or goes on with the one that has begun there. */
  launchOrResume(
    config: RunConfig,
    options: {
      readonly out: string
      readonly init?: PolicyFile
      readonly onProgress: (event: ProgressEvent) => void
    },
  ): Promise<RunHandle>
  /** The run as a job of Slurm; nothing is written before it is submitted. */
  slurmJob(
    config: RunConfig,
    options: { readonly out?: string; readonly init?: PolicyFile },
  ): Promise<SubmittableJob>
  /** The run as manifests for Kubernetes. */
  k8sManifests(config: RunConfig): Promise<string>
  readPolicy(path: string): Promise<PolicyFile>
}

export const runServices = (clock: Clock): RunServices => ({
  loadConfig: async (path, options) =>
    (await import('../../../run/config/index.ts')).loadConfig(path, options),
  async estimate(config) {
    const { estimate, loadEstimateFacts } = await import('../../../run/config/index.ts')
    const { matmulRate } = await import('../../options/yardstick.ts')
    const facts = await loadEstimateFacts(config)
    const flopsPerSecond = await matmulRate(clock)
    const { settingNotes } = await import('../../../launch/setting-notes.ts')
    const { coreNotes } = await import('../../../launch/core-notes.ts')
    const cores = availableParallelism()
    const plan = estimate(config, { ...facts, flopsPerSecond, cores })
    const notes = [...(await settingNotes(config)), ...coreNotes(config, cores)]
    return { ...plan, notes: [...plan.notes, ...notes] }
  },
  freeDisk: async (path) => (await import('../../../run/free-disk.ts')).freeDisk(path),
  async checkLaunch(config, options) {
    await (await import('../../../launch/launch.ts')).checkLaunch(config, { ...options, clock })
  },
  launch: async (config, options) =>
    (await import('../../../launch/launch.ts')).launch(config, { ...options, clock }),
  launchOrResume: async (config, options) =>
    (await import('../../../launch/launch.ts')).launchOrResume(config, { ...options, clock }),
  slurmJob: async (config, options) =>
    (await import('../../../launch/slurm/slurm-job.ts')).slurmJob(config, options, clock),
  async k8sManifests(config) {
    await (await import('../../../launch/prepare-launch.ts')).checkElsewhere(config, {})
    return (await import('../../../launch/k8s/manifests.ts')).manifests(config)
  },
  readPolicy: async (path) =>
    (await import('../../../inference/policy-file.ts')).readPolicyFile(path),
})
