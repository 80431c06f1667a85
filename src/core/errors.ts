import { isError, originOf, stackOf, thrownBy } from './error-origin.ts'
import { systemFault, systemRemedy } from './system-errors.ts'
import { visible } from './visible.ts'

/**
 * The one error family. Every error that a user can meet has a stable `code` (`area/what`), a message that says what
 * is wrong, an optional `remedy` that says what to do, and an optional `place` (file:line, config path, tensor name).
 */

export interface ErrorDetails {
  /** What the reader can do about it, one sentence; by default what helps where the system refused. */
  readonly remedy?: string
  /** Where it is: `file.yaml:12:3`, `adversary.capacity`, `cuts/120/tensors.safetensors`, `row 3, column 7`. */
  readonly place?: string
  /** Structured fields for machines (`--json`). Never a secret, never an environment block. */
  readonly fields?: Readonly<Record<string, unknown>>
  readonly cause?: unknown
  /** Where a user's own code threw: {@link ErrorRecord.origin}. */
  readonly origin?: string
}

/** Of the message of another's error; its own end is in the stack, if anywhere. */
const MOST_MESSAGE = 2000

export class AgonError extends Error {
  readonly code: string
  readonly remedy: string | undefined
  readonly place: string | undefined
  readonly fields: Readonly<Record<string, unknown>>
  readonly origin: string | undefined

  constructor(code: string, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = 'AgonError'
    this.code = code
    this.remedy = details.remedy ?? systemRemedy(details.cause)
    this.place = details.place
    this.fields = details.fields ?? {}
    this.origin = details.origin ?? originOf(details.cause)
  }
}

/** An error as plain data: what crosses threads, processes and `--json`. */
export interface ErrorRecord {
  readonly code: string
  readonly message: string
  readonly remedy?: string
  readonly place?: string
  readonly fields?: Readonly<Record<string, unknown>>
  /** The innermost frame of a user's own code: `path:line:column in function`. */
  readonly origin?: string
  /** Where it was thrown, and its causes; bounded. For `AGON_DEBUG=1` only. */
  readonly stack?: string
}

/**
 * Turns anything thrown into data. What the system refused is told by its `errno` (`system/…`), what a user's module threw as
 * `module/threw`; only what is left is `internal/unexpected`.
 */
export function toErrorRecord(error: unknown): ErrorRecord {
  const stack = stackOf(error)
  const thrown = stack === undefined || stack === '' ? {} : { stack }
  if (error instanceof AgonError) return { ...ownRecord(error), ...thrown }
  if (!isError(error)) return { ...notAnError(error), ...thrown }
  const origin = originOf(error)
  const fault = systemFault(error)
  // Where there is no way to tell, Agon is at fault; but it leaves the stack of an error alone.
  if (origin !== undefined || stack === '') {
    const remedy = fault === null ? {} : { remedy: fault.remedy }
    const where = origin === undefined ? {} : { origin }
    const name = shown(error.name)
    const message = `${name === 'Error' ? '' : `${name}: `}${shown(error.message)}`
    return { code: 'module/threw', message, ...remedy, ...where, ...thrown }
  }
  if (fault !== null) return { ...fault, ...thrown }
  return { code: 'internal/unexpected', message: shown(error.message), ...thrown }
}

function ownRecord(error: AgonError): ErrorRecord {
  const { code, message, remedy, place, fields } = error
  const origin = error.origin ?? thrownBy(error)
  return {
    code,
    message,
    ...(remedy === undefined ? {} : { remedy }),
    ...(place === undefined ? {} : { place }),
    ...(Object.keys(fields).length === 0 ? {} : { fields }),
    ...(origin === undefined ? {} : { origin }),
  }
}

/** Agon throws errors alone, so a module did this. */
function notAnError(thrown: unknown): ErrorRecord {
  return {
    code: 'module/threw',
    message: `a module threw what is no Error: ${shown(thrown)}`,
    remedy: 'throw new Error(…): it knows where it was made',
  }
}

/** What others made may be anything, also what cannot be text. */
function shown(value: unknown): string {
  try {
    const text = String(value)
    return text.length <= MOST_MESSAGE ? text : `${text.slice(0, MOST_MESSAGE)}…`
  } catch {
    return typeof value
  }
}

/** The inverse of {@link toErrorRecord}, on the other side of a thread or a wire: the stack stays that of the first throw. */
export function fromErrorRecord(record: ErrorRecord, cause?: unknown): AgonError {
  const { code, message, stack, ...details } = record
  const error = new AgonError(code, message, {
    ...details,
    ...(cause === undefined ? {} : { cause }),
  })
  if (stack !== undefined) error.stack = stack
  return error
}

/** A message of several lines has them indented; any other line feed belongs to something that it quotes. */
const OWN_LINE = /\n(?= {2}| $)/

/**
 * For people: place, message, origin, remedy, on one line unless the message is a list. What it quotes of others is visible.
 */
export function formatError(record: ErrorRecord): string {
  const place = record.place === undefined ? '' : `${record.place}: `
  const twice = record.origin === undefined || record.origin === record.place
  const origin = twice ? '' : `, at ${record.origin}`
  const remedy = record.remedy === undefined ? '' : ` — ${record.remedy}`
  const message = record.message.split(OWN_LINE).map(visible).join('\n')
  return `${visible(place)}${message}${visible(`${origin}${remedy} [${record.code}]`)}`
}
