import { type Reader, Writer } from 'protobufjs/minimal.js'

/** What a generated message class offers: encode a plain object, decode bytes. `P` is what may be sent, `M` what arrives. */
export interface MessageCodec<P, M> {
  encode(message: P, writer?: Writer): Writer
  decode(bytes: Reader | Uint8Array, length?: number): M
}

export type MethodShape = 'unary' | 'server-stream' | 'bidi'

/** One method of a gRPC service, from which both the server's and the client's side are made. */
export interface Method<Q, QM, A, AM, S extends MethodShape = MethodShape> {
  /** `/agon.v1.Actors/Attach`. */
  readonly path: string
  readonly shape: S
  readonly request: MessageCodec<Q, QM>
  readonly answer: MessageCodec<A, AM>
}

export type AnyMethod = Method<never, unknown, never, unknown>

/** Methods by their name in the implementation: `attach`. */
export type ServiceMethods = Readonly<Record<string, AnyMethod>>

export interface Service<M extends ServiceMethods = ServiceMethods> {
  /** `agon.v1.Actors`. */
  readonly name: string
  readonly methods: M
}

export function method<Q, QM, A, AM, S extends MethodShape>(
  path: string,
  shape: S,
  request: MessageCodec<Q, QM>,
  answer: MessageCodec<A, AM>,
): Method<Q, QM, A, AM, S> {
  return { path, shape, request, answer }
}

/** The same method, answered with bytes that are an encoded message already. */
export function answeredInBytes<Q, QM, S extends MethodShape>(
  of: Method<Q, QM, never, unknown, S>,
): Method<Q, QM, Uint8Array, Uint8Array, S> {
  const answer: MessageCodec<Uint8Array, Uint8Array> = {
    encode: (bytes) => ({ finish: () => bytes }) as Writer,
    decode: (bytes) => bytes as Uint8Array,
  }
  return { path: of.path, shape: of.shape, request: of.request, answer }
}

/**
 * protobufjs writes Node Buffers; the library wants them by type. The writer is of no more use, so its buffer is given as it is:
 * the library copies it once more behind its prefix.
 */
export function serializer<P>(codec: MessageCodec<P, unknown>): (message: P) => Buffer {
  return (message) => codec.encode(message).finish(true) as Buffer
}

/** Bytes that a {@link reusingSerializer} keeps for its next message. */
const MOST_KEPT = 8 * 1024 * 1024

/**
 * As {@link serializer}, where the library copies a message before it asks for the next: all are written into the same bytes,
 * and a large message needs no fresh ones. So it does on the server's side, and for a client's stream once it is answered:
 * until then it may keep what was sent, to try again.
 */
export function reusingSerializer<P>(codec: MessageCodec<P, unknown>): (message: P) => Buffer {
  let writer: Writer | null = null
  return (message) => {
    const own = writer ?? Writer.create()
    // Until it is done: a message that cannot be written leaves a writer of no use.
    writer = null
    const bytes = codec.encode(message, own).finish(true) as Buffer
    if (bytes.length <= MOST_KEPT) writer = own.reset()
    return bytes
  }
}
