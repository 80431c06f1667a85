import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { PolicyFile } from '../../inference/contract.ts'
import { formatConfig } from '../../run/config/index.ts'
import { slurm as slurmSchema } from '../../run/config/slurm.schema.ts'
import type { RunConfig } from '../../run/contract.ts'
import { replaceFile } from '../../run/durable-file.ts'
import { keepPolicy } from '../../run/kept-policy.ts'
import { isLoopback, parseAddress } from '../../wire/index.ts'
import { allocate } from './allocation.ts'
import { checkJobPath } from './job-path.ts'
import { jobScript } from './job-script.ts'

/** A run as a Slurm job, before anything is written. */
export interface SlurmJob {
  /** Absolute. */
  readonly dir: string
  readonly scriptPath: string
  readonly script: string
}

export interface SlurmJobInput {
  readonly config: RunConfig
  /** Absolute path of the run directory. */
  readonly dir: string
  readonly init?: PolicyFile
  /** Words of the command that is this program. */
  readonly agon: readonly string[]
}

/** Nothing is dialled from another host at loopback; every other address is the user's choice. */
const EVERY_INTERFACE = '0.0.0.0:0'

/** @throws AgonError `slurm/label`, `slurm/path` */
export function planJob({ config, dir, init, agon }: SlurmJobInput): SlurmJob {
  checkJobPath(dir)
  const slurm = config.slurm ?? slurmSchema.parse({})
  const { listen, advertise, tls, insecure } = config.hub
  const script = jobScript({
    name: config.name,
    run: dir,
    agon: slurm.command ?? agon,
    init: init !== undefined,
    slurm,
    allocation: allocate(config, slurm),
    hub: {
      listen: isLoopback(parseAddress(listen).host) ? EVERY_INTERFACE : listen,
      authority: tls === undefined && !insecure,
      ...(advertise === undefined ? {} : { advertise }),
    },
  })
  return { dir, scriptPath: join(dir, 'slurm', 'job.sh'), script }
}

/**
 * Writes what the job needs into the run directory.
 * @throws AgonError `run/write`
 */
export function prepareJob({ dir, script, scriptPath }: SlurmJob, input: SlurmJobInput): void {
  const folder = join(dir, 'slurm')
  mkdirSync(folder, { recursive: true })
  replaceFile(join(folder, 'config.yaml'), formatConfig(input.config, folder))
  if (input.init !== undefined) keepPolicy(join(folder, 'init'), input.init)
  replaceFile(scriptPath, script)
}
