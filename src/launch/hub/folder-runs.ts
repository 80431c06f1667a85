import { basename } from 'node:path'
import { listRuns, type RunListing } from '../../views/listing/run-listing.ts'
import { experimentsClient } from './experiments-client.ts'
import { askHub } from './live-runs.ts'
import { relayWatch } from './relay-watch.ts'
import { runMessage } from './run-message.ts'
import { type LaunchOrder, type RunSource, unknownRun } from './run-source.ts'
import { listedView, type RunView } from './run-view.ts'

/** What lies in the folder names its own tokens. */
const HINTS = { env: {} }

/**
 * The runs of a folder. Those with a live hub are asked for their state, and watched and stopped through it. Nothing is
 * remembered, so whoever serves the folder next knows as much.
 * @param launch starts a run and gives its directory
 */
export function folderRuns(
  root: string,
  launch: (order: LaunchOrder) => Promise<string>,
): RunSource {
  const find = async (id: string): Promise<RunListing> => {
    const runs = await listRuns(root)
    if (id === '') {
      if (runs.length === 1) return runs[0]
      throw unknownRun(id, `${runs.length} runs are in this folder; say which one is meant`)
    }
    const found =
      runs.findLast((run) => run.id === id) ?? runs.find(({ dir }) => basename(dir) === id)
    if (found !== undefined) return found
    throw unknownRun(id, 'neither an id nor a directory is called so')
  }
  const viewOf = async (listing: RunListing): Promise<RunView> =>
    (await askHub(listing.dir, HINTS).catch(() => null))?.run ?? listedView(listing)
  return {
    list: async () => (await Promise.all((await listRuns(root)).map(viewOf))).map(runMessage),
    get: async (id) => runMessage(await viewOf(await find(id))),
    async stop(id) {
      const listing = await find(id)
      const live = await askHub(listing.dir, HINTS)
      // What has ended needs no stopping; the answer says how it ended.
      if (live === null) return runMessage(listedView(listing))
      const client = experimentsClient(live.endpoint)
      try {
        return runMessage(await client.stop(''))
      } finally {
        client.close()
      }
    },
    launch: async (order) => runMessage(await viewOf(await find(basename(await launch(order))))),
    async watch(id, metrics, reader) {
      const listing = await find(id)
      const live = await askHub(listing.dir, HINTS)
      const ended = async (): Promise<void> => {
        reader.news({ run: runMessage(listedView(await find(basename(listing.dir)))) })
        reader.end()
      }
      if (live !== null) return relayWatch(live.endpoint, metrics, reader, ended)
      await ended()
      return () => {}
    },
  }
}
