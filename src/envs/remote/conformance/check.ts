import { AgonError, formatError, toErrorRecord } from '../../../core/errors.ts'
import { afterTicks, realTimers } from '../../../core/timers.ts'
import type { Subject } from './subject.ts'

/** One thing that an environment must hold, and what came of looking. */
export interface CheckResult {
  /** `levels: a longer request begins with the levels of a shorter one`. */
  readonly name: string
  readonly ok: boolean
  /** What was sent, for people; empty where it was held. */
  readonly sent: string
  readonly expected: string
  readonly received: string
}

export interface Check {
  readonly name: string
  /** @throws Mismatch, or whatever the other side says */
  run(subject: Subject): Promise<void>
}

/** What was received is not what had to be. */
export class Mismatch extends Error {
  readonly sent: string
  readonly expected: string
  readonly received: string

  constructor(sent: string, expected: string, received: string) {
    super(`${sent}: expected ${expected}, received ${received}`)
    this.sent = sent
    this.expected = expected
    this.received = received
  }
}

export function must(holds: boolean, sent: string, expected: string, received: unknown): void {
  if (!holds) throw new Mismatch(sent, expected, show(received))
}

export function mustEqual(sent: string, expected: unknown, received: unknown, what = ''): void {
  const wanted = inFull(expected)
  must(
    wanted === inFull(received),
    sent,
    cut(what === '' ? wanted : `${what}: ${wanted}`),
    received,
  )
}

/** The call has to be refused with one of `codes`. */
export async function mustRefuse(
  sent: string,
  codes: readonly string[],
  call: Promise<unknown>,
): Promise<void> {
  let answer: unknown
  try {
    answer = await call
  } catch (error) {
    const record = toErrorRecord(error)
    must(codes.includes(record.code), sent, `the error ${codes.join(' or ')}`, formatError(record))
    return
  }
  throw new Mismatch(sent, `the error ${codes.join(' or ')}`, show(answer))
}

const LONGEST = 300

/** Values for people: bytes as hex, long ones cut. */
export const show = (value: unknown): string => cut(inFull(value))

const cut = (text: string): string =>
  text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}… (${text.length} characters)`

function inFull(value: unknown): string {
  if (typeof value === 'string') return value
  return JSON.stringify(value, (_, inner) => (isBytes(inner) ? hex(inner) : inner)) ?? 'nothing'
}

/** Buffers are JSON of their own kind before a replacer sees them. */
function isBytes(value: unknown): value is Uint8Array | { readonly data: readonly number[] } {
  if (value instanceof Uint8Array) return true
  return (value as { type?: unknown } | null)?.type === 'Buffer'
}

const hex = (bytes: Uint8Array | { readonly data: readonly number[] }): string =>
  `0x${Buffer.from(bytes instanceof Uint8Array ? bytes : bytes.data).toString('hex')}`

/** Runs one check; never throws. */
export async function performed(
  { name, run }: Check,
  subject: Subject,
  limitMs: number,
): Promise<CheckResult> {
  let callOff = (): void => {}
  const late = new Promise<never>((_, reject) => {
    callOff = afterTicks(realTimers, limitMs, () =>
      reject(new Mismatch('', 'an answer', `none within ${limitMs / 1000} s`)),
    )
  })
  try {
    await Promise.race([run(subject), late])
    return { name, ok: true, sent: '', expected: '', received: '' }
  } catch (error) {
    if (error instanceof Mismatch) {
      const { sent, expected, received } = error
      return { name, ok: false, sent, expected, received }
    }
    const received =
      error instanceof AgonError ? formatError(toErrorRecord(error)) : (error as Error).message
    return { name, ok: false, sent: '', expected: 'answers', received }
  } finally {
    callOff()
    subject.closeAll()
  }
}
