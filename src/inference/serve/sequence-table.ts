import { AgonError } from '../../core/errors.ts'

/** The state that a server keeps for one sequence of requests. */
export interface Sequence {
  readonly id: string
  readonly rows: number
  /** Bytes of each state tensor, `rows` rows, in the order of the model's state; written in place. */
  readonly state: readonly Uint8Array[]
  /** Names the stream of its noise; absent where the caller sends noise. */
  readonly seed: number | undefined
  /** Answered requests so far. */
  step: number
  /** A request is under way: another one would read a state that is about to change. */
  busy: boolean
}

/** What a sequence starts with. */
export interface SequenceStart {
  readonly rows: number
  readonly seed: number | undefined
  /** Bytes of one row of each state tensor. */
  readonly rowBytes: readonly number[]
}

/** Sequences by id: bounded, and forgotten when no one asks about them. Pure: the clock comes in with every call. */
export class SequenceTable {
  readonly #limit: number
  readonly #idleMs: number
  /** Least recently used first. */
  readonly #sequences = new Map<string, { readonly sequence: Sequence; usedAt: number }>()

  constructor(limit: number, idleMs: number) {
    this.#limit = limit
    this.#idleMs = idleMs
  }

  get size(): number {
    return this.#sequences.size
  }

  /**
   * A sequence that starts from zeros; one of the same id is forgotten.
   * @throws AgonError `wire/overloaded` where there are too many, `sequence/busy`
   */
  start(id: string, { rows, seed, rowBytes }: SequenceStart, now: number): Sequence {
    this.expire(now)
    if (this.#sequences.get(id)?.sequence.busy === true) throw busy(id)
    if (!this.#sequences.has(id) && this.#sequences.size >= this.#limit)
      throw new AgonError(
        'wire/overloaded',
        `${this.#limit} sequences are kept already, which is the most`,
        { remedy: 'end sequences that are done with sequence_end, or ask again later' },
      )
    const state = rowBytes.map((bytes) => new Uint8Array(rows * bytes))
    const sequence: Sequence = { id, rows, state, seed, step: 0, busy: false }
    this.#touch(sequence, now)
    return sequence
  }

  /**
   * The sequence that a request goes on with.
   * @throws AgonError `sequence/unknown`, `sequence/busy`, `sequence/rows`
   */
  goOn(id: string, rows: number, now: number): Sequence {
    this.expire(now)
    const sequence = this.#sequences.get(id)?.sequence
    if (sequence === undefined)
      throw new AgonError('sequence/unknown', `there is no sequence '${id}'`, {
        remedy: `begin it with sequence_start; one that rests for ${this.#idleMs / 1000} s is forgotten`,
      })
    if (sequence.busy) throw busy(id)
    if (sequence.rows !== rows)
      throw new AgonError(
        'sequence/rows',
        `sequence '${id}' began with ${sequence.rows} rows, this request has ${rows}`,
      )
    this.#touch(sequence, now)
    return sequence
  }

  end(id: string): void {
    this.#sequences.delete(id)
  }

  /** Forgets those that rested too long; one with a request under way never does. */
  expire(now: number): void {
    for (const [id, { sequence, usedAt }] of this.#sequences) {
      if (now - usedAt < this.#idleMs) return
      if (!sequence.busy) this.#sequences.delete(id)
    }
  }

  #touch(sequence: Sequence, now: number): void {
    this.#sequences.delete(sequence.id)
    this.#sequences.set(sequence.id, { sequence, usedAt: now })
  }
}

function busy(id: string): AgonError {
  return new AgonError('sequence/busy', `sequence '${id}' has a request under way`, {
    remedy: 'wait for its answer: the next request needs the state that it gives',
  })
}
