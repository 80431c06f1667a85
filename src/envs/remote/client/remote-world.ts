import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads'
import type { Clock } from '../../../core/clock.ts'
import { AgonError, toErrorRecord } from '../../../core/errors.ts'
import type { EnvironmentDescription } from '../description.ts'
import type { LevelCalls, LevelMethod } from './backend.ts'
import type { RemoteOptions } from './options.ts'
import { sharedToken } from './shared-token.ts'
import { SyncConnection } from './sync-connection.ts'

/** Between two tries to reach a server that was there before. */
const PAUSE_MS = 250
/** The connection's thread answers in time or is gone itself. */
const SLACK_MS = 30_000

/**
 * One environment of another process, for one thread: its description, and a connection that is made when it is needed
 * and again after it is lost. What the server is must not change meanwhile.
 */
export class RemoteWorld {
  readonly options: RemoteOptions
  readonly #key: string
  readonly #clock: Pick<Clock, 'now'>
  #connection: SyncConnection | null = null
  #description: EnvironmentDescription | null = null

  constructor(options: RemoteOptions, clock: Pick<Clock, 'now'>) {
    this.options = options
    this.#clock = clock
    this.#key = `agon/remote-environment ${JSON.stringify(options)}`
  }

  /** @throws AgonError why it cannot be reached, or `environment/description` */
  get description(): EnvironmentDescription {
    this.connection()
    return this.#description as EnvironmentDescription
  }

  /** @throws AgonError `wire/*` where it was never there, `environment/gone` after waiting, `environment/changed` */
  connection(): SyncConnection {
    if (this.#connection !== null) return this.#connection
    const made = new SyncConnection(this.options.timeoutSeconds * 1000 + SLACK_MS)
    try {
      this.#description = this.#reach(made)
    } catch (error) {
      made.close()
      throw error
    }
    this.#connection = made
    return made
  }

  /** A server that this process has seen before is waited for; one that never was is refused at once. */
  #reach(by: SyncConnection): EnvironmentDescription {
    const known = getEnvironmentData(this.#key)
    const patience = known === undefined ? 0 : this.options.waitSeconds * 1000
    const begin = this.#clock.now()
    for (;;) {
      try {
        const told = by.ask({ kind: 'dial', options: this.options, token: sharedToken() })
        this.#checkSame(JSON.stringify(told), known)
        return told as EnvironmentDescription
      } catch (error) {
        if (!isAway(error) || known === undefined) throw error
        if (this.#clock.now() - begin >= patience) throw this.#asGone(error)
      }
      sleep(PAUSE_MS)
    }
  }

  #checkSame(told: string, known: unknown): void {
    // Threads that are started from here on know what they must find.
    if (known === undefined) setEnvironmentData(this.#key, told)
    else if (known !== told)
      throw new AgonError('environment/changed', 'another environment is served there now', {
        place: this.options.address,
        remedy: 'serve the one that the run began with, with the same options',
      })
  }

  /**
   * A call about levels. These depend on nothing but the request, so one that the connection broke is asked again.
   * @param read what the answer says
   * @throws AgonError what the server says, what `read` finds wrong, or `environment/lost`, `environment/gone`
   */
  call<K extends LevelMethod, T>(
    method: K,
    request: Omit<LevelCalls[K]['request'], 'environment'>,
    read: (answer: LevelCalls[K]['answer']) => T,
  ): T {
    const { environment } = this.options
    for (let tries = 0; ; tries++) {
      const connection = this.connection()
      try {
        const order = { kind: 'call', method, request: { ...request, environment } } as const
        return read(connection.ask(order) as LevelCalls[K]['answer'])
      } catch (error) {
        if (!isAway(error)) throw this.placed(error)
        this.lose(connection)
        if (tries === MOST_TRIES) throw this.asLost(error)
      }
    }
  }

  /** Does something with a vector of `connection`; whatever breaks that connection is `environment/lost`. */
  withVector<T>(connection: SyncConnection, work: () => T): T {
    try {
      return work()
    } catch (error) {
      if (!isAway(error)) throw this.placed(error)
      this.lose(connection)
      throw this.asLost(error)
    }
  }

  /** What is wrong with an answer names the server that gave it. */
  placed(error: unknown): unknown {
    if (!(error instanceof AgonError) || error.place !== undefined) return error
    const { code, message, remedy, fields } = error
    return new AgonError(code, message, {
      remedy,
      fields,
      place: this.options.address,
      cause: error,
    })
  }

  lose(connection: SyncConnection): void {
    connection.close()
    if (this.#connection === connection) this.#connection = null
  }

  asLost(cause: unknown): AgonError {
    const { address } = this.options
    return new AgonError(
      'environment/lost',
      `the environment at ${address} was lost: ${toErrorRecord(cause).message}`,
      { place: address, remedy: this.#remedy(cause), cause },
    )
  }

  /** One that answers, but not in time, is not served better by being served again. */
  #remedy(cause: unknown): string {
    const { timeoutSeconds } = this.options
    return toErrorRecord(cause).code === 'wire/deadline'
      ? `let env.timeoutSeconds (${timeoutSeconds} now) be longer than any step takes, or see why it hangs`
      : SERVE_AGAIN
  }

  /** Not a loss that another try may mend: the tries are over. */
  #asGone(cause: unknown): AgonError {
    const { address, waitSeconds } = this.options
    const why = toErrorRecord(cause).message
    return new AgonError(
      'environment/gone',
      `the environment at ${address} was lost, and could not be reached again within env.waitSeconds (${waitSeconds}): ${why}`,
      { place: address, remedy: `${SERVE_AGAIN}, and resume the run`, cause },
    )
  }
}

const MOST_TRIES = 2
const SERVE_AGAIN = 'serve it again at the same address or rendezvous file'

/** Whether it is the way to the server that failed, not what was asked. */
function isAway(error: unknown): boolean {
  const { code } = toErrorRecord(error)
  return AWAY.includes(code)
}

const AWAY: readonly string[] = [
  'environment/lost',
  'wire/unavailable',
  'wire/deadline',
  'wire/cancelled',
  'wire/draining',
  'wire/error',
  // A server that is started again has a new token, and its files are not there for a moment.
  'wire/token',
  'wire/token-file',
  'wire/absent',
]

/** Puts the whole thread to sleep: whoever calls waits anyway. */
function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}
