import '../core/require-node.ts'

/** The wire: generated messages, and listening and dialling with tokens, TLS, health and reflection. Imports core only. */
export type { Address } from './address.ts'
export { formatAddress, isLoopback, parseAddress } from './address.ts'
export { decodeBounded } from './bounded-decode.ts'
export type { CallOptions, Connection, Endpoint } from './dial.ts'
export { dial } from './dial.ts'
export { agon } from './gen/agon.gen.js'
export { dm_env_rpc as dmEnvRpc } from './gen/dm_env_rpc.gen.js'
export { inference as kserve } from './gen/kserve.gen.js'
export type { CallContext, Handlers, Implementation, Request } from './implementation.ts'
export { endWith, Garbled, implement } from './implementation.ts'
export type { Listener, ListenOptions } from './listen.ts'
export { listen, MAX_MESSAGE_BYTES } from './listen.ts'
export type { AskStream } from './local-stream.ts'
export { dialLocal } from './local-stream.ts'
export type { Method, Service } from './method.ts'
export { answeredInBytes, method } from './method.ts'
export { readPem } from './pem.ts'
export type { DialHints, Rendezvous } from './rendezvous.ts'
export { readRendezvous, removeRendezvous, resolveTarget, writeRendezvous } from './rendezvous.ts'
export type { ClientSecurity, ServerSecurity } from './security.ts'
export { checkServerSecurity, readServerSecurity } from './security.ts'
export type { Bulk } from './server-window.ts'
export { ACTORS, DM_ENV_RPC, ENVIRONMENTS, EXPERIMENTS, INFERENCE } from './services.ts'
export { decodeError, encodeError, encodeFault, fromStatus, toStatus } from './status.ts'
export type { AnswerStream, AnswersStream, ClientStream, ServerStream } from './streams.ts'
export {
  alignedElements,
  decodeNamed,
  decodeSpec,
  decodeTensor,
  encodeNamed,
  encodeSpec,
  encodeTensor,
} from './tensors.ts'
export {
  newToken,
  ownToken,
  readTokenFile,
  sameToken,
  TOKEN_VARIABLE,
  writeTokenFile,
} from './token.ts'
