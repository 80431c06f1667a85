import { basename } from 'node:path'
import { AgonError, type ErrorRecord, toErrorRecord } from '../../core/errors.ts'
import { cardPath } from '../../inference/index.ts'
import { modelFiles } from '../../inference/onnx/read-model.ts'
import type { InferenceServer, ServingOptions, VersionInfo } from '../../inference/serve/index.ts'
import { startInferenceServer } from '../../inference/serve/index.ts'
import { readModelFile } from '../../inference/serve/model-file.ts'
import { formatAddress, isLoopback, parseAddress } from '../../wire/index.ts'
import { type ListenRequest, publish, securityOf, tokenOf } from './listen-request.ts'
import { watchFiles } from './watch-file.ts'

export interface ServePolicyRequest extends ListenRequest {
  readonly path: string
  /** Default: the name of the file. */
  readonly name?: string
  /** Where Prometheus may ask, `host:port`. */
  readonly metrics?: string
  /** Serves the file anew when it changes. */
  readonly watch: boolean
  readonly serving: ServingOptions
  readonly events: ServePolicyEvents
}

export interface ServePolicyEvents {
  /** A changed file is served now, and no request was lost. */
  swapped(info: VersionInfo): void
  /** A changed file cannot be served; what was served before still is. */
  notSwapped(error: ErrorRecord): void
}

export interface ServedPolicy {
  readonly info: VersionInfo
  readonly address: string
  readonly metricsAddress: string | undefined
  /** Whether anyone on the network can reach it, and read what crosses. */
  readonly exposed: boolean
  /** Answers what was taken, at most `graceMs` milliseconds long, and ends. */
  close(graceMs: number): Promise<void>
}

const WATCH_MS = 500

/** @throws AgonError what the file, the options or the address is refused for */
export async function servePolicy(request: ServePolicyRequest): Promise<ServedPolicy> {
  const { path, listen, metrics, tls, insecure } = request
  const name = request.name ?? basename(path).replace(/\.onnx$/i, '')
  const address = parseAddress(listen)
  const security = securityOf(tls, insecure)
  const token = tokenOf(request, address.host)
  const model = await readModelFile(path)
  const server = await startInferenceServer({
    ...request.serving,
    address,
    security,
    token,
    ...(metrics === undefined ? {} : { metricsAddress: parseAddress(metrics) }),
  })
  try {
    const info = await ofFile(path, server.load(name, model))
    const bound = formatAddress(server.address)
    const forget = publish(request, 'policies', bound)
    const unwatch = request.watch ? await watching(request, name, server) : () => {}
    return {
      info,
      address: bound,
      metricsAddress: server.metricsAddress && formatAddress(server.metricsAddress),
      exposed: security.kind === 'plain' && !isLoopback(address.host),
      async close(graceMs) {
        unwatch()
        forget()
        await server.close(graceMs)
      },
    }
  } catch (error) {
    await server.close(0)
    throw error
  }
}

/** One change after the other: the newest file is the one that is served in the end. */
function watching(
  { path, events }: ServePolicyRequest,
  name: string,
  server: InferenceServer,
): Promise<() => void> {
  let last: Promise<void> = Promise.resolve()
  const swap = async (): Promise<void> => {
    try {
      events.swapped(await ofFile(path, server.swap(name, await readModelFile(path))))
    } catch (error) {
      events.notSwapped(toErrorRecord(error))
    }
  }
  const files = async (): Promise<readonly string[]> => [
    ...(await modelFiles(path)),
    cardPath(path),
  ]
  return watchFiles(path, files, WATCH_MS, () => {
    last = last.then(swap)
  })
}

/** What is wrong with a graph is told of its file. */
async function ofFile<T>(path: string, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof AgonError) || !/^(onnx|policy)\//.test(error.code)) throw error
    const { code, message, remedy, fields } = error
    throw new AgonError(code, message, {
      place: path,
      fields,
      cause: error,
      ...(remedy && { remedy }),
    })
  }
}
