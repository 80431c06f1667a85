import { dial, type Endpoint, EXPERIMENTS, fromStatus } from '../../wire/index.ts'
import type { NewsReader } from './run-feed.ts'
import type { Failing } from './run-source.ts'

/**
 * Passes on what the hub of a run tells its watchers.
 * @param gone called where that hub is gone without a word: the files of the run tell the rest
 * @returns ends it
 */
export function relayWatch(
  endpoint: Endpoint,
  metrics: readonly string[],
  reader: NewsReader & Failing,
  gone: () => Promise<void>,
): () => void {
  const connection = dial(endpoint)
  const stream = connection.serverStream(EXPERIMENTS.methods.watch, { metrics: [...metrics] })
  let over = false
  /** A stream that fails ends as well: what comes first counts. */
  const once = (what: () => void): void => {
    if (over) return
    over = true
    connection.close()
    what()
  }
  stream.on('data', (event) => reader.news(event))
  stream.on('end', () => once(() => reader.end()))
  stream.on('error', (error) =>
    once(() => {
      const told = fromStatus(error as never, endpoint.address)
      if (told.code === 'wire/unavailable') gone().catch((cause) => reader.fail(cause))
      else reader.fail(told)
    }),
  )
  return () => once(() => stream.cancel())
}
