import { type ErrorRecord, toErrorRecord } from '../../core/errors.ts'
import type { ActorLedger } from '../../run/actor-states.ts'
import type { HubConfig, ProgressEvent } from '../../run/contract.ts'
import { type Implementation, ownToken } from '../../wire/index.ts'
import { experimentsService } from './experiments-service.ts'
import { insecureWarning, openHub } from './open-hub.ts'
import { type RunFacts, runFeed } from './run-feed.ts'
import { onlyRun } from './run-source.ts'

/** Watchers that do not read may hold up the end of a run for so long. */
const GRACE_MS = 1000

/** The listener of one run, which serves its Experiments and whatever else is given. */
export interface RunHub {
  /** `host:port`. */
  readonly address: string
  /** To be told what becomes of each actor. */
  readonly actors: ActorLedger
  /** To be told of all that happens. */
  on(event: ProgressEvent): void
  /**
   * From now on others can find the run, in `<run>/hub.json`.
   * @param stop what Stop does
   */
  publish(stop: () => void): { readonly file: string; readonly warnings: readonly ErrorRecord[] }
  /** What the last news say; before `close`. */
  end(status: 'finished' | 'stopped'): void
  fail(error: unknown): void
  close(): Promise<void>
}

export interface RunHubInput {
  readonly config: HubConfig
  readonly run: RunFacts
  /** To be told what becomes of each actor. */
  readonly actors: ActorLedger
  /** Served beside Experiments. */
  readonly services: readonly Implementation[]
  /** Where AGON_TOKEN is looked for. */
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * Listens; nobody can know of it before it is published, so this comes before the run directory is made.
 * @throws AgonError `wire/listen`, `wire/insecure`, `wire/certificate`, `wire/token-weak`
 */
export async function openRunHub(input: RunHubInput): Promise<RunHub> {
  const { config, run, actors, services, env } = input
  const feed = runFeed(run, actors)
  let stop = (): void => {}
  const hub = await openHub({
    config,
    token: ownToken(env),
    services: [experimentsService(onlyRun(feed, () => stop())), ...services],
  })
  return {
    address: hub.address,
    actors,
    on: feed.on,
    publish(stopRun) {
      stop = stopRun
      const file = hub.publish(run.directory, 'hub', run.id)
      return { file, warnings: hub.exposed ? [insecureWarning(hub.address)] : [] }
    },
    end: (status) => feed.end(status),
    fail: (error) => feed.end('failed', toErrorRecord(error)),
    close: () => hub.close(GRACE_MS),
  }
}
