import type { ExperimentsClient } from '../../../launch/hub/experiments-client.ts'
import type { LiveRun } from '../../../launch/hub/live-runs.ts'
import { dialExperiments } from '../../following/dial-experiments.ts'
import type { DialFiles } from '../../options/dial-options.ts'

/** What `agon ps` asks of the rest of Agon. */
export interface PsServices {
  /** @param target address or rendezvous file @throws AgonError `wire/rendezvous`, `wire/token-file` */
  experiments(target: string, files: DialFiles): Promise<ExperimentsClient>
  /** The runs of a folder, with what the hubs of those that are going on say. */
  liveRuns(root: string, files: DialFiles): Promise<readonly LiveRun[]>
}

export const psServices = (): PsServices => ({
  experiments: dialExperiments,
  // A token of the environment is for the one hub that a user names, not for whatever a folder holds.
  liveRuns: async (root, files) =>
    (await import('../../../launch/hub/live-runs.ts')).liveRuns(root, { ...files, env: {} }),
})
