/**
 * Counter-based random streams: Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC'11).
 *
 * A stream is named by a path such as (seed, actor, cycle, purpose); equal paths give equal numbers on any machine, in
 * any order, on any thread. Nothing is shared between streams, so drawing from one never moves another.
 */

const M0_HI = 0xd251
const M0_LO = 0x1f53
const M0 = 0xd2511f53
const M1_HI = 0xcd9e
const M1_LO = 0x8d57
const M1 = 0xcd9e8d57
const W0 = 0x9e3779b9
const W1 = 0xbb67ae85

/** High 32 bits of a 32×32-bit product whose first factor is given as two 16-bit halves. */
function mulHigh(aHigh: number, aLow: number, b: number): number {
  const bHigh = b >>> 16
  const bLow = b & 0xffff
  const low = aLow * bLow
  const mid1 = aHigh * bLow + (low >>> 16)
  const mid2 = aLow * bHigh + (mid1 & 0xffff)
  return (aHigh * bHigh + (mid1 >>> 16) + (mid2 >>> 16)) >>> 0
}

/** One Philox4x32-10 block: counter and key in, four words out; `out` may be `counter`. */
export function philox4x32(counter: Uint32Array, key: Uint32Array, out: Uint32Array): void {
  let c0 = counter[0]
  let c1 = counter[1]
  let c2 = counter[2]
  let c3 = counter[3]
  let k0 = key[0]
  let k1 = key[1]
  for (let round = 0; round < 10; round++) {
    const high0 = mulHigh(M0_HI, M0_LO, c0)
    const low0 = Math.imul(M0, c0)
    const high1 = mulHigh(M1_HI, M1_LO, c2)
    const low1 = Math.imul(M1, c2)
    c0 = (high1 ^ c1 ^ k0) >>> 0
    c1 = low1 >>> 0
    c2 = (high0 ^ c3 ^ k1) >>> 0
    c3 = low0 >>> 0
    k0 = (k0 + W0) >>> 0
    k1 = (k1 + W1) >>> 0
  }
  out[0] = c0
  out[1] = c1
  out[2] = c2
  out[3] = c3
}

export type StreamPath = readonly (number | string)[]

/** FNV-1a over UTF-8, 32 bits; only to fold names into a counter, never for security. */
function fold(text: string, basis: number): number {
  let hash = basis
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash >>> 0
}

const KEY_BASIS = 0x811c9dc5

/** The 64-bit key and 64-bit counter prefix of a path: two independent Philox-mixed folds of its text. */
function address(path: StreamPath): Uint32Array {
  const text = path
    .map((part) => (typeof part === 'number' ? `#${part}` : `$${part.length}:${part}`))
    .join('/')
  const words = new Uint32Array(4)
  for (let i = 0; i < 4; i++) words[i] = fold(`${i}|${text}`, (KEY_BASIS + Math.imul(i, W0)) >>> 0)
  philox4x32(words, new Uint32Array([W1, W0]), words)
  return words
}

/** Where a stream stands: enough to go on from there bit for bit. */
export type StreamState = readonly [number, number, number, number, number, number, number]

export class RandomStream {
  readonly #key = new Uint32Array(2)
  readonly #counter = new Uint32Array(4)
  readonly #block = new Uint32Array(4)
  #used = 4

  constructor(path: StreamPath) {
    const words = address(path)
    this.#key[0] = words[0]
    this.#key[1] = words[1]
    this.#counter[2] = words[2]
    this.#counter[3] = words[3]
  }

  /** Uniform over 0 … 2³²−1. */
  uint32(): number {
    if (this.#used === 4) {
      philox4x32(this.#counter, this.#key, this.#block)
      const low = (this.#counter[0] + 1) >>> 0
      this.#counter[0] = low
      if (low === 0) this.#counter[1]++
      this.#used = 0
    }
    return this.#block[this.#used++]
  }

  /** Uniform in [0, 1) with 24 bits: exact as float32. */
  uniform(): number {
    return (this.uint32() >>> 8) * 5.9604644775390625e-8
  }

  /** Uniform over the integers 0 … `bound`−1, without bias (Lemire's rejection). `bound` is 1 … 2³²−1. */
  integer(bound: number): number {
    const bHigh = bound >>> 16
    const bLow = bound & 0xffff
    let word = this.uint32()
    let low = Math.imul(word, bound) >>> 0
    if (low < bound) {
      const threshold = (4294967296 - bound) % bound
      while (low < threshold) {
        word = this.uint32()
        low = Math.imul(word, bound) >>> 0
      }
    }
    return mulHigh(bHigh, bLow, word)
  }

  /** Standard normal (Box–Muller; two words a draw, so that every draw costs the same). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()))
    return radius * Math.cos(2 * Math.PI * this.uniform())
  }

  /** Fisher–Yates in place. */
  shuffle<T extends { length: number; [index: number]: unknown }>(items: T): T {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.integer(i + 1)
      const kept = items[i]
      items[i] = items[j]
      items[j] = kept
    }
    return items
  }

  save(): StreamState {
    return [...this.#key, ...this.#counter, this.#used] as unknown as StreamState
  }

  /** Goes on where `state` stood. */
  static load(state: StreamState): RandomStream {
    const stream = new RandomStream([])
    stream.moveTo(state)
    return stream
  }

  /** As if what was drawn from a copy of this stream, which now stands at `state`, had been drawn here. */
  moveTo(state: StreamState): void {
    this.#key.set(state.slice(0, 2))
    this.#counter.set(state.slice(2, 6))
    this.#used = state[6]
    if (this.#used === 4) return
    // The block in use was made from the counter before this one.
    const previous = this.#counter.slice()
    previous[0] = (previous[0] - 1) >>> 0
    if (this.#counter[0] === 0) previous[1]--
    philox4x32(previous, this.#key, this.#block)
  }
}

/** The stream of a path: `stream(seed, 'adversary', cycle, 'propose')`. */
export function stream(...path: StreamPath): RandomStream {
  return new RandomStream(path)
}
