import type { Clock } from '../../../core/clock.ts'
import type { ProgressEvent, RunHandle } from '../../../run/contract.ts'

/** What `agon resume` asks of the rest of Agon. */
export interface ResumeServices {
  resume(
    dir: string,
    options: {
      readonly set: readonly string[]
      readonly onProgress: (event: ProgressEvent) => void
    },
  ): Promise<RunHandle>
}

export const resumeServices = (clock: Clock): ResumeServices => ({
  resume: async (dir, options) =>
    (await import('../../../launch/launch.ts')).resume(dir, { ...options, clock }),
})
