import { availableParallelism } from 'node:os'
import type { Sweep, SweepRequest } from '../../../launch/sweep/sweep.ts'
import type { LoadOptions } from '../../../run/config/load-config.ts'
import type { RunConfig } from '../../../run/contract.ts'
import type { Presented } from '../../terminal/presented.ts'

/** Where each run of a sweep comes from. */
export type SweepOrder = Pick<SweepRequest, 'runs' | 'jobs' | 'onEvent'> & {
  readonly config: string
  readonly set: readonly string[]
}

/** What `agon sweep` asks of the rest of Agon. */
export interface SweepServices {
  loadConfig(path: string, options: LoadOptions): Promise<RunConfig>
  /** Cores of this machine, and threads that one such run learns with. */
  cores(config: RunConfig): Promise<{ readonly cores: number; readonly threads: number }>
  sweep(order: SweepOrder): Promise<Sweep>
  compare(dirs: readonly string[]): Promise<Presented>
}

export const sweepServices = (): SweepServices => ({
  loadConfig: async (path, options) =>
    (await import('../../../run/config/index.ts')).loadConfig(path, options),
  async cores(config) {
    const { learningThreads } = await import('../../../launch/core-notes.ts')
    return { cores: availableParallelism(), threads: learningThreads(config) }
  },
  async sweep({ config, set, ...order }) {
    const { startSweep } = await import('../../../launch/sweep/sweep.ts')
    const { startChildRun } = await import('../../../launch/sweep/child-run.ts')
    return startSweep({
      ...order,
      start: (run, onDone) => startChildRun({ ...run, config, set }, onDone),
    })
  },
  async compare(dirs) {
    const { comparisonToJson, compareRuns, formatComparison } = await import(
      '../../../views/compare/index.ts'
    )
    const comparison = await compareRuns(dirs)
    return { lines: formatComparison(comparison), json: comparisonToJson(comparison) }
  },
})
