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
})
