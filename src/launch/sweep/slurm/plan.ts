import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { AgonError } from '../../../core/errors.ts'
import { realTimers } from '../../../core/timers.ts'
import { type SlurmConfig, slurm as slurmSchema } from '../../../run/config/slurm.schema.ts'
import type { RunConfig } from '../../../run/contract.ts'
import { agonCommand } from '../../agon-command.ts'
import { placedActors } from '../../slurm/allocation.ts'
import { slurmClient } from '../../slurm/submit-job.ts'
import type { Sweep, SweepEvent, SweptRun } from '../sweep.ts'
import { runStanding } from './run-standing.ts'
import { leftScript, type SlurmSweepRequest, startSlurmSweep } from './slurm-sweep.ts'

export interface ArrayOrder {
  readonly runs: readonly SweptRun[]
  readonly name: string
  readonly folder: string
  readonly jobs: number | null
  readonly threads: number
  readonly wait: boolean
  of(run: SweptRun): { readonly config: string; readonly set: readonly string[] }
  configOf(run: SweptRun): RunConfig
  onEvent(event: SweepEvent): void
}

/** @throws AgonError `slurm/array` where the runs cannot be tasks of one array job */
export function planArray(order: ArrayOrder): {
  script(): ReturnType<typeof leftScript>
  start(): Promise<Sweep>
} {
  const { runs, folder, name, jobs, threads, wait, configOf, onEvent } = order
  const slurm = sharedSlurm(runs.map((run) => ({ run, config: configOf(run) })))
  const request: SlurmSweepRequest = {
    ...{ runs, name, slurm, wait, onEvent },
    folder: resolve(folder),
    agon: slurm.command ?? agonCommand(),
    cpus: threads,
    most: jobs,
    id: randomBytes(3).toString('hex'),
    of(run) {
      const { config, set } = order.of(run)
      const dir = resolve(run.dir)
      const words = ['run', resolve(config), `--out=${dir}`, `--seed=${run.seed}`, '--or-resume']
      return {
        dir,
        config: configOf(run),
        words: [...words, ...set.map((text) => `--set=${text}`)],
      }
    },
  }
  return {
    script: () => leftScript(request, runStanding),
    start: () =>
      startSlurmSweep(request, {
        client: slurmClient(process.env),
        standing: runStanding,
        timers: realTimers,
      }),
  }
}

/** An array job has one set of directives, and each of its tasks one host. */
function sharedSlurm(
  runs: readonly { readonly run: SweptRun; readonly config: RunConfig }[],
): SlurmConfig {
  const asked = runs.map(({ config }) => config.slurm ?? slurmSchema.parse({}))
  const odd = asked.findIndex((slurm) => JSON.stringify(slurm) !== JSON.stringify(asked[0]))
  if (odd > 0)
    throw new AgonError(
      'slurm/array',
      `the variants '${runs[0].run.variant}' and '${runs[odd].run.variant}' ask Slurm for different things, and an array job has one request`,
      {
        place: 'slurm',
        remedy: 'give all of them one slurm section: set slurm.… in the sweep file',
      },
    )
  for (const { config } of runs) {
    const [label] = placedActors(config).keys()
    if (label !== undefined)
      throw new AgonError(
        'slurm/array',
        `an actor is placed at node:${label}, and each run of an array job has one host`,
        {
          place: 'placement',
          remedy:
            'place every actor local, thread or process, or submit each run with agon run --on slurm',
        },
      )
  }
  return asked[0]
}
