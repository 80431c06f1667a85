import {
  logVerbosity,
  type Metadata,
  Server,
  ServerInterceptingCall,
  type ServerInterceptor,
  setLogVerbosity,
} from '@grpc/grpc-js'
import { AgonError } from '../core/errors.ts'
import { type Address, formatAddress } from './address.ts'
import { healthService } from './health.ts'
import type { Implementation } from './implementation.ts'
import { reflectionServices } from './reflection.ts'
import { type ServerSecurity, serverCredentials } from './security.ts'
import { type Bulk, withWideServerWindow } from './server-window.ts'
import { toStatus } from './status.ts'
import { bearer, sameToken } from './token.ts'

/** The longest message that any listener or caller takes, in bytes. */
export const MAX_MESSAGE_BYTES = 64 * 1024 * 1024
/** Room for what stands around a body of that size. */
const ENVELOPE_BYTES = 64 * 1024

export interface ListenOptions {
  readonly address: Address
  readonly security: ServerSecurity
  /** What every call must show, but those of health and reflection; null lets anyone call. */
  readonly token: string | null
  readonly services: readonly Implementation[]
  /** Default `up`. */
  readonly bulk?: Bulk
  /** The longest message taken, in bytes; default {@link MAX_MESSAGE_BYTES}. */
  readonly maxMessage?: number
}

export interface Listener {
  /** With the port that the system chose. */
  readonly address: Address
  /** What health answers for one service. */
  setServing(service: string, serving: boolean): void
  /** Takes no new calls and waits for those under way, at most `graceMs` milliseconds; then they are ended. */
  close(graceMs: number): Promise<void>
}

/** Calls that carry nothing of a run: generic clients look at them first. */
const OPEN_TO_ALL = ['/grpc.health.v1.Health/', '/grpc.reflection.']

/**
 * Listens with health and reflection beside the services given.
 * @throws AgonError `wire/listen`, `wire/insecure`, `wire/certificate`
 */
export async function listen(options: ListenOptions): Promise<Listener> {
  const {
    address,
    security,
    token,
    services,
    bulk = 'up',
    maxMessage = MAX_MESSAGE_BYTES,
  } = options
  const credentials = serverCredentials(address.host, security)
  // What goes wrong is thrown; the library would print it as well. GRPC_VERBOSITY turns that on.
  if (process.env.GRPC_VERBOSITY === undefined) setLogVerbosity(logVerbosity.NONE)
  const server = new Server({
    'grpc.max_receive_message_length': maxMessage + ENVELOPE_BYTES,
    'grpc.max_send_message_length': -1,
    ...(token === null ? {} : { interceptors: [requireToken(token)] }),
  })
  const names = services.map(({ name }) => name)
  const health = healthService(['', ...names])
  for (const { definition, handlers } of [...services, health, ...reflectionServices(names)])
    server.addService(definition, handlers)
  const bind = (): Promise<number> =>
    new Promise((resolve, reject) => {
      server.bindAsync(formatAddress(address), credentials, (error, bound) =>
        error === null ? resolve(bound) : reject(cannotListen(address, error)),
      )
    })
  const port = await (bulk === 'up' ? withWideServerWindow(bind) : bind())
  return {
    address: { host: address.host, port },
    setServing: health.setServing,
    close: (graceMs) => shutDown(server, graceMs),
  }
}

function requireToken(token: string): ServerInterceptor {
  return ({ path }, call) => {
    if (OPEN_TO_ALL.some((prefix) => path.startsWith(prefix)))
      return new ServerInterceptingCall(call)
    return new ServerInterceptingCall(call, {
      start: (next) =>
        next({
          onReceiveMetadata(metadata, go) {
            const reason = refusal(metadata, token)
            if (reason === null) go(metadata)
            else call.sendStatus(toStatus(new AgonError('wire/token', reason, { remedy: REMEDY })))
          },
        }),
    })
  }
}

const REMEDY = 'give the token of what listens: its token file, or the variable AGON_TOKEN'

function refusal(metadata: Metadata, token: string): string | null {
  const [given] = metadata.get('authorization')
  if (typeof given !== 'string') return 'the call shows no token'
  return sameToken(given, bearer(token)) ? null : 'the token is not the one of this listener'
}

function cannotListen(address: Address, cause: Error): AgonError {
  return new AgonError(
    'wire/listen',
    `nothing can listen at ${formatAddress(address)}: ${cause.message}`,
    {
      remedy: 'give another address; port 0 lets the system choose one',
      cause,
    },
  )
}

async function shutDown(server: Server, graceMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, graceMs)
  })
  const drained = new Promise<void>((resolve) => server.tryShutdown(() => resolve()))
  try {
    await Promise.race([drained, patience])
  } finally {
    clearTimeout(timer)
    server.forceShutdown()
  }
}
