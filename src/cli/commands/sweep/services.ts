import { availableParallelism } from 'node:os'
import type { Sweep, SweepRequest, SweptRun } from '../../../launch/sweep/sweep.ts'
import type { SweepPlan, SweepVariant } from '../../../launch/sweep/sweep-file.ts'
import type { LoadOptions } from '../../../run/config/load-config.ts'
import type { RunConfig } from '../../../run/contract.ts'
import { type CompareServices, compareServices } from '../compare/services.ts'

export type { SweepPlan, SweepVariant }

/** Runs, and what each of them is of. */
export type SweepOrder = Pick<SweepRequest, 'runs' | 'jobs' | 'onEvent'> & {
  of(run: SweptRun): Pick<SweepVariant, 'config' | 'set'>
}

/** What `agon sweep` asks of the rest of Agon. */
export interface SweepServices extends CompareServices {
  /** @see readSweepFile */
  readPlan(path: string): Promise<SweepPlan | null>
  loadConfig(path: string, options: LoadOptions): Promise<RunConfig>
  /** Cores of this machine, and threads that one such run learns with. */
  cores(config: RunConfig): Promise<{ readonly cores: number; readonly threads: number }>
  sweep(order: SweepOrder): Promise<Sweep>
  /** What a sweep is on the cluster of this host. */
  slurm(order: SlurmOrder): Promise<SlurmSweep>
}

/** Of runs whose configs all say the same of Slurm. */
export interface SlurmOrder extends Omit<SweepOrder, 'jobs'> {
  readonly name: string
  readonly folder: string
  /** Tasks at a time; null: no bound. */
  readonly jobs: number | null
  /** Threads that one run learns with. */
  readonly threads: number
  readonly wait: boolean
  configOf(run: SweptRun): RunConfig
}

export interface SlurmSweep {
  /** Of what is not finished; null where all is. */
  script(): Promise<{ readonly path: string; readonly script: string | null }>
  start(): Promise<Sweep>
}

export const sweepServices = (): SweepServices => ({
  ...compareServices(),
  readPlan: async (path) =>
    (await import('../../../launch/sweep/sweep-file.ts')).readSweepFile(path),
  loadConfig: async (path, options) =>
    (await import('../../../run/config/index.ts')).loadConfig(path, options),
  async cores(config) {
    const { learningThreads } = await import('../../../launch/core-notes.ts')
    return { cores: availableParallelism(), threads: learningThreads(config) }
  },
  async sweep({ of, ...order }) {
    const { startSweep } = await import('../../../launch/sweep/sweep.ts')
    const { startChildRun } = await import('../../../launch/sweep/child-run.ts')
    return startSweep({
      ...order,
      start: (run, onDone) => startChildRun({ ...run, ...of(run) }, onDone),
    })
  },
  slurm: async (order) => (await import('../../../launch/sweep/slurm/plan.ts')).planArray(order),
})
