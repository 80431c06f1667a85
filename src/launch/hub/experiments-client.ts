import { AgonError } from '../../core/errors.ts'
import {
  type agon,
  type Connection,
  dial,
  type Endpoint,
  EXPERIMENTS,
  fromStatus,
} from '../../wire/index.ts'
import { runNews, runView } from './run-message.ts'
import type { RunNews, RunView } from './run-view.ts'

const { get, list, stop, launch, watch } = EXPERIMENTS.methods

/** How long a server may take to start a run: it imports the modules of the config, and looks for every obstacle. */
const LAUNCH_DEADLINE_MS = 120_000

/** The runs of one server, from outside. An empty id means its only run. */
export interface ExperimentsClient {
  list(): Promise<readonly RunView[]>
  get(id: string): Promise<RunView>
  /** Asks for a cut and the end after it. */
  stop(id: string): Promise<RunView>
  launch(order: agon.v1.LaunchRequest.$Properties): Promise<RunView>
  /**
   * First the run as it is, last the run as it ended.
   * @returns once the run has ended
   * @throws AgonError what the server or the connection ended it with
   */
  watch(id: string, hear: (news: RunNews) => void): Promise<void>
  close(): void
}

/** @param deadlineMs for each call but `launch`; the default is that of the wire */
export function experimentsClient(endpoint: Endpoint, deadlineMs?: number): ExperimentsClient {
  const connection: Connection = dial(endpoint)
  const options = deadlineMs === undefined ? {} : { deadlineMs }
  return {
    async list() {
      const { runs } = await connection.unary(list, {}, options)
      return runs.map(runView)
    },
    get: async (run) => runView(await connection.unary(get, { run }, options)),
    stop: async (run) => runView(await connection.unary(stop, { run }, options)),
    launch: async (order) =>
      runView(await connection.unary(launch, order, { deadlineMs: LAUNCH_DEADLINE_MS })),
    watch: (run, hear) =>
      new Promise((resolve, reject) => {
        const stream = connection.serverStream(watch, { run })
        stream.on('data', (event) => {
          const news = runNews(event)
          if (news !== null) hear(news)
        })
        stream.on('error', (error) =>
          reject(
            'code' in error ? fromStatus(error as never, endpoint.address) : unreadable(error),
          ),
        )
        stream.on('end', resolve)
      }),
    close: () => connection.close(),
  }
}

const unreadable = (cause: Error): AgonError =>
  new AgonError('wire/error', `what came cannot be read: ${cause.message}`, { cause })
