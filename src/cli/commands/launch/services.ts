import type { ExperimentsClient } from '../../../launch/hub/experiments-client.ts'
import { dialExperiments } from '../../following/dial-experiments.ts'
import type { DialFiles } from '../../options/dial-options.ts'

/** What `agon launch` asks of the rest of Agon. */
export interface LaunchServices {
  /** @param target address or rendezvous file @throws AgonError `wire/rendezvous`, `wire/token-file` */
  experiments(target: string, files: DialFiles): Promise<ExperimentsClient>
  /** The text of a config, and what it is to be called where it does not say. */
  readConfigText(path: string): Promise<{ readonly text: string; readonly name: string | null }>
}

export const launchServices = (): LaunchServices => ({
  experiments: dialExperiments,
  readConfigText: async (path) =>
    (await import('../../../run/config/index.ts')).readConfigText(path),
})
