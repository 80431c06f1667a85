import type { ExperimentsClient } from '../../launch/hub/experiments-client.ts'
import type { RunListing } from '../../views/listing/run-listing.ts'
import type { DialFiles } from '../options/dial-options.ts'
import { dialExperiments } from './dial-experiments.ts'

/** What finding a run takes: its hub, or what its files say once it is over. */
export interface TargetServices {
  /** @param target address or rendezvous file @throws AgonError `wire/rendezvous`, `wire/token-file` */
  experiments(target: string, files: DialFiles): Promise<ExperimentsClient>
  listRuns(root: string): Promise<readonly RunListing[]>
}

export const targetServices = (): TargetServices => ({
  experiments: dialExperiments,
  listRuns: async (root) => (await import('../../views/listing/run-listing.ts')).listRuns(root),
})
