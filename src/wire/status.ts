import { Metadata, type ServiceError, type StatusObject, status } from '@grpc/grpc-js'
import { AgonError, type ErrorRecord, fromErrorRecord, toErrorRecord } from '../core/errors.ts'
import { DEEPEST_JSON, jsonNesting } from '../core/json-nesting.ts'
import { cutText, headerSize, utf8Size } from './cut-text.ts'
import { agon } from './gen/agon.gen.js'
import { namedFault } from './named-handshake.ts'

/** The trailer that carries an error whole: an encoded agon.v1.Error. */
const TRAILER = 'agon-error-bin'
/**
 * A status has no body: all of it is metadata, of which clients in C and Python take 8 KiB in all, and drop the status where
 * there is more. The trailer crosses in base64, a third longer; both together stay below 6 KiB.
 */
const MOST_TRAILER_BYTES = 3_000
const MOST_DETAILS_BYTES = 1_500
/** Key and length of a field. */
const FIELD_BYTES = 4
const MOST_BYTES_OF = { code: 200, remedy: 500, place: 300 } as const
/** Of what another process says. */
const MOST_ORIGIN = 500
const MOST_STACK = 4100

/** An error as a message. Which way it took through this process is nobody's business outside: see {@link encodeFault}. */
export function encodeError(error: ErrorRecord): agon.v1.Error.$Properties {
  const { code, message, remedy = '', place = '', fields, origin } = error
  return { code, message, remedy, place, fieldsJson: fieldsJson({ ...fields, origin }) }
}

/** The same with its stack, for who runs what failed: the hub of an actor, a watcher, the caller of a module. */
export function encodeFault(error: ErrorRecord): agon.v1.Error.$Properties {
  const { fields, origin, stack } = error
  return { ...encodeError(error), fieldsJson: fieldsJson({ ...fields, origin, stack }) }
}

function fieldsJson(fields: Readonly<Record<string, unknown>>): string {
  const json = JSON.stringify(fields)
  return json === '{}' ? '' : json
}

export function decodeError(error: agon.v1.Error.$Properties): ErrorRecord {
  const { code, message, remedy, place, fieldsJson } = error
  const { origin, stack, ...fields } = readFields(fieldsJson ?? '') ?? {}
  return {
    code: code || 'wire/error',
    message: message || 'the other side gave no reason',
    ...(remedy ? { remedy } : {}),
    ...(place ? { place } : {}),
    ...(Object.keys(fields).length === 0 ? {} : { fields }),
    ...(typeof origin === 'string' ? { origin: origin.slice(0, MOST_ORIGIN) } : {}),
    ...(typeof stack === 'string' ? { stack: stack.slice(0, MOST_STACK) } : {}),
  }
}

function readFields(json: string): Readonly<Record<string, unknown>> | null {
  if (json === '') return null
  try {
    if (jsonNesting(json) > DEEPEST_JSON) return null
    const fields: unknown = JSON.parse(json)
    return fields !== null && typeof fields === 'object' && !Array.isArray(fields)
      ? (fields as Readonly<Record<string, unknown>>)
      : null
  } catch {
    return null
  }
}

/** An error as the status that ends a call, short enough for every client: what is left out is counted. */
export function toStatus(error: unknown): StatusObject {
  const record = toErrorRecord(error)
  const metadata = new Metadata()
  metadata.set(TRAILER, Buffer.from(inTrailer(record)))
  const details = cutText(`${record.code}: ${record.message}`, MOST_DETAILS_BYTES, headerSize)
  return { code: statusOf(record.code), details, metadata }
}

