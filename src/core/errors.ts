import { visible } from './visible.ts'

/**
 * The one error family. Every error that a user can meet has a stable `code` (`area/what`), a message that says what
 * is wrong, an optional `remedy` that says what to do, and an optional `place` (file:line, config path, tensor name).
 */

export interface ErrorDetails {
  /** What the reader can do about it, one sentence. */
  readonly remedy?: string
  /** Where it is: `file.yaml:12:3`, `adversary.capacity`, `cuts/120/tensors.safetensors`, `row 3, column 7`. */
  readonly place?: string
  /** Structured fields for machines (`--json`). Never a secret, never an environment block. */
  readonly fields?: Readonly<Record<string, unknown>>
  readonly cause?: unknown
}

export class AgonError extends Error {
  readonly code: string
  readonly remedy: string | undefined
  readonly place: string | undefined
  readonly fields: Readonly<Record<string, unknown>>

  constructor(code: string, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = 'AgonError'
    this.code = code
    this.remedy = details.remedy
    this.place = details.place
    this.fields = details.fields ?? {}
  }
}

/** An error as plain data: what crosses threads, processes and `--json`. */
export interface ErrorRecord {
  readonly code: string
  readonly message: string
  readonly remedy?: string
  readonly place?: string
  readonly fields?: Readonly<Record<string, unknown>>
}

/** Turns anything thrown into data; an unknown error keeps its message under the code `internal/unexpected`. */
export function toErrorRecord(error: unknown): ErrorRecord {
  if (error instanceof AgonError) {
    return {
      code: error.code,
      message: error.message,
      ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
      ...(error.place === undefined ? {} : { place: error.place }),
      ...(Object.keys(error.fields).length === 0 ? {} : { fields: error.fields }),
    }
  }
  const message = error instanceof Error ? error.message : String(error)
  return { code: 'internal/unexpected', message }
}

/** The inverse of {@link toErrorRecord}, on the other side of a thread or a wire. */
export function fromErrorRecord(record: ErrorRecord, cause?: unknown): AgonError {
  const { code, message, ...details } = record
  return new AgonError(code, message, { ...details, ...(cause === undefined ? {} : { cause }) })
}

/** A message of several lines has them indented; any other line feed belongs to something that it quotes. */
const OWN_LINE = /\n(?= {2}| $)/

/** For people: place, message, remedy, on one line unless the message is a list. What it quotes of others is visible. */
export function formatError(record: ErrorRecord): string {
  const place = record.place === undefined ? '' : `${record.place}: `
  const remedy = record.remedy === undefined ? '' : ` — ${record.remedy}`
  const message = record.message.split(OWN_LINE).map(visible).join('\n')
  return `${visible(place)}${message}${visible(`${remedy} [${record.code}]`)}`
}
