import { existsSync } from 'node:fs'
import { basename, dirname, relative, resolve } from 'node:path'
import { AgonError, type ErrorRecord, toErrorRecord } from '../../core/errors.ts'
import { cardPath } from '../../inference/index.ts'
import { modelFiles } from '../../inference/onnx/read-model.ts'
import type { InferenceServer, ServingOptions, VersionInfo } from '../../inference/serve/index.ts'
import { startInferenceServer } from '../../inference/serve/index.ts'
import { readModelFile } from '../../inference/serve/model-file.ts'
import {
  formatAddress,
  isLoopback,
  newToken,
  parseAddress,
  readServerSecurity,
  readTokenFile,
  removeRendezvous,
  type ServerSecurity,
  writeRendezvous,
  writeTokenFile,
} from '../../wire/index.ts'
import { watchFiles } from './watch-file.ts'

/** Files of TLS, PEM. */
export interface TlsFiles {
  readonly certificate: string
  readonly key: string
  /** Given: whoever dials must show a certificate of this authority. */
  readonly clientAuthority?: string
  /** What the rendezvous file tells others to believe; by default the certificate, as fits a self-signed one. */
  readonly authority?: string
}

export interface ServePolicyRequest {
  readonly path: string
  /** Default: the name of the file. */
  readonly name?: string
  /** `host:port`. */
  readonly listen: string
  /** Where Prometheus may ask, `host:port`. */
  readonly metrics?: string
  /** File that says where this listens; written only if given. */
  readonly rendezvous?: string
  /** Holds what callers must show; made if it is not there. */
  readonly tokenFile?: string
  readonly tls?: TlsFiles
  readonly insecure: boolean
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
    const forget = publish(request, bound)
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

/**
 * On loopback anyone of this machine may ask, as other servers of the protocol have it: a policy gives nothing away that
 * its file does not. Whoever can be reached from elsewhere asks for a token or a certificate.
 */
function tokenOf({ tokenFile, tls }: ServePolicyRequest, host: string): string | null {
  if (tokenFile !== undefined) {
    if (!existsSync(tokenFile)) writeTokenFile(tokenFile, newToken())
    return readTokenFile(tokenFile)
  }
  if (isLoopback(host) || tls?.clientAuthority !== undefined) return null
  throw new AgonError('wire/token', `a listener at ${host} can be reached by others`, {
    remedy: 'give --token-file (it is made if it is not there), or --tls-client-ca',
  })
}

function securityOf(tls: TlsFiles | undefined, insecure: boolean): ServerSecurity {
  if (tls === undefined) return { kind: 'plain', insecure }
  return readServerSecurity(tls)
}

/** @returns removes what was written */
function publish({ rendezvous, tokenFile, tls }: ServePolicyRequest, address: string): () => void {
  if (rendezvous === undefined) return () => {}
  const beside = (path: string): string => relative(dirname(resolve(rendezvous)), resolve(path))
  const isOwn = writeRendezvous(rendezvous, {
    format: 1,
    kind: 'policies',
    address,
    pid: process.pid,
    ...(tokenFile === undefined ? {} : { tokenFile: beside(tokenFile) }),
    ...(tls === undefined ? {} : { authority: beside(tls.authority ?? tls.certificate) }),
  })
  const remove = (): void => {
    if (isOwn()) removeRendezvous(rendezvous)
  }
  process.on('exit', remove)
  return () => {
    process.off('exit', remove)
    remove()
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
