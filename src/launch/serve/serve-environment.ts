import { existsSync } from 'node:fs'
import { basename, dirname, relative, resolve } from 'node:path'
import { checkGenerator } from '../../envs/check-generator.ts'
import type { Environment, EnvironmentSpec } from '../../envs/contract.ts'
import { dmEnvRpcService, environmentsService } from '../../envs/remote/index.ts'
import { steppable } from '../../envs/steppable.ts'
import type { HubConfig } from '../../run/contract.ts'
import { type Implementation, newToken, readTokenFile, writeTokenFile } from '../../wire/index.ts'
import { type HubFiles, openHub } from '../hub/open-hub.ts'
import { type MadeEnvironment, makeEnvironment } from './make-environment.ts'

export interface ServeRequest {
  /** A built-in id or the path of a module; absent: what the config file says. */
  readonly part?: string
  /** A config file whose environment is served. */
  readonly config?: string
  /** `key=value` options of the environment. */
  readonly set: readonly string[]
  readonly protocol: 'agon' | 'dm_env_rpc'
  /** `host:port`. */
  readonly listen: string
  readonly rendezvous: string
  /** Where the token stands; without it a new one stands beside the rendezvous file as long as this listens. */
  readonly tokenFile?: string
  readonly tls?: HubConfig['tls']
  readonly insecure: boolean
}

/** An environment that others can step now. */
export interface ServedEnvironment {
  readonly spec: EnvironmentSpec
  /** `host:port` as others dial it. */
  readonly address: string
  /** Path of the rendezvous file. */
  readonly rendezvous: string
  /** Whether anyone on the network can reach it, and read what crosses. */
  readonly exposed: boolean
  /** Takes no new calls, and lets those under way end for at most `graceMs` milliseconds. */
  close(graceMs: number): Promise<void>
}

const MAX_MESSAGE_MB = 64

/** @throws AgonError what the environment, the token or the address is refused for */
export async function serveEnvironment(request: ServeRequest): Promise<ServedEnvironment> {
  const { listen, tls, insecure, tokenFile } = request
  const made = await makeEnvironment(request)
  checkServable(made.environment, request.protocol)
  const { spec } = made.environment
  const token = tokenFile === undefined ? newToken() : tokenAt(tokenFile)
  const hub = await openHub({
    config: {
      listen,
      insecure,
      maxMessageMb: MAX_MESSAGE_MB,
      ...(tls === undefined ? {} : { tls }),
    },
    token,
    services: [serviceOf(made, request.protocol)],
  })
  const folder = dirname(resolve(request.rendezvous))
  const rendezvous = hub.publish(folder, 'environments', undefined, filesOf(request, folder))
  return {
    spec,
    address: hub.address,
    rendezvous,
    exposed: hub.exposed,
    close: (graceMs) => hub.close(graceMs),
  }
}

/** What no caller could step, for its options or for want of its device, is refused here and not at the first call. */
function checkServable(
  environment: Environment<unknown>,
  protocol: ServeRequest['protocol'],
): void {
  checkGenerator(environment.levels)
  // One without steps is served for its levels; only dm_env_rpc has no calls for these.
  if (environment.vector === undefined && protocol === 'agon') return
  steppable(environment, 'dm_env_rpc serves steps alone')
    .vector({ slots: 1, autoReset: 'same-level' })
    .close?.()
}

function serviceOf(
  { id, environment, options }: MadeEnvironment,
  protocol: ServeRequest['protocol'],
): Implementation {
  if (protocol === 'dm_env_rpc') return dmEnvRpcService(environment)
  return environmentsService({ [id]: environment }, { made: { [id]: options } })
}

/** A token file that is not there yet is made; one that is keeps its token, so that a restart asks for the same. */
function tokenAt(path: string): string {
  if (!existsSync(path)) writeTokenFile(path, newToken())
  return readTokenFile(path)
}

function filesOf({ rendezvous, tokenFile }: ServeRequest, folder: string): HubFiles {
  const name = basename(rendezvous)
  const stem = name.replace(/\.json$/, '')
  return {
    rendezvous: name,
    authority: `${stem}.pem`,
    token: tokenFile === undefined ? `${stem}.token` : relative(folder, resolve(tokenFile)),
    keepsToken: tokenFile !== undefined,
  }
}
