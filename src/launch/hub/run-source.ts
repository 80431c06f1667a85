import { AgonError } from '../../core/errors.ts'
import type { agon } from '../../wire/index.ts'
import type { NewsReader, RunFeed, RunMessage } from './run-feed.ts'

export type LaunchOrder = Pick<agon.v1.LaunchRequest, 'config' | 'set' | 'name'>

/** The runs of one server. Every call rejects with `run/unknown` for an id that is not here. */
export interface RunSource {
  /** Oldest first. */
  list(): Promise<readonly RunMessage[]>
  get(id: string): Promise<RunMessage>
  /** Asks for a cut and the end after it. */
  stop(id: string): Promise<RunMessage>
  launch(order: LaunchOrder): Promise<RunMessage>
  /** @param metrics beginnings of the names that are wanted; none: all @returns ends it */
  watch(id: string, metrics: readonly string[], reader: NewsReader & Failing): Promise<() => void>
}

export interface Failing {
  fail(error: unknown): void
}

/** The one run of a hub. */
export function onlyRun(feed: RunFeed, stop: () => void): RunSource {
  const known = (id: string): RunFeed => {
    const own = feed.run().id
    if (id === '' || id === own) return feed
    throw unknownRun(id, `the hub of run ${own} serves no other`)
  }
  return {
    list: async () => [feed.run()],
    get: async (id) => known(id).run(),
    async stop(id) {
      const found = known(id)
      stop()
      return found.run()
    },
    async launch() {
      throw new AgonError('control/no-launch', 'this is the hub of one run; it starts no other', {
        remedy: '`agon hub` serves a folder of runs and launches new ones',
      })
    },
    watch: async (id, metrics, reader) =>
      known(id).subscribe({
        news: (event) => reader.news(wanted(event, metrics)),
        end: () => reader.end(),
      }),
  }
}

export const unknownRun = (id: string, why: string): AgonError =>
  new AgonError('run/unknown', `there is no run '${id}' here: ${why}`, {
    remedy: '`agon ps` lists the runs of a folder with their ids',
  })

/** A row with only the metrics that were asked for. */
function wanted(
  event: agon.v1.RunEvent.$Properties,
  prefixes: readonly string[],
): agon.v1.RunEvent.$Properties {
  const { metrics } = event
  if (prefixes.length === 0 || metrics === undefined || metrics === null) return event
  const values = Object.entries(metrics.values ?? {}).filter(([name]) =>
    prefixes.some((prefix) => name.startsWith(prefix)),
  )
  return { metrics: { ...metrics, values: Object.fromEntries(values) } }
}
