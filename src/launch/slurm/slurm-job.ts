import { randomBytes } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Clock } from '../../core/clock.ts'
import type { PolicyFile } from '../../inference/contract.ts'
import type { RunConfig } from '../../run/contract.ts'
import { defaultDirectory } from '../../run/run-directory.ts'
import { agonCommand } from '../agon-command.ts'
import { checkElsewhere } from '../prepare-launch.ts'
import { planJob, prepareJob } from './prepare-job.ts'
import { type SlurmClient, slurmClient, submitJob } from './submit-job.ts'

export interface SubmittableJob {
  /** The run directory. */
  readonly dir: string
  readonly script: string
  readonly scriptPath: string
  /** Prepares the run directory and gives the script to sbatch. @returns the job's id */
  submit(): Promise<string>
}

/**
 * A run as a job of the cluster that this host belongs to.
 * @throws AgonError what `launch` would refuse, and `slurm/*`
 */
export async function slurmJob(
  config: RunConfig,
  { out, init }: { readonly out?: string; readonly init?: PolicyFile },
  clock: Clock,
  client: SlurmClient = slurmClient(process.env),
): Promise<SubmittableJob> {
  const created = new Date(clock.wall()).toISOString()
  const id = randomBytes(3).toString('hex')
  const dir = resolve(out ?? defaultDirectory(config.name, created, id))
  await checkElsewhere(config, { out: dir, ...(init === undefined ? {} : { init }) })
  const input = {
    config,
    dir,
    agon: agonCommand(),
    ...(init === undefined ? {} : { init }),
  }
  const job = planJob(input)
  return {
    ...job,
    async submit() {
      const made = existsSync(dir) ? join(dir, 'slurm') : dir
      try {
        prepareJob(job, input)
        return await submitJob(job.scriptPath, client)
      } catch (error) {
        // Nothing was started: nothing is left.
        rmSync(made, { recursive: true, force: true })
        throw error
      }
    },
  }
}
