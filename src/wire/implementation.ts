import type {
  handleBidiStreamingCall,
  handleServerStreamingCall,
  handleUnaryCall,
  Metadata,
  ServerDuplexStream,
  ServerUnaryCall,
  ServerWritableStream,
  ServiceDefinition,
  UntypedServiceImplementation,
} from '@grpc/grpc-js'
import { AgonError } from '../core/errors.ts'
import { decodeBounded } from './bounded-decode.ts'
import {
  type AnyMethod,
  type MessageCodec,
  type Method,
  reusingSerializer,
  type Service,
  type ServiceMethods,
  serializer,
} from './method.ts'
import { toStatus } from './status.ts'

/** What a handler may know of a call beside its message. */
export interface CallContext {
  readonly metadata: Metadata
  /** Aborts when the caller has gone. */
  readonly signal: AbortSignal
  /** The same as a callback, which may come after the answer too; costs less than a signal. */
  whenGone(listener: () => void): void
}

export type Handler<M> =
  M extends Method<infer _, infer QM, infer A, infer __, infer S>
    ? S extends 'unary'
      ? (request: QM, context: CallContext) => Promise<A>
      : S extends 'server-stream'
        ? (request: QM, stream: ServerWritableStream<QM, A>) => void
        : (stream: ServerDuplexStream<Request<QM>, A>) => void
    : never

export type Handlers<M extends ServiceMethods> = { readonly [K in keyof M]: Handler<M[K]> }

/** Bytes that are no message of the expected type, as they arrive on a stream. */
export class Garbled {
  readonly error: AgonError

  constructor(cause: unknown) {
    this.error =
      cause instanceof AgonError
        ? cause
        : new AgonError(
            'wire/garbled',
            `bytes that are no message of this service: ${(cause as Error).message}`,
            { cause },
          )
  }
}

/** What a stream yields: a message, or the finding that there was none. */
export type Request<M> = M | Garbled

/** A service with its handlers, ready to be listened with. */
export interface Implementation {
  readonly name: string
  readonly definition: ServiceDefinition
  readonly handlers: UntypedServiceImplementation
}

/** What handlers throw or reject with ends the call as a status that carries the error whole. */
export function implement<M extends ServiceMethods>(
  service: Service<M>,
  handlers: Handlers<M>,
): Implementation {
  const definition: Record<string, ServiceDefinition[string]> = {}
  const untyped: UntypedServiceImplementation = {}
  for (const [name, method] of Object.entries(service.methods)) {
    definition[name] = definitionOf(method)
    untyped[name] = wrapped(method, handlers[name])
  }
  return { name: service.name, definition, handlers: untyped }
}

function definitionOf({ path, shape, request, answer }: AnyMethod): ServiceDefinition[string] {
  const decode =
    <T>(codec: MessageCodec<never, T>) =>
    (bytes: Buffer) =>
      decodeBounded(codec, bytes)
  return {
    path,
    requestStream: shape === 'bidi',
    responseStream: shape !== 'unary',
    requestSerialize: serializer(request as MessageCodec<unknown, unknown>),
    requestDeserialize: tolerant(decode(request)),
    responseSerialize: reusingSerializer(answer as MessageCodec<unknown, unknown>),
    responseDeserialize: decode(answer),
  }
}

/** The library would end the call without a name for what is wrong. */
function tolerant<T>(decode: (bytes: Buffer) => T): (bytes: Buffer) => Request<T> {
  return (bytes) => {
    try {
      return decode(bytes)
    } catch (cause) {
      return new Garbled(cause)
    }
  }
}

function wrapped({ shape }: AnyMethod, handler: unknown): UntypedServiceImplementation[string] {
  if (shape === 'unary')
    return unary(handler as Handler<Method<unknown, unknown, unknown, unknown, 'unary'>>)
  if (shape === 'server-stream') return serverStream(handler as never)
  return handler as handleBidiStreamingCall<unknown, unknown>
}

class UnaryContext implements CallContext {
  readonly #call: ServerUnaryCall<unknown, unknown>
  #controller: AbortController | null = null

  constructor(call: ServerUnaryCall<unknown, unknown>) {
    this.#call = call
  }

  get metadata(): Metadata {
    return this.#call.metadata
  }

  /** Made when it is asked for: most handlers do not, and it is dear. */
  get signal(): AbortSignal {
    if (this.#controller === null) {
      const controller = new AbortController()
      this.#controller = controller
      if (this.#call.cancelled) controller.abort()
      else this.#call.on('cancelled', () => controller.abort())
    }
    return this.#controller.signal
  }

  whenGone(listener: () => void): void {
    if (this.#call.cancelled) listener()
    else this.#call.on('cancelled', listener)
  }
}

function unary(
  handler: (request: unknown, context: CallContext) => Promise<unknown>,
): handleUnaryCall<unknown, unknown> {
  return (call, callback) => {
    if (call.request instanceof Garbled) {
      callback(toStatus(call.request.error))
      return
    }
    const context = new UnaryContext(call)
    // In a turn of its own, so that what a handler throws at once is a rejection as well.
    Promise.resolve()
      .then(() => handler(call.request, context))
      .then(
        (answer) => callback(null, answer),
        (error) => callback(toStatus(error)),
      )
  }
}

function serverStream(
  handler: (request: unknown, stream: ServerWritableStream<unknown, unknown>) => void,
): handleServerStreamingCall<unknown, unknown> {
  return (call) => {
    if (call.request instanceof Garbled) {
      endWith(call, call.request.error)
      return
    }
    try {
      handler(call.request, call)
    } catch (error) {
      endWith(call, error)
    }
  }
}

/** Ends a stream from the server's side with an error, whole. */
export function endWith(
  stream: { emit(event: 'error', error: unknown): boolean },
  error: unknown,
): void {
  stream.emit('error', toStatus(error))
}
