import type { GenerateRequest, Generation, TokenLogProbs } from '../contract.ts'
import { usageTold } from '../usage.ts'

/** One answer of a server, whole or gathered from a stream. */
export interface Completion {
  readonly text: unknown
  readonly finish: unknown
  readonly refusal: unknown
  readonly usage: unknown
  readonly logProbs: readonly unknown[] | null
}

/** An object's field; undefined of whatever has none: servers answer anything. */
export function field(value: unknown, name: string): unknown {
  return value !== null && typeof value === 'object' && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined
}

export const list = (value: unknown): readonly unknown[] | null =>
  Array.isArray(value) ? value : null

export function completionOf(body: unknown): Completion {
  const [choice] = list(field(body, 'choices')) ?? []
  const message = field(choice, 'message')
  return {
    text: field(message, 'content'),
    finish: field(choice, 'finish_reason'),
    refusal: field(message, 'refusal'),
    usage: field(body, 'usage'),
    logProbs: list(field(field(choice, 'logprobs'), 'content')),
  }
}

/** An answer as a generation; null where it is none. */
export function generationOf(
  { text, finish, refusal, usage, logProbs }: Completion,
  request: GenerateRequest,
  redact: (text: string) => string,
): Generation | null {
  const withheld = finish === 'content_filter' || (typeof refusal === 'string' && refusal !== '')
  if (typeof text !== 'string' && !withheld) return null
  const said = typeof text === 'string' ? text : String(refusal ?? '')
  const told = request.topLogProbs === undefined ? null : logProbs
  return {
    text: redact(said),
    finish: withheld ? 'filter' : finish === 'length' ? 'length' : 'stop',
    usage: usageTold(usage as Parameters<typeof usageTold>[0], request, said),
    ...(told === null ? {} : { logProbs: told.map(placeOf) }),
  }
}

function placeOf(place: unknown): TokenLogProbs {
  return { ...tokenOf(place), top: (list(field(place, 'top_logprobs')) ?? []).map(tokenOf) }
}

function tokenOf(told: unknown): { readonly token: string; readonly logProb: number } {
  const logProb = field(told, 'logprob')
  return {
    token: String(field(told, 'token') ?? ''),
    // No JSON has an infinite number; servers write one that is as good as it.
    logProb:
      typeof logProb === 'number' && logProb <= 0 ? logProb : logProb === undefined ? NONE : 0,
  }
}

const NONE = -9999