/** The stack gives way first, then structured fields, then the end of the message. */
function inTrailer(record: ErrorRecord): Uint8Array {
  const { fields: _, ...plain } = record
  // The way through Agon's own code is nobody's business outside.
  const fullest = record.origin === undefined ? encodeError(record) : encodeFault(record)
  for (const candidate of [fullest, encodeError(record), encodeError(plain)]) {
    const whole = agon.v1.Error.encode(candidate).finish()
    if (whole.length <= MOST_TRAILER_BYTES) return whole
  }
  const { code, message, remedy = '', place = '' } = record
  const short = {
    code: cutText(code, MOST_BYTES_OF.code, utf8Size),
    remedy: cutText(remedy, MOST_BYTES_OF.remedy, utf8Size),
    place: cutText(place, MOST_BYTES_OF.place, utf8Size),
  }
  const others = agon.v1.Error.encode(encodeError({ ...short, message: '' })).finish().length
  const room = MOST_TRAILER_BYTES - others - FIELD_BYTES
  return agon.v1.Error.encode(
    encodeError({ ...short, message: cutText(message, room, utf8Size) }),
  ).finish()
}

const BY_CODE: Readonly<Record<string, status>> = {
  'wire/token': status.UNAUTHENTICATED,
  'wire/overloaded': status.RESOURCE_EXHAUSTED,
  'wire/oversize': status.RESOURCE_EXHAUSTED,
  'wire/draining': status.UNAVAILABLE,
  'wire/cancelled': status.CANCELLED,
  'wire/deadline': status.DEADLINE_EXCEEDED,
  'worker/lost': status.UNAVAILABLE,
  'inference/closed': status.UNAVAILABLE,
  'onnx/run': status.INTERNAL,
  'sequence/busy': status.FAILED_PRECONDITION,
  'internal/unexpected': status.INTERNAL,
  'module/threw': status.INTERNAL,
}
const BY_KIND: Readonly<Record<string, status>> = {
  unknown: status.NOT_FOUND,
  'not-open': status.FAILED_PRECONDITION,
  exists: status.ALREADY_EXISTS,
  unsupported: status.UNIMPLEMENTED,
  'no-launch': status.UNIMPLEMENTED,
}

function statusOf(code: string): status {
  return BY_CODE[code] ?? BY_KIND[code.slice(code.lastIndexOf('/') + 1)] ?? status.INVALID_ARGUMENT
}

const NAMES: Readonly<Partial<Record<status, string>>> = {
  [status.CANCELLED]: 'wire/cancelled',
  [status.DEADLINE_EXCEEDED]: 'wire/deadline',
  [status.UNAUTHENTICATED]: 'wire/token',
  [status.UNAVAILABLE]: 'wire/unavailable',
  [status.UNIMPLEMENTED]: 'wire/unsupported',
  [status.RESOURCE_EXHAUSTED]: 'wire/oversize',
  [status.NOT_FOUND]: 'wire/unknown',
}

/** What a call failed of, as the server said it, or as the connection did. `place` is the address that was dialled. */
export function fromStatus(error: ServiceError | StatusObject, place: string): AgonError {
  const [trailer] = error.metadata?.get(TRAILER) ?? []
  if (trailer instanceof Buffer) {
    const record = tryDecode(trailer)
    if (record !== null) return fromErrorRecord({ ...record, place: record.place ?? place }, error)
  }
  const { code, details } = error
  // An empty note of the library's resolver says nothing.
  const reason = details.replace(/\s*Resolution note:\s*$/, '')
  const fault = namedFault(reason)
  if (fault !== null)
    return new AgonError('wire/certificate', fault, {
      place,
      remedy: 'make new certificates, such as with `agon authority`, where it listens',
      cause: error,
    })
  return new AgonError(NAMES[code] ?? 'wire/error', reason || `the call failed (${code})`, {
    place,
    ...(code === status.UNAVAILABLE
      ? { remedy: 'see whether it is still there, and whether it speaks TLS' }
      : {}),
    cause: error,
  })
}

function tryDecode(bytes: Uint8Array): ErrorRecord | null {
  try {
    return decodeError(agon.v1.Error.decode(bytes))
  } catch {
    return null
  }
}
