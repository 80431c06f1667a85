import { formatError } from '../../core/errors.ts'
import { agon, decodeError } from '../../wire/index.ts'

const { Kind } = agon.v1

/** `CYCLE_BEGIN`, or the number of a kind that the contract does not have. */
export const kindName = (kind: agon.v1.Kind): string =>
  (Kind[kind] as string | undefined)?.replace(/^KIND_/, '') ?? `kind ${kind}`

/** A role message that the script says. */
export interface Saying {
  readonly kind: agon.v1.Kind
  readonly correlation: string
  readonly body: Uint8Array
  /** For people: `CYCLE_BEGIN { cycle: 1 }`. */
  readonly text: string
}

/** A role message of the third party, whole. */
export interface Heard {
  readonly kind: agon.v1.Kind
  readonly sequence: number
  readonly correlation: string
  readonly body: Uint8Array
}

const NOTHING = new Uint8Array(0)
const LONGEST = 160

export function saying<P>(
  kind: agon.v1.Kind,
  codec?: { encode(message: P): { finish(): Uint8Array } },
  message?: P,
  about = '',
  correlation = '',
): Saying {
  const body = codec === undefined ? NOTHING : codec.encode(message as P).finish()
  const inside = about === '' && message !== undefined ? JSON.stringify(message) : about
  const cut = inside.length > LONGEST ? `${inside.slice(0, LONGEST)}…` : inside
  return { kind, correlation, body, text: `${kindName(kind)} ${cut}`.trim() }
}

/** What is said next, and the kinds that have to come in answer, in order. */
export interface Question {
  readonly sayings: readonly Saying[]
  readonly answers: readonly agon.v1.Kind[]
  /** Told the answers once they are there. */
  readonly learn?: (answers: readonly Heard[]) => void
}

export const textOf = ({ sayings }: Question): string => sayings.map(({ text }) => text).join(', ')

/** A message for people; a last word with what it says. */
export function told({ kind, body }: Heard): string {
  if (kind !== Kind.KIND_FAILED) return kindName(kind)
  return `FAILED: ${formatError(decodeError(agon.v1.Error.decode(body)))}`
}
