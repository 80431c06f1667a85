import { agon } from '../../wire/index.ts'
import type { Heard } from '../scripted-hub/saying.ts'

const { Kind } = agon.v1

/** Messages whose milliseconds may differ where everything else is the same. */
const TIMED = {
  [Kind.KIND_OUTCOMES_REPORT]: agon.v1.OutcomesReport,
  [Kind.KIND_LEARNED]: agon.v1.Learned,
} as const

/** A message as a text that is equal for equal messages: its bytes, or its fields without timings. */
export function withoutTimings({ kind, body }: Heard): string {
  const codec = TIMED[kind as keyof typeof TIMED]
  if (codec === undefined) return `0x${Buffer.from(body).toString('hex')}`
  const { timings: _, ...message } = codec.decode(body)
  return JSON.stringify(message, (_, value) => sorted(value))
}

/** Maps come in any order. */
function sorted(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Numbers of a map that are not finite, by name. */
export const notFinite = (numbers: Readonly<Record<string, number>>): readonly string[] =>
  Object.entries(numbers).flatMap(([name, value]) =>
    Number.isFinite(value) ? [] : [`${name} = ${value}`],
  )
