import { existsSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { AgonError } from '../../core/errors.ts'
import {
  isLoopback,
  newToken,
  readServerSecurity,
  readTokenFile,
  removeRendezvous,
  type ServerSecurity,
  writeRendezvous,
  writeTokenFile,
} from '../../wire/index.ts'

/** Files of TLS, PEM. */
export interface TlsFiles {
  readonly certificate: string
  readonly key: string
  /** Given: whoever dials must show a certificate of this authority. */
  readonly clientAuthority?: string
  /** What the rendezvous file tells others to believe; by default the certificate, as fits a self-signed one. */
  readonly authority?: string
}

/** Where a model is served, and who may ask. */
export interface ListenRequest {
  /** `host:port`. */
  readonly listen: string
  /** File that says where this listens; written only if given. */
  readonly rendezvous?: string
  /** Holds what callers must show; made if it is not there. */
  readonly tokenFile?: string
  readonly tls?: TlsFiles
  readonly insecure: boolean
}

/**
 * On loopback anyone of this machine may ask, as other servers of models have it: a model gives nothing away that
 * its file does not. Whoever can be reached from elsewhere asks for a token or a certificate.
 */
export function tokenOf({ tokenFile, tls }: ListenRequest, host: string): string | null {
  if (tokenFile !== undefined) {
    if (!existsSync(tokenFile)) writeTokenFile(tokenFile, newToken())
    return readTokenFile(tokenFile)
  }
  if (isLoopback(host) || tls?.clientAuthority !== undefined) return null
  throw new AgonError('wire/token', `a listener at ${host} can be reached by others`, {
    remedy: 'give --token-file (it is made if it is not there), or --tls-client-ca',
  })
}

export function securityOf(tls: TlsFiles | undefined, insecure: boolean): ServerSecurity {
  if (tls === undefined) return { kind: 'plain', insecure }
  return readServerSecurity(tls)
}

/** @returns removes what was written */
export function publish(
  { rendezvous, tokenFile, tls }: ListenRequest,
  kind: 'policies' | 'language-model',
  address: string,
): () => void {
  if (rendezvous === undefined) return () => {}
  const beside = (path: string): string => relative(dirname(resolve(rendezvous)), resolve(path))
  const isOwn = writeRendezvous(rendezvous, {
    format: 1,
    kind,
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
