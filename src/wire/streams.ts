import type {
  ClientDuplexStream,
  ClientReadableStream,
  ServerDuplexStream,
  ServerWritableStream,
} from '@grpc/grpc-js'
import type { Request } from './implementation.ts'

/** Streams by what flows in them, so that nobody else needs the library's names. `M` arrives, `P` is sent. */

/** The server's side of a stream both ways; what arrives may be {@link Garbled}. */
export type ServerStream<M, P> = ServerDuplexStream<Request<M>, P>
/** The server's side of a stream of answers. */
export type AnswerStream<P> = ServerWritableStream<unknown, P>
/** The client's side of a stream both ways. */
export type ClientStream<P, M> = ClientDuplexStream<P, M>
/** The client's side of a stream of answers. */
export type AnswersStream<M> = ClientReadableStream<M>
