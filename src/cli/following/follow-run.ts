import { AgonError, fromErrorRecord, toErrorRecord } from '../../core/errors.ts'
import type { ExperimentsClient } from '../../launch/hub/experiments-client.ts'
import type { RunNews, RunView } from '../../launch/hub/run-view.ts'
import { EXIT, type ExitCode } from '../../run/exit-codes.ts'
import { RunError } from '../../run/run-error.ts'

/**
 * Watches a run until it ends.
 * @returns the run as it ended
 * @throws AgonError `control/lost` where its hub went without a word, or what the server said
 */
export async function followRun(
  client: ExperimentsClient,
  id: string,
  hear: (news: RunNews) => void,
): Promise<RunView> {
  let seen: RunView | null = null
  try {
    await client.watch(id, (news) => {
      if (news.kind === 'run') seen = news.run
      hear(news)
    })
  } catch (error) {
    if (toErrorRecord(error).code !== 'wire/unavailable' || seen === null) throw error
    throw lost(seen, error)
  }
  const last = seen as RunView | null
  if (last === null || last.status === 'running') throw lost(last, null)
  return last
}

const lost = (run: RunView | null, cause: unknown): AgonError =>
  new AgonError('control/lost', 'the hub of the run has gone without a word', {
    ...(run === null ? {} : { place: run.dir }),
    remedy: 'where its process is gone, `agon resume` goes on from the last cut',
    cause,
  })

/** What became of a run, as the exit code of `agon run` would say. @throws AgonError what the run failed with */
export function endOf({ status, dir, error }: Pick<RunView, 'status' | 'dir' | 'error'>): ExitCode {
  if (status === 'finished') return EXIT.ok
  if (status === 'stopped') return EXIT.stopped
  if (error !== null) throw new RunError(fromErrorRecord(error))
  if (status === 'interrupted')
    throw new AgonError('control/lost', 'the process of this run is gone', {
      place: dir,
      remedy: 'agon resume goes on from the last cut',
    })
  throw new AgonError('control/ended', `the run is ${status}`, { place: dir })
}
