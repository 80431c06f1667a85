import { readFileSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join, relative } from 'node:path'
import type { ErrorRecord } from '../../core/errors.ts'
import type { HubConfig } from '../../run/contract.ts'
import {
  type Address,
  formatAddress,
  type Implementation,
  isLoopback,
  listen,
  parseAddress,
  type Rendezvous,
  readPem,
  readServerSecurity,
  removeRendezvous,
  type ServerSecurity,
  writeRendezvous,
  writeTokenFile,
} from '../../wire/index.ts'
import { HUB_FILES } from './hub-files.ts'

/** Names in the folder. */
export interface HubFiles extends Readonly<Record<keyof typeof HUB_FILES, string>> {
  /** The token stands there already, and stays. */
  readonly keepsToken?: boolean
}

export interface HubInput {
  readonly config: Pick<HubConfig, 'listen' | 'advertise' | 'tls' | 'insecure' | 'maxMessageMb'>
  readonly token: string
  readonly services: readonly Implementation[]
}

/** A listener that others find by its rendezvous file. */
export interface Hub {
  /** `host:port` as others dial it. */
  readonly address: string
  /** Whether anyone on the network can reach it, and read what crosses. */
  readonly exposed: boolean
  /**
   * Writes the rendezvous file, the token and the authority into `folder`, in the place of what a killed hub left
   * there. They are removed when the hub is closed or the process exits. Until then nobody knows the token.
   * @param run id of the one run that is served
   * @returns path of the rendezvous file
   */
  publish(folder: string, kind: Rendezvous['kind'], run?: string, files?: HubFiles): string
  /** Removes the files, and lets calls end for at most `graceMs` milliseconds. */
  close(graceMs: number): Promise<void>
}

/** @throws AgonError `wire/listen`, `wire/insecure`, `wire/certificate`, `usage/address` */
export async function openHub({ config, token, services }: HubInput): Promise<Hub> {
  const at = parseAddress(config.listen)
  const security = serverSecurity(config.tls)
  const listener = await listen({
    address: at,
    security: security.kind === 'plain' ? { ...security, insecure: config.insecure } : security,
    token,
    services,
    maxMessage: config.maxMessageMb * 2 ** 20,
  })
  const host = config.advertise ?? dialled(at)
  const address = formatAddress({ host, port: listener.address.port })
  let remove = (): void => {}
  return {
    address,
    exposed: security.kind === 'plain' && !isLoopback(at.host),
    publish(folder, kind, run, files = HUB_FILES) {
      const { keepsToken = false } = files as HubFiles
      const path = (name: keyof typeof HUB_FILES): string => join(folder, files[name])
      const clear = (): void => {
        for (const name of Object.keys(HUB_FILES) as (keyof typeof HUB_FILES)[])
          if (name !== 'token' || !keepsToken) removeRendezvous(path(name))
      }
      clear()
      const authority = config.tls?.authority ?? config.tls?.certificate
      if (authority !== undefined) writeFileSync(path('authority'), readFileSync(authority))
      const { clientCertificate, clientKey } = config.tls ?? {}
      const inFolder = (file: string): string => relative(folder, file)
      if (!keepsToken) writeTokenFile(path('token'), token)
      const isOwn = writeRendezvous(path('rendezvous'), {
        format: 1,
        kind,
        address,
        pid: process.pid,
        tokenFile: files.token,
        ...(run === undefined ? {} : { run }),
        ...(authority === undefined ? {} : { authority: files.authority }),
        ...(clientCertificate === undefined ? {} : { certificate: inFolder(clientCertificate) }),
        ...(clientKey === undefined ? {} : { key: inFolder(clientKey) }),
      })
      // Files of a listener that came later are its own.
      remove = () => {
        if (isOwn()) clear()
      }
      process.on('exit', remove)
      return path('rendezvous')
    },
    async close(graceMs) {
      remove()
      process.off('exit', remove)
      await listener.close(graceMs)
    },
  }
}

/** Nobody can dial "every interface". */
function dialled({ host }: Address): string {
  return host === '0.0.0.0' || host === '::' ? hostname() : host
}

function serverSecurity(tls: HubConfig['tls']): ServerSecurity {
  if (tls === undefined) return { kind: 'plain' }
  const { clientCertificate, clientKey } = tls
  // What the rendezvous file will name has to be there as well.
  if (clientCertificate !== undefined) readPem(clientCertificate, 'certificate')
  if (clientKey !== undefined) readPem(clientKey, 'key')
  return readServerSecurity(tls)
}

/** For a hub that is exposed. */
export const insecureWarning = (address: string): ErrorRecord => ({
  code: 'wire/insecure',
  message: `nothing that crosses ${address} is encrypted: who can read the network has the token as well`,
  remedy: 'give hub.tls (--tls-cert, --tls-key) unless the network is trusted',
})
