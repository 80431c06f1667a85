import { stream } from '../../src/core/random.ts'

/** Faults that a schedule is made of. Each fires at the n-th role message of a named stream, so it can be repeated. */
export const KINDS = [
  'kill',
  'stop',
  'hang',
  'cut',
  'cut-after',
  'delay',
  'duplicate',
  'reorder',
  'slow',
  'oversize',
  'hub-kill',
] as const
export type FaultKind = (typeof KINDS)[number]

export interface Fault {
  readonly kind: FaultKind
  /** `student/agent:up`: of that actor, towards the hub. */
  readonly stream: string
  /** 1-based, over all connections of the run. */
  readonly at: number
  /** Milliseconds, for those that last. */
  readonly lasts: number
}

export interface Schedule {
  readonly seed: number
  /** Actors that live in processes of their own. */
  readonly placed: readonly string[]
  readonly faults: readonly Fault[]
}

/** Longer than the heartbeats allow, so that the stream counts as dead; shorter than it takes to be lost. */
const STOP_MS = 1200
/** Longer than it takes to be lost: the actor is placed again while its old process sleeps. */
const HANG_MS = 4000

export const PLACED: readonly (readonly string[])[] = [
  ['student/agent', 'evaluator'],
  ['student/agent', 'adversary'],
  // One that is asked again, and one that goes back to a cut with everyone else.
  ['service/judge', 'service/tally'],
]

/**
 * One to three faults. The first kind goes round, so that every kind comes about equally often.
 * @param counts role messages of each stream in the undisturbed run, by who is placed
 */
export function makeSchedule(
  seed: number,
  counts: (placed: readonly string[]) => ReadonlyMap<string, number>,
): Schedule {
  const draw = stream('faults', seed)
  const placed = PLACED[seed % PLACED.length]
  const streams = [...counts(placed)].sort()
  const faults = Array.from({ length: 1 + draw.integer(3) }, (_, i): Fault => {
    const kind = i === 0 ? KINDS[seed % KINDS.length] : KINDS[draw.integer(KINDS.length)]
    // What is too long can only be sent towards the hub.
    const fit = streams.filter(([name]) => kind !== 'oversize' || name.endsWith(':up'))
    const [name, count] = fit[draw.integer(fit.length)]
    const lasts = { stop: STOP_MS, hang: HANG_MS, delay: 100 + draw.integer(700), slow: 900 }
    return {
      kind,
      stream: name,
      at: 1 + draw.integer(count),
      lasts: lasts[kind as keyof typeof lasts] ?? 0,
    }
  })
  return { seed, placed, faults }
}

export const describe = ({ kind, stream: name, at }: Fault): string => `${kind} at ${name}#${at}`
