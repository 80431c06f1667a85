import { AgonError } from '../../core/errors.ts'
import { RandomStream, type StreamState, stream } from '../../core/random.ts'
import type { agon } from '../../wire/index.ts'

const WORDS = 7
const BLOCK = 4

/** Streams cross by their state, so that draws on the other side are those that would have been made here. */
export function encodeStream(of: RandomStream): agon.v1.Stream.$Properties {
  return { state: [...of.save()] }
}

/**
 * The stream that a message names; absent is that of seed 0 without a path.
 * @throws AgonError `environment/stream`
 */
export function decodeStream(message: agon.v1.Stream.$Properties | null | undefined): RandomStream {
  const state = message?.state ?? []
  if (state.length === 0) return stream(message?.seed ?? 0, ...(message?.path ?? []))
  return RandomStream.load(checkState(state))
}

/** Whether words are the state of a stream. */
export function isState(words: readonly number[]): words is readonly number[] & StreamState {
  return words.length === WORDS && words[WORDS - 1] <= BLOCK
}

/** @throws AgonError `environment/stream` */
export function checkState(words: readonly number[]): StreamState {
  if (!isState(words))
    throw new AgonError(
      'environment/stream',
      `a stream's state has ${WORDS} words, the last at most ${BLOCK}; here are [${words.slice(0, 8)}]`,
    )
  return words
}
