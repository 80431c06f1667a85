import type { Clock } from '../../../core/clock.ts'
import type { ErrorRecord } from '../../../core/errors.ts'
import type { FolderEvent, FolderHub } from '../../../launch/hub/serve-folder.ts'

/** What `agon hub` asks of the rest of Agon. */
export interface HubServices {
  /**
   * Serves a folder of runs until it is closed.
   * @param set of the `hub:` section, as `--set` takes it
   */
  serveFolder(
    root: string,
    set: readonly string[],
    onEvent: (event: FolderEvent) => void,
    onWarning: (warning: ErrorRecord) => void,
  ): Promise<FolderHub>
}

export const hubServices = (clock: Clock): HubServices => ({
  async serveFolder(root, set, onEvent, onWarning) {
    const { hubFrom } = await import('../../../run/config/hub-config.ts')
    const { serveFolder } = await import('../../../launch/hub/serve-folder.ts')
    const config = hubFrom(set)
    return serveFolder({ root, config, env: process.env, wall: clock.wall, onEvent, onWarning })
  },
})
