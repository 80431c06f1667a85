import { toErrorRecord } from '../../../core/errors.ts'
import type { ExperimentsClient } from '../../../launch/hub/experiments-client.ts'
import type { RunNews, RunView } from '../../../launch/hub/run-view.ts'
import { followRun } from '../../following/follow-run.ts'

const PAUSE_MS = 1000
/** In a row, without any news but how the run is between them. */
const MOST_TRIES = 10

/** How a watcher gets to a hub again that it has lost. */
export interface Retrying {
  /** Dials whoever is there now; null where nothing listens. */
  again(): Promise<ExperimentsClient | null>
  pause(ms: number): Promise<void>
}

/** The way to the hub broke, or its files are about to be written anew: another try may find it. */
const AWAY: readonly string[] = [
  'control/lost',
  'wire/unavailable',
  'wire/token',
  'wire/token-file',
  'wire/absent',
]

/**
 * Watches a run until it ends, and asks again where the stream breaks: the run may be resumed, or the network be back.
 * @throws AgonError as {@link followRun}; `control/lost` after ten tries in ten seconds
 */
export async function keepFollowing(
  first: ExperimentsClient,
  id: string,
  hear: (news: RunNews) => void,
  { again, pause }: Retrying,
): Promise<RunView> {
  let client: ExperimentsClient | null = first
  let lost: unknown = null
  for (let tries = 0; ; tries++) {
    try {
      client ??= await again()
      if (client !== null)
        return await followRun(client, id, (news) => {
          if (lost !== null) hear({ kind: 'note', of: 'watch', text: 'the hub is back' })
          lost = null
          if (news.kind !== 'run') tries = 0
          hear(news)
        })
    } catch (error) {
      const broken = AWAY.includes(toErrorRecord(error).code)
      // A hub that was never there is no broken stream.
      if (!broken || (tries === 0 && toErrorRecord(error).code !== 'control/lost')) throw error
      if (lost === null) hear({ kind: 'warning', warning: brokenStream(error) })
      lost ??= error
    } finally {
      // The first is closed by whoever dialled it.
      if (client !== first) client?.close()
      client = null
    }
    if (tries === MOST_TRIES) throw lost
    await pause(PAUSE_MS)
  }
}

const brokenStream = (error: unknown) => ({
  code: 'control/broken',
  message: 'the stream from the hub broke',
  remedy: `it is looked for again, for ${(MOST_TRIES * PAUSE_MS) / 1000} s`,
  place: toErrorRecord(error).place,
})
