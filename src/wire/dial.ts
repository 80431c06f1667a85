import {
  Client,
  type ClientDuplexStream,
  type ClientReadableStream,
  Metadata,
  type ServiceError,
} from '@grpc/grpc-js'
import { AgonError } from '../core/errors.ts'
import { decodeBounded } from './bounded-decode.ts'
import { MAX_MESSAGE_BYTES } from './listen.ts'
import { type Method, reusingSerializer, serializer } from './method.ts'
import { type ClientSecurity, clientCredentials } from './security.ts'
import { type Bulk, WIDE_WINDOW } from './server-window.ts'
import { fromStatus } from './status.ts'
import { bearer } from './token.ts'

/** Whom to dial, and what to show. */
export interface Endpoint {
  /** `host:port`. */
  readonly address: string
  readonly token?: string
  /** Unix socket of the listener, where it is of this machine and has one. */
  readonly socket?: string
  readonly security: ClientSecurity
  /** What the listener says; default `up`. */
  readonly bulk?: Bulk
}

export interface CallOptions {
  /** Milliseconds after which a call is given up with `wire/deadline`; default 30 000. Streams have none. */
  readonly deadlineMs?: number
  readonly signal?: AbortSignal
}

/** A connection to one endpoint; made when first needed and again when it is lost. */
export interface Connection {
  readonly address: string
  /** @throws AgonError what the server said, or `wire/unavailable`, `wire/deadline`, `wire/cancelled` */
  unary<Q, A>(
    method: Method<Q, unknown, unknown, A, 'unary'>,
    request: Q,
    options?: CallOptions,
  ): Promise<A>
  serverStream<Q, A>(
    method: Method<Q, unknown, unknown, A, 'server-stream'>,
    request: Q,
  ): ClientReadableStream<A>
  bidi<Q, A>(method: Method<Q, unknown, unknown, A, 'bidi'>): ClientDuplexStream<Q, A>
  close(): void
}

/** Listeners take half as much; whoever answers with more is refused before it is read. */
const MOST_ANSWER_BYTES = MAX_MESSAGE_BYTES * 2

const UNARY_DEADLINE_MS = 30_000

/** Dials lazily: an endpoint that is not there shows with the first call. @throws AgonError `wire/certificate` */
export function dial({ address, token, security, bulk = 'up' }: Endpoint): Connection {
  const client = new Client(address, clientCredentials(security), {
    'grpc.max_receive_message_length': MOST_ANSWER_BYTES,
    'grpc.max_send_message_length': MOST_ANSWER_BYTES,
    ...(bulk === 'down' ? { 'grpc-node.flow_control_window': WIDE_WINDOW } : {}),
    'grpc.initial_reconnect_backoff_ms': 100,
    'grpc.max_reconnect_backoff_ms': 2000,
    // A proxy of the environment is for the web, not for what a run dials.
    'grpc.enable_http_proxy': 0,
    'grpc.use_local_subchannel_pool': 1,
  })
  const metadata = (): Metadata => {
    const shown = new Metadata()
    if (token !== undefined) shown.set('authorization', bearer(token))
    return shown
  }
  return {
    address,
    unary(method, request, { deadlineMs = UNARY_DEADLINE_MS, signal } = {}) {
      return new Promise((resolve, reject) => {
        const call = client.makeUnaryRequest(
          method.path,
          serializer(method.request),
          (bytes) => decodeBounded(method.answer, bytes),
          request,
          metadata(),
          (error: ServiceError | null, answer) => {
            clearTimeout(timer)
            signal?.removeEventListener('abort', cancel)
            if (error === null) resolve(answer as NonNullable<typeof answer>)
            else reject(late ? tooLate(address, deadlineMs) : fromStatus(error, address))
          },
        )
        let late = false
        const cancel = (): void => call.cancel()
        const timer = setTimeout(() => {
          late = true
          cancel()
        }, deadlineMs)
        signal?.addEventListener('abort', cancel, { once: true })
      })
    },
    serverStream: (method, request) =>
      client.makeServerStreamRequest(
        method.path,
        serializer(method.request),
        (bytes) => decodeBounded(method.answer, bytes),
        request,
        metadata(),
      ),
    bidi(method) {
      let serialize = serializer(method.request)
      let answered = false
      return client.makeBidiStreamRequest(
        method.path,
        (request: Parameters<typeof serialize>[0]) => serialize(request),
        (bytes) => {
          if (!answered) serialize = reusingSerializer(method.request)
          answered = true
          return decodeBounded(method.answer, bytes)
        },
        metadata(),
      )
    },
    close: () => client.close(),
  }
}

function tooLate(address: string, deadlineMs: number): AgonError {
  return new AgonError('wire/deadline', `no answer came within ${deadlineMs / 1000} s`, {
    place: address,
  })
}
