import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import type { EnvironmentSpec } from '../../contract.ts'
import { type AnswerBytes, answerBytes } from './answer-bytes.ts'
import { wrong } from './answer-law.ts'
import { FAILED, HEAD_BYTES, MESSAGE, NOTHING, type PipePaths, STEP, TURN } from './pipe-paths.ts'
import type { SharedStep } from './shared-step.ts'
import { bytesOf } from './write-step.ts'

const WORD = 4
/** So much goes into a pipe at once on every system, and nobody waits for who reads it. */
const MOST_REQUEST = 16_384
const READ_BYTES = 65_536
/** Of a refusal. */
const MOST_MESSAGE = 1 << 20

/** Levels to come, by slot. */
export interface NextLevels {
  readonly nextSlots: number[]
  readonly nextLevels: Uint8Array[]
}

export interface PipeSetup {
  readonly spec: EnvironmentSpec
  readonly shared: SharedStep
  /** Shared with whoever watches over it: pipe-watch.ts. */
  readonly words: Int32Array
  /** Whether slots go on with a next level. */
  readonly nextLevel: boolean
}

/** What became of a request: it is on its way; it is too long for pipes; the other side is gone. */
export type PipeBegin = 'begun' | 'too long' | 'broken'
/** What became of a step: it was taken; bytes of a StepReply; the other side is gone, or late. */
export type PipeEnd = 'taken' | Uint8Array | 'broken'

/** Steps of one vector environment over named pipes, by the thread that takes them: it writes requests and reads answers itself. */
export class StepPipes {
  readonly #requests: number
  readonly #ready: number
  readonly #data: number
  readonly #words: Int32Array
  readonly #bytes: AnswerBytes
  readonly #actions: Uint8Array
  readonly #request = Buffer.alloc(MOST_REQUEST)
  /** What was read of `ready`, and not taken yet, from `#at` to `#filled`. */
  readonly #read = Buffer.alloc(READ_BYTES)
  #at = 0
  #filled = 0
  #closed = false
  #long: Buffer = Buffer.alloc(0)

  /** @throws Error of the system */
  constructor({ requests, ready, data }: PipePaths, { spec, shared, words, nextLevel }: PipeSetup) {
    this.#words = words
    this.#bytes = answerBytes(spec, shared, nextLevel)
    this.#actions = bytesOf(shared.actions)
    const open: number[] = []
    try {
      for (const [path, how] of [
        [requests, 'w'],
        [ready, 'r'],
        [data, 'r'],
      ] as const)
        open.push(openSync(path, how))
    } catch (error) {
      for (const one of open) closeSync(one)
      throw error
    }
    ;[this.#requests, this.#ready, this.#data] = open
  }

  /** Begins the step whose actions stand in the shared memory; `end` follows where it is begun. */
  begin(next: NextLevels | null): PipeBegin {
    if (this.#closed) return 'broken'
    const size = this.#write(next)
    if (size > MOST_REQUEST) return 'too long'
    Atomics.add(this.#words, TURN, 1)
    try {
      writeSync(this.#requests, this.#request, 0, size)
      return 'begun'
    } catch {
      // EPIPE: who read it is gone.
      Atomics.add(this.#words, TURN, 1)
      return 'broken'
    }
  }

  /**
   * Writes what followed the step into the shared memory.
   * @throws AgonError `environment/answer`
   */
  end(): PipeEnd {
    if (this.#closed) return 'broken'
    try {
      return this.#receive()
    } catch (error) {
      if ('syscall' in (error as object)) return 'broken'
      throw error
    } finally {
      Atomics.add(this.#words, TURN, 1)
    }
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    for (const one of [this.#requests, this.#ready, this.#data]) closeSync(one)
  }

  /** Bytes of the request; nothing is written of one that is too long. */
  #write(next: NextLevels | null): number {
    const actions = this.#actions
    let size = WORD + actions.length
    for (const level of next?.nextLevels ?? []) size += 2 * WORD + level.length
    if (size > MOST_REQUEST) return size
    const request = this.#request
    request.writeUInt32LE(size - WORD, 0)
    request.set(actions, WORD)
    let at = WORD + actions.length
    next?.nextSlots.forEach((slot, i) => {
      const level = next.nextLevels[i]
      request.writeUInt32LE(slot, at)
      request.writeUInt32LE(level.length, at + WORD)
      request.set(level, at + 2 * WORD)
      at += 2 * WORD + level.length
    })
    return size
  }

  #receive(): PipeEnd {
    for (;;) {
      if (!this.#ahead(HEAD_BYTES)) return 'broken'
      const size = this.#read.readUInt32LE(this.#at)
      const kind = this.#read.readUInt32LE(this.#at + WORD)
      this.#at += HEAD_BYTES
      if (kind === NOTHING) continue
      const elsewhere = kind === STEP + 1 || kind === MESSAGE + 1
      this.#check(kind, size, elsewhere)
      if (!(elsewhere ? this.#readLong(size) : this.#ahead(size))) return 'broken'
      const from = elsewhere ? 0 : this.#at
      const answer = (elsewhere ? this.#long : this.#read).subarray(from, from + size)
      if (!elsewhere) this.#at += size
      if (kind >= MESSAGE) return new Uint8Array(answer)
      this.#bytes.land(answer)
      return 'taken'
    }
  }

  #check(kind: number, size: number, elsewhere: boolean): void {
    const most = kind >= MESSAGE ? MOST_MESSAGE : this.#bytes.most
    if (kind > MESSAGE + 1 || size > most || (!elsewhere && size > READ_BYTES - HEAD_BYTES))
      throw wrong('act', `an answer of ${most} bytes at most`, `${size} of kind ${kind}`)
  }

  /** Reads on until so many bytes stand ahead; false where they never will. */
  #ahead(count: number): boolean {
    while (this.#filled - this.#at < count) {
      if (this.#failed()) return false
      this.#read.copyWithin(0, this.#at, this.#filled)
      this.#filled -= this.#at
      this.#at = 0
      const read = readSync(this.#ready, this.#read, this.#filled, READ_BYTES - this.#filled, null)
      if (read === 0) return false
      this.#filled += read
    }
    return true
  }

  #readLong(size: number): boolean {
    if (this.#long.length < size) this.#long = Buffer.alloc(size)
    for (let filled = 0; filled < size; ) {
      const read = readSync(this.#data, this.#long, filled, size - filled, null)
      if (read === 0 || this.#failed()) return false
      filled += read
    }
    return true
  }

  #failed(): boolean {
    return Atomics.load(this.#words, FAILED) === 1
  }
}
